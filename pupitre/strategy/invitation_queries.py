"""Named reads of the invitations: those made, newest first, with what each brought."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from pupitre.core.models import Organisation
from pupitre.strategy.models import Hearing, Invitation
from pupitre.strategy.rules import invitations as rules

PAGE = 20


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation, its state now (open, ended, revoked), and how many answers it brought."""

    invitation: Invitation
    state: str
    brought: int


def made(organisation: Organisation, *, now: datetime, before: int | None = None) -> tuple[list[Made], int | None]:
    """(twenty invitations newest first, the key of the next page or None)."""
    rows = Invitation.objects.filter(organisation=organisation).select_related("by__user").order_by("-id")
    rows = rows.annotate(brought=Count("hearings"))
    found = list(rows.filter(pk__lt=before)[: PAGE + 1] if before else rows[: PAGE + 1])
    shown = [Made(one, _state(one, now), one.brought) for one in found[:PAGE]]
    return shown, found[PAGE - 1].pk if len(found) > PAGE else None


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    return _state(invitation, now) == "open"


def brought(invitation: Invitation) -> list[Hearing]:
    """What came by this link, oldest first."""
    return list(Hearing.objects.filter(invitation=invitation).order_by("id")[: rules.IN_ALL])


def _state(invitation: Invitation, now: datetime) -> str:
    return rules.state(expires_at=invitation.expires_at, revoked_at=invitation.revoked_at, now=now)
