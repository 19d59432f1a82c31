"""When an access is about to die, and how loudly to say so."""

from datetime import datetime, timedelta

N_ = str
DAY = timedelta(days=1)
STAGES = (2, 7, 14)  # days before the end
SAID = {
    14: N_("The access to %(name)s ends within two weeks: renew it."),
    7: N_("The access to %(name)s ends within a week: renew it."),
    2: N_("The access to %(name)s ends within two days: renew it, or nothing leaves any more."),
    0: N_("The access to %(name)s has ended: nothing leaves until it is renewed."),
}

AHEAD = (7, 60)  # days before a version of the network's interface closes
CLOSING = {
    60: N_("The version that %(name)s speaks closes within two months: write a newer one."),
    7: N_("The version that %(name)s speaks closes within a week: write a newer one, or nothing leaves any more."),
    0: N_("The version that %(name)s speaks has closed: write a newer one."),
}


def days_left(expires_at: datetime | None, *, now: datetime) -> int | None:
    """Whole days that remain, 0 on the last day and after it; None for an access that does not end."""
    if expires_at is None:
        return None
    return max(0, (expires_at - now) // DAY)


def stage(expires_at: datetime | None, *, now: datetime, stages: tuple[int, ...] = STAGES) -> int | None:
    """The alert that an end deserves now: 14, 7 or 2 days before, 0 once it has come, None while it is far."""
    if expires_at is None:
        return None
    if expires_at <= now:
        return 0
    return next((days for days in stages if expires_at - now <= days * DAY), None)
