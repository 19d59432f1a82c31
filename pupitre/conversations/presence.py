"""What changes on a conversation while several people look at it: read again and again, told when it differs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pupitre.conversations.models import Presence, Thread

STALE = timedelta(seconds=12)
TYPING = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class Live:
    """One look at a conversation, for one colleague: who has it, who asks for it, who else is there."""

    state: str
    owner_id: int | None
    owner: str
    wanted_id: int | None
    wanted: str
    last_at: datetime
    readers: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()

    def since(self, seen: datetime | None) -> bool:
        """Whether something was said since the page was made."""
        return seen is not None and self.last_at > seen


def look(thread_id: int, *, member_id: int, now: datetime) -> Live | None:
    """The conversation as it stands, others' presence without one's own; None when it is gone. Two short queries."""
    row = Thread.objects.filter(pk=thread_id).values_list(
        "state", "owner_id", "owner__user__name", "wanted_by_id", "wanted_by__user__name", "last_at"
    )
    found = row.first()
    if found is None:
        return None
    state, owner_id, owner, wanted_id, wanted, last_at = found
    return _with_others(Live(state, owner_id, owner or "", wanted_id, wanted or "", last_at), thread_id, member_id, now)


def of(thread: Thread) -> Live:
    """Who has a conversation that was just read; who else is there comes with the stream."""
    owner, wanted = thread.owner, thread.wanted_by
    return Live(
        thread.state, thread.owner_id, owner.user.name if owner else "", thread.wanted_by_id,
        wanted.user.name if wanted else "", thread.last_at,
    )  # fmt: skip


def _with_others(live: Live, thread_id: int, member_id: int, now: datetime) -> Live:
    others: Any = Presence.objects.filter(thread=thread_id, seen_at__gte=now - STALE).exclude(member=member_id)
    readers: list[str] = []
    writers: list[str] = []
    for name, typing_at in others.order_by("member").values_list("member__user__name", "typing_at"):
        (writers if typing_at and typing_at >= now - TYPING else readers).append(name)
    return replace(live, readers=tuple(readers), writers=tuple(writers))
