"""The thread of a case: written by what is done, in the same transaction."""

from datetime import datetime

from django.utils import timezone

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict
from pupitre.crisis.models import Crisis, LogLine
from pupitre.crisis.rules.timeline import SAID

N_ = str


def log(crisis: Crisis, verb: str, *, by: Member | None = None, at: datetime | None = None, **params: object) -> None:
    """One line. `params` must be JSON; the name of who acted is added."""
    assert verb in SAID
    if by is not None:
        params.setdefault("name", by.user.name)
    LogLine.objects.create(
        crisis=crisis, organisation_id=crisis.organisation_id, at=at or timezone.now(), member=by, verb=verb,
        params=params,
    )  # fmt: skip


def require_open(by: Member, verb: str, crisis: Crisis) -> None:
    """This member may do this here, and the case is not closed."""
    require(by, verb, crisis)
    if crisis.closed_at is not None:
        raise Conflict(N_("This crisis is closed: its file does not change any more."))
