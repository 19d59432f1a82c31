"""The register of what is paid or given to people who speak of the house."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial import influence_queries as reads
from pupitre.editorial.models import Collaboration, Post
from pupitre.editorial.rules import influence

N_ = str


@transaction.atomic
def record_collaboration(
    *, by: Member, partner: str, goal: str, value: Decimal | None, on: date, kind: str = "money", sector: str = "",
    contract: str = "", post: Post | None = None,
) -> Collaboration:  # fmt: skip
    """Write one gift or payment down; near the amount where a contract is due, a task says so."""
    require(by, "schedule", post)
    faults = influence.faults(partner=partner, goal=goal, kind=kind, sector=sector, value=value)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    assert value is not None
    kept = Collaboration.objects.create(
        organisation=by.organisation, partner=" ".join(partner.split())[:120], goal=" ".join(goal.split())[:200],
        kind=kind, sector=sector, value=value, on=on, contract=contract.strip()[:300], post=post, recorded_by=by,
    )  # fmt: skip
    if post is not None and not post.label:
        Post.objects.filter(pk=post.pk).update(label="collaboration")
    _warn(kept)
    record(by, "collaboration_recorded", kept, value=str(kept.value))
    return kept


@transaction.atomic
def keep_contract(collaboration: Collaboration, *, by: Member, contract: str) -> Collaboration:
    """Where the signed contract is; from then on nothing is held for want of it."""
    require(by, "schedule", collaboration)
    if not contract.strip():
        raise Refusal(N_("Say where the signed contract is."))
    collaboration.contract = contract.strip()[:300]
    collaboration.save(update_fields=["contract"])
    record(by, "contract_kept", collaboration)
    return collaboration


def _warn(kept: Collaboration) -> None:
    total = reads.sum_of(kept)
    if total.near or total.owed:
        ensure_task(
            kept.organisation, f"contract:{kept.partner.casefold()}:{total.year}"[:200],
            N_("A written contract with %(name)s: %(value)s € so far this year, it is due from 1,000 €"),
            params={"name": kept.partner, "value": f"{total.value:.0f}"},
            url=reverse("editorial:influence", args=[kept.organisation.slug]),
        )  # fmt: skip
