"""The rail: rooms write themselves in when they load, so that the shell knows none of them.

A room's `apps.py` calls `enter(...)` in `ready()`. `count` gives the number shown beside the name (people
waiting, nothing else); `banner` functions give the sentences shown above every page; `facts` functions give the
frame what it cannot know itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pupitre.core.models import Member

Count = Callable[[Member], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `label` is a message id, `url_name` takes the organisation's slug."""

    rank: int
    key: str
    label: str
    icon: str
    url_name: str
    count: Count | None = None
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """A state that concerns every page: `tone` is note, att or rub. `text` is already translated."""

    tone: str
    text: str
    url: str = ""
    action: str = ""
    always: bool = False  # also on the pages that put other banners aside


_entries: dict[str, Entry] = {}
_banners: dict[str, Callable[[Member], Iterable[Banner]]] = {}
_facts: dict[str, Callable[[Member], Mapping[str, Any]]] = {}


def enter(entry: Entry) -> None:
    _entries[entry.key] = entry


def enter_banner(key: str, banners: Callable[[Member], Iterable[Banner]]) -> None:
    _banners[key] = banners


def enter_facts(key: str, facts: Callable[[Member], Mapping[str, Any]]) -> None:
    """What the frame reads beside its places: `posture_freezes`, `pledge`."""
    _facts[key] = facts


def facts(member: Member) -> dict[str, Any]:
    return {name: value for function in _facts.values() for name, value in function(member).items()}


def count(key: str, member: Member) -> int:
    """The number beside a place, read once for each request's member."""
    known: dict[str, int] = member.__dict__.setdefault("rail_counts", {})
    entry = _entries.get(key)
    if entry is None or entry.count is None:
        return 0
    if key not in known:
        known[key] = entry.count(member)
    return known[key]


def counted(key: str, member: Member) -> bool:
    """Whether this number is already known for this request."""
    return key in member.__dict__.get("rail_counts", {})


def remember(key: str, member: Member, number: int) -> None:
    """A page that already counted says so, and the rail does not count again."""
    member.__dict__.setdefault("rail_counts", {})[key] = number


def entries() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: entry.rank)


def banners(member: Member) -> list[Banner]:
    return [banner for function in _banners.values() for banner in function(member)]
