"""The promise between Pupitre and a network: what a connector receives, returns and raises.

No Django here and no network: only the words both sides use. Times are aware datetimes in UTC, sizes are
bytes, money is in the currency named beside it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pupitre.connectors.failures import AccessLost as AccessLost
from pupitre.connectors.failures import Failed as Failed
from pupitre.connectors.failures import OutcomeUnknown as OutcomeUnknown
from pupitre.connectors.failures import Refused as Refused
from pupitre.connectors.failures import RetryLater as RetryLater
from pupitre.connectors.failures import Unreadable as Unreadable
from pupitre.connectors.manifests import Bell as Bell
from pupitre.connectors.manifests import Capability as Capability
from pupitre.connectors.manifests import ConnectionField as ConnectionField
from pupitre.connectors.manifests import Limits as Limits
from pupitre.connectors.manifests import Manifest as Manifest
from pupitre.connectors.manifests import MediaRule as MediaRule
from pupitre.connectors.manifests import Path as Path
from pupitre.connectors.manifests import TextRule as TextRule
from pupitre.connectors.manifests import Unit as Unit


@dataclass(frozen=True, slots=True)
class Account:
    """Who is connected, and what was really granted."""

    remote_id: str
    handle: str
    name: str
    url: str = ""
    rights: tuple[str, ...] = ()
    capabilities: frozenset[Capability] = frozenset()
    limits: Limits | None = None
    expires_at: datetime | None = None  # when the access dies, if it does
    closes_at: datetime | None = None  # when the version of the network's interface that we speak closes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """A remote message: its id, and what some networks want beside it (a content id, a root)."""

    id: str
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Media:
    """A file ready to leave. `read()` gives its bytes; width and height in pixels."""

    read: Callable[[], bytes]
    mime: str
    alt: str
    width: int = 0
    height: int = 0
    public_url: str = ""
    captions: str = ""  # of a film, WebVTT


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one account. `key` is derived from the delivery's row, never random per attempt."""

    key: str
    text: str
    created_at: datetime
    media: tuple[Media, ...] = ()
    language: str = ""
    reply_to: Ref | None = None
    root: Ref | None = None
    private: bool = False
    parts: tuple[str, ...] = ()  # further messages of a thread
    poll: tuple[str, ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None

    @property
    def dated(self) -> datetime:
        """The moment people should read on it: its hour, not the day somebody agreed to it. The same at each try."""
        return max(self.due_at or self.created_at, self.created_at)


@dataclass(frozen=True, slots=True)
class Published:
    """It is out: under which id, where a person can see it, since when."""

    ref: Ref
    permalink: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Processing:
    """Accepted, not visible yet (video). `token` finds it again."""

    token: str
    look_again_in: int = 60  # seconds


@dataclass(frozen=True, slots=True)
class ByHand:
    """Nothing left: a person does it in the network's own application, at `link`, then says so.

    `why` is a gettext message id (may be empty when the whole network is by hand).
    """

    link: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks, with the minimum."""

    remote_id: str
    handle: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing said in public to nobody in particular. `author` is an id, `at` what the author's clock said."""

    id: str
    url: str
    author: str
    text: str
    at: datetime | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing somebody said to us. `thread` is the id of the conversation's first message."""

    ref: Ref
    kind: str  # reply, comment, mention, quote, dm, review, mail
    author: Author
    text: str
    at: datetime
    thread: str
    parent: str = ""
    root: Ref | None = None
    permalink: str = ""
    language: str = ""
    public: bool = True
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one message, under the network's own name for it."""

    metric: str
    value: float
    at: datetime


class Vault(Protocol):
    """Where a connector keeps its secrets: encrypted by the product, never logged."""

    def get(self, key: str) -> str | None: ...

    def put(self, **secrets: str) -> None: ...


class Connector(Protocol):
    """What a network's folder gives. Every method may raise `Failed` in one of its four ways."""

    manifest: Manifest

    def identify(self) -> Account:
        """Who is connected and which rights were really granted."""

    def send(self, message: Outgoing) -> Published | Processing | ByHand:
        """The one irreversible call. Raises Refused, AccessLost, RetryLater or OutcomeUnknown."""

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing | ByHand:
        """Look again at what `send` left in processing (video). Same errors; Refused when the network gave up."""

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """Look for our own message in the account's recent ones. Raises Unreadable when it cannot be known."""

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """What people said to the account since then, oldest first; may repeat what was already given."""

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Everything under one of our own messages, oldest first, our own answers included."""

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """The counts of one of our messages; a metric that the network refuses is left out, never zero."""

    def delete(self, ref: Ref) -> None:
        """Take one of our messages back."""


class Network(Protocol):
    """A module `pupitre.connectors.networks.<key>.connector` offers these two names."""

    manifest: Manifest

    def connect(self, vault: Vault, http: object) -> Connector: ...
