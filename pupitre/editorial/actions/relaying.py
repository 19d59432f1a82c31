"""Relays: a text is proposed to colleagues, each says it in her own words where she wants, or refuses. Pupitre sends
nothing in their name."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.actions.tasks import ensure_task, settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, Refusal
from pupitre.editorial.models import Post, Relay

N_ = str


@transaction.atomic
def propose_relay(post: Post, *, by: Member, members: Sequence[int], text: str) -> list[Relay]:
    """Propose a text to these colleagues, once each. Nothing is asked of their own accounts."""
    require(by, "write", post)
    people = list(Member.objects.filter(organisation=by.organisation, active=True, pk__in=members))
    faults = [] if people and len(people) == len(set(members)) else [Fault("members", N_("Choose colleagues."))]
    if not text.strip():
        faults.append(Fault("text", N_("Write what you propose to say.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    asked = set(Relay.objects.filter(post=post).values_list("member_id", flat=True))
    kept = [
        Relay.objects.create(
            organisation=by.organisation, post=post, member=one, text=text.strip()[:5000], proposed_by=by
        )
        for one in people
        if one.pk not in asked
    ]
    record(by, "relay_proposed", post, people=len(kept))  # how many, never who: nobody is ranked
    return kept


@transaction.atomic
def answer_relay(relay: Relay, *, by: Member, said: bool, text: str = "", address: str = "") -> Relay:
    """The colleague herself says that she said it, with her words if she changed them, or refuses."""
    require(by, "read", relay)
    if relay.member_id != by.pk:
        raise NotFound
    if relay.state != "proposed":
        raise Conflict(N_("You have already answered."))
    relay.state, relay.answered_at = "said" if said else "refused", timezone.now()
    relay.text, relay.address = text.strip()[:5000] or relay.text, address.strip()[:500] if said else ""
    relay.save()
    record(by, "relay_answered", relay.post)  # whether she did stays with her
    return relay


def relay_task(post: Post) -> None:
    """One task for everybody who was asked."""
    subject = f"relay:{post.pk}"
    if Relay.objects.filter(post=post, state="proposed").exists():
        ensure_task(
            post.organisation, subject, N_("Answer a proposal to say “%(title)s” in your own words"),
            params={"title": post.title}, url=reverse("editorial:relays", args=[post.organisation.slug]),
        )  # fmt: skip
    else:
        settle_task(post.organisation, subject)
