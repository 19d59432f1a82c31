"""The next free hour of a week's usual hours. Pure."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS = 12


def next_free(
    slots: Iterable[tuple[int, int]], *, taken: Collection[datetime], after: datetime, zone: str
) -> datetime | None:
    """The first hour of `slots` (weekday, minute of the day) that nothing holds yet; None within twelve weeks."""
    here, busy = ZoneInfo(zone), {one.astimezone(UTC) for one in taken}
    wanted = sorted(set(slots))
    first = after.astimezone(here).date()
    for day in range(WEEKS * 7):
        date = first + timedelta(days=day)
        for weekday, minute in wanted:
            if date.weekday() != weekday:
                continue
            at = datetime.combine(date, time(minute // 60, minute % 60), here).astimezone(UTC)
            if at > after and at not in busy:
                return at
    return None
