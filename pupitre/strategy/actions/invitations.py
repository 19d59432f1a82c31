"""Asking those concerned without giving them an account, and keeping what they answer as heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.strategy.models import Hearing, Invitation
from pupitre.strategy.rules import invitations as rules

N_ = str
ENDED = N_("This link has ended. Ask the person who sent it for another.")
CROWDED = N_("Many answers have come by this link. Come back in an hour.")
EMPTY = N_("Write a word or two: nothing was written.")
LONG = N_("Shorten this to %(limit)s characters.")


class Crowded(Refusal):
    """Too many words by one link."""

    status = 429


@transaction.atomic
def invite(
    *, by: Member, kind: str, name: str, group: str = "", questions: Sequence[str] = (), days: int = 21,
    language: str = "",
) -> Invitation:  # fmt: skip
    """A link for a group to be consulted (with its questions), or for an expert who reads and comments."""
    require(by, "decide_strategy")
    asked = [question.strip() for question in questions if question.strip()]
    faults = _faults(kind, name, group, asked, days)
    if faults:
        raise Refusal(N_("This link cannot be made yet."), faults)
    expert = kind == rules.EXPERT
    kept = Invitation.objects.create(
        organisation=by.organisation, kind=kind, group=rules.EXPERT if expert else group, name=name.strip(),
        questions=[] if expert else asked, expires_at=timezone.now() + timedelta(days=days), by=by,
        language=language if language in ("fr", "en") else by.organisation.language,
    )  # fmt: skip
    record(by, "invitation_made", kept, kind=kind)
    return kept


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Member) -> Invitation:
    """The link opens no more; what it brought stays."""
    require(by, "decide_strategy", invitation)
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(by, "invitation_revoked", invitation)
    return invitation


def answer(invitation: Invitation, *, answers: Sequence[str], name: str = "", once: str = "", now: datetime) -> Hearing:
    """Keep what somebody without an account says. `once` is the form's own mark: sent twice, it is kept once.

    Raises Conflict when the link has ended, Crowded when it has brought too much, Refusal for the words themselves.
    """
    if rules.state(expires_at=invitation.expires_at, revoked_at=invitation.revoked_at, now=now) != "open":
        raise Conflict(ENDED)
    brought = Hearing.objects.filter(invitation=invitation)
    known = brought.filter(once=once).first() if once else None
    if known:
        return known
    last_hour = brought.filter(created_at__gte=now - timedelta(hours=1)).count()
    if rules.is_crowded(last_hour=last_hour, in_all=brought.count()):
        raise Crowded(CROWDED)
    return _keep(invitation, list(answers), name.strip()[:120] or invitation.name, once[:40], now)


def _keep(invitation: Invitation, answers: list[str], name: str, once: str, now: datetime) -> Hearing:
    long = [n for n, text in enumerate(answers) if len(text) > rules.MOST_CHARACTERS]
    if long:
        raise Refusal(LONG, [Fault(f"answer_{n}", LONG, {"limit": rules.MOST_CHARACTERS}) for n in long],
                      params={"limit": rules.MOST_CHARACTERS})  # fmt: skip
    said = rules.together(invitation.questions, answers)
    if len(said) < 2 or not any(text.strip() for text in answers):
        raise Refusal(EMPTY, [Fault("answer_0", EMPTY)])
    try:
        with transaction.atomic():
            kept = Hearing.objects.create(
                organisation=invitation.organisation, invitation=invitation, group=invitation.group, name=name,
                said=said, heard_on=timezone.localdate(now), once=once,
            )  # fmt: skip
            record(None, "hearing_kept", kept, by_link=True)
    except IntegrityError:  # the same form, sent twice at once
        return Hearing.objects.get(invitation=invitation, once=once)
    return kept


def _faults(kind: str, name: str, group: str, questions: Sequence[str], days: int) -> list[Fault]:
    faults = []
    if kind not in rules.KINDS:
        faults.append(Fault("kind", N_("Say what the link is for.")))
    if not 2 <= len(name.strip()) <= 120:
        faults.append(Fault("invited", N_("To whom is it sent? A name, or a few words.")))
    if not 1 <= days <= rules.LONGEST_DAYS:
        faults.append(Fault("days", N_("Between 1 and %(most)s days."), {"most": rules.LONGEST_DAYS}))
    if kind == rules.CONSULTATION and group not in rules.GROUPS:
        faults.append(Fault("group", N_("Say where this person stands.")))
    if kind == rules.CONSULTATION and not questions:
        faults.append(Fault("questions", N_("Ask at least one question.")))
    if len(questions) > rules.MOST_QUESTIONS or any(len(question) > 300 for question in questions):
        faults.append(Fault("questions", N_("Five short questions at most.")))
    return faults
