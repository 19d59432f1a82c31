"""Hours of work against hours people have. Pure; minutes everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Work:
    """One post to make: for whom, on which day of the window (0 is the first), how long, and whether it is done."""

    member_id: int | None
    day: int
    minutes: int
    title: str = ""
    post_id: int = 0
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has before her: `days` holds (minutes asked, minutes there) for each day."""

    member_id: int
    asked: int
    capacity: int
    days: tuple[tuple[int, int], ...] = field(default_factory=tuple)

    @property
    def over(self) -> int:
        return max(self.asked - self.capacity, 0)


def spread(minutes: int, open_days: Sequence[bool]) -> list[int]:
    """A week's minutes over its open days, the rest on the first ones; none on closed days."""
    count = sum(open_days)
    if not count:
        return [0 for _ in open_days]
    share, rest = divmod(minutes, count)
    given: list[int] = []
    for is_open in open_days:
        given.append(share + (1 if rest > 0 else 0) if is_open else 0)
        rest -= 1 if is_open and rest > 0 else 0
    return given


def loads(works: Sequence[Work], capacities: Mapping[int, int], *, open_days: Sequence[bool]) -> list[Load]:
    """One line per person who has hours or work, in the order of `capacities`."""
    lines = []
    for member_id, minutes in capacities.items():
        there = spread(minutes, open_days)
        asked = [0] * len(open_days)
        for work in works:
            if work.member_id == member_id and 0 <= work.day < len(asked):
                asked[work.day] += work.minutes
        if minutes or any(asked):
            lines.append(Load(member_id, sum(asked), minutes, tuple(zip(asked, there, strict=True))))
    return lines


def cuts(works: Sequence[Work], *, over: int) -> list[Work]:
    """The fewest drafts to take away, the smallest that suffices first, to fit; empty when no set of drafts does."""
    if over <= 0:
        return []
    drafts = sorted((work for work in works if work.draft and work.minutes), key=lambda work: work.minutes)
    enough = next((work for work in drafts if work.minutes >= over), None)
    if enough is not None:
        return [enough]
    chosen: list[Work] = []
    for work in reversed(drafts):
        chosen.append(work)
        if sum(one.minutes for one in chosen) >= over:
            return chosen
    return []
