"""A moment as a person types it, in the organisation's time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pupitre.core.rules.refusals import Fault

N_ = str


def moment(text: str, *, zone: str, field: str = "due_at") -> datetime | Fault | None:
    """'2026-11-24T09:30' as an aware moment in UTC; None when empty, a Fault when it cannot be.

    An hour that the clocks skip is refused with the hour before and the hour after; one that comes twice is the first.
    """
    words = text.strip()
    if not words:
        return None
    try:
        typed = datetime.fromisoformat(words)
    except ValueError:
        return Fault(field, N_("Write a date and an hour, such as 2026-11-24T09:30."))
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    return _placed(typed, ZoneInfo(zone), field)


def _placed(typed: datetime, zone: ZoneInfo, field: str) -> datetime | Fault:
    try:
        placed = typed.replace(tzinfo=zone).astimezone(UTC)
        if placed.astimezone(zone).replace(tzinfo=None) == typed:
            return placed
        neighbours = sorted(
            typed.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone).strftime("%H:%M") for fold in (0, 1)
        )
    except OverflowError:
        return Fault(field, N_("Write a date and an hour, such as 2026-11-24T09:30."))
    return Fault(
        field,
        N_("The clocks change: %(hour)s does not exist that day. Choose %(before)s or %(after)s."),
        {"hour": typed.strftime("%H:%M"), "before": neighbours[0], "after": neighbours[1]},
    )


def typed(when: datetime | None, *, zone: str) -> str:
    """The same moment as a form field holds it."""
    return when.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if when else ""
