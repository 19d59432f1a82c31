"""Quarters, and what a channel's own charter says of one. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

N_ = str
SHORT = 0.4  # of the planned hours: below this for four weeks, give more or give up
WEEKS_WATCHED = 4


@dataclass(frozen=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        after = date(self.year + self.number // 4, 3 * (self.number % 4) + 1, 1)
        return after - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def quarter_named(text: str) -> Quarter | None:
    """ "2026-Q4" as a quarter."""
    year, _, number = text.partition("-Q")
    if not (year.isdigit() and number.isdigit() and 1 <= int(number) <= 4 and 2000 <= int(year) < 2200):
        return None
    return Quarter(int(year), int(number))


@dataclass(frozen=True)
class Seen:
    """What a channel did in the weeks of a quarter that have passed, beside what its charter promises."""

    sent: int
    weeks: float
    least_per_week: int
    longest_silence: int  # promised, in days
    silence: int  # the longest there was, in days
    against: int  # objectives it served that went the wrong way
    served: int


@dataclass(frozen=True)
class Proposal:
    """continue, change or stop, with the reasons as message ids."""

    decision: str
    reasons: tuple[str, ...]


def proposal(seen: Seen) -> Proposal:
    """What the charter itself would decide; people decide."""
    if seen.sent == 0:
        return Proposal("stop", (N_("Nothing left this channel in the quarter."),))
    if seen.served and seen.against == seen.served:
        return Proposal("stop", (N_("Every objective it served went the wrong way."),))
    reasons = []
    if seen.sent < seen.least_per_week * seen.weeks:
        reasons.append(N_("It spoke less often than its charter promises."))
    if seen.silence > seen.longest_silence:
        reasons.append(N_("It kept silent for longer than its charter allows."))
    if seen.against:
        reasons.append(N_("An objective it served went the wrong way."))
    if reasons:
        return Proposal("change", tuple(reasons))
    return Proposal("continue", (N_("It keeps its charter."),))


def starved(planned_minutes_a_week: float, weeks: list[int]) -> bool:
    """Whether four weeks in a row got less than two fifths of the planned time: give it means, or give it up."""
    last = weeks[-WEEKS_WATCHED:]
    if planned_minutes_a_week <= 0 or len(last) < WEEKS_WATCHED:
        return False
    return all(minutes < SHORT * planned_minutes_a_week for minutes in last)
