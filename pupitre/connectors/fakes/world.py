"""What every fake network remembers: people, messages, notices, figures, and its own clock."""

import json
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TICK = 0.001  # seconds: even where time stands still, no two messages are said at once


@dataclass(slots=True)
class Clock:
    """A network's time: real time shifted by `ahead` seconds, or standing still at `frozen`."""

    ahead: float = 0
    frozen: float | None = None

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        base = datetime.now(UTC) if self.frozen is None else datetime.fromtimestamp(self.frozen, UTC)
        return base + timedelta(seconds=self.ahead)

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self.ahead += seconds


@dataclass(slots=True)
class Person:
    """Somebody of the network; `ours` are the accounts that Pupitre connects."""

    id: str
    handle: str
    name: str
    ours: bool = False
    token: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """A post, a reply, a direct message or a review. `at` and `visible_at` in seconds since 1970."""

    id: str
    author: str
    text: str
    at: float
    kind: str = "post"
    parent: str = ""
    root: str = ""
    to: str = ""  # the other person of a direct message
    key: str = ""
    public: bool = True
    visible_at: float = 0
    language: str = ""
    rating: int | None = None
    hidden: bool = False
    media: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def when(self) -> datetime:
        """When it was said."""
        return datetime.fromtimestamp(self.at, UTC)


@dataclass(slots=True)
class Notice:
    """One line of somebody's notifications."""

    id: str
    to: str
    kind: str  # reply, mention, quote, dm, review, like, repost, follow, follow_request
    who: str
    message: str
    at: float


class World:
    """The memory of one fake network. Hold `lock` around anything that reads then writes."""

    def __init__(self, *, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.lock = threading.RLock()
        self.people: dict[str, Person] = {}
        self.messages: dict[str, Message] = {}
        self.notices: list[Notice] = []
        self.store: dict[str, Any] = {}  # what one network keeps besides: sessions, media, containers
        self.numbers = 0
        self.late = 0.0  # seconds before a post shows in listings
        self._timeline: dict[str, list[tuple[float, str]]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)

    def number(self) -> int:
        """A number never given before."""
        self.numbers += 1
        return self.numbers

    def person(self, *, id: str, handle: str, name: str = "", ours: bool = False, token: str = "") -> Person:
        """Welcome somebody, or return who already has this id."""
        return self.people.setdefault(id, Person(id, handle, name or handle, ours, token))

    def by_token(self, token: str) -> Person | None:
        """Whose token it is."""
        return next((person for person in self.people.values() if token and person.token == token), None)

    def by_handle(self, handle: str) -> Person | None:
        """Who has this handle."""
        return next((person for person in self.people.values() if person.handle == handle), None)

    def add(self, message: Message) -> Message:
        """Keep a message under its id; the same id again replaces it."""
        if message.id not in self.messages:
            self._index(message)
        self.messages[message.id] = message
        self.clock.advance(0 if self.clock.frozen is None else TICK)
        message.visible_at = message.visible_at or message.at + self.late
        return message

    def remove(self, id: str) -> None:
        """Forget a message; its answers stay."""
        message = self.messages.pop(id)
        self._timeline[message.author] = [entry for entry in self._timeline[message.author] if entry[1] != id]
        self.notices = [notice for notice in self.notices if notice.message != id]

    def notify(self, to: str, kind: str, *, who: str, message: str = "", at: float | None = None) -> None:
        """Tell somebody, now or at a moment that has passed."""
        moment = self.clock.now().timestamp() if at is None else at
        self.notices.append(Notice(str(self.number()), to, kind, who, message, moment))

    def by(self, author: str, *, since: float = 0, listed: bool = True) -> Iterator[Message]:
        """Somebody's messages from `since`, oldest first; `listed` leaves out what listings do not show yet."""
        entries = self._timeline.get(author, [])
        now = self.clock.now().timestamp()
        for _at, id in entries[bisect_left(entries, (since, "")) :]:
            message = self.messages[id]
            if not listed or message.visible_at <= now:
                yield message

    def under(self, id: str) -> list[Message]:
        """Every answer below a message, at any depth, oldest first."""
        found: list[Message] = []
        waiting = [id]
        while waiting:
            for child in self._children.get(waiting.pop(), []):
                if child in self.messages:
                    found.append(self.messages[child])
                    waiting.append(child)
        return sorted(found, key=lambda message: (message.at, message.id))

    def children(self, id: str) -> list[Message]:
        """The direct answers to a message."""
        return [self.messages[child] for child in self._children.get(id, []) if child in self.messages]

    def save(self, path: Path) -> None:
        """Write everything to a JSON file, whole or not at all."""
        with self.lock:
            kept = {
                "people": [asdict(person) for person in self.people.values()],
                "messages": [asdict(message) for message in self.messages.values()],
                "notices": [asdict(notice) for notice in self.notices],
                "store": self.store,
                "numbers": self.numbers,
            }
        draft = path.with_suffix(".part")
        draft.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        draft.replace(path)

    def load(self, path: Path) -> None:
        """Take back what `save` wrote."""
        kept = json.loads(path.read_text("utf-8"))
        with self.lock:
            self.people = {entry["id"]: Person(**entry) for entry in kept["people"]}
            self.notices = [Notice(**entry) for entry in kept["notices"]]
            self.store.clear()
            self.store.update(kept["store"])
            self.numbers = kept["numbers"]
            for entry in kept["messages"]:
                self.add(Message(**entry))

    def _index(self, message: Message) -> None:
        entries = self._timeline[message.author]
        entry = (message.at, message.id)
        entries.insert(bisect_left(entries, entry), entry)
        if message.parent:
            self._children[message.parent].append(message.id)
