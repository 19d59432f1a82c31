"""What a network says of itself: what can be done there and by which path, how long, how heavy, at what price.

Read these words from contract.py, which offers them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Capability(StrEnum):
    """What an account may be able to do; the manifest says by which path, the account says whether it may now."""

    TEXT = "text"
    IMAGE = "image"
    CAROUSEL = "carousel"
    VIDEO = "video"
    STORY = "story"
    POLL = "poll"
    THREAD = "thread"
    REPLY = "reply"
    DELETE = "delete"
    COMMENTS = "comments"
    MENTIONS = "mentions"
    DMS = "dms"
    REVIEWS = "reviews"
    HIDE = "hide"
    FIGURES = "figures"


class Path(StrEnum):
    """By which way a capability is reached."""

    API = "api"
    PAID = "paid"
    REVIEW = "review"
    BY_HAND = "by_hand"
    NONE = "none"


class Unit(StrEnum):
    """How a network counts the length of a text."""

    CHARACTERS = "characters"
    GRAPHEMES = "graphemes"
    UTF16 = "utf16"
    BYTES = "bytes"
    WEIGHTED = "weighted"
    LITTLE_TEXT = "little_text"
    EMOJI_BYTES = "emoji_bytes"  # one per character, an emoji counts its UTF-8 bytes


@dataclass(frozen=True, slots=True)
class TextRule:
    """How long a text may be. `url_length` replaces each address when the network counts them flat."""

    limit: int
    unit: Unit = Unit.CHARACTERS
    max_bytes: int | None = None
    url_length: int | None = None
    local_mentions: bool = False


@dataclass(frozen=True, slots=True)
class MediaRule:
    """What may be attached. `formats` are MIME types; 0 images means text only."""

    images: int = 0
    formats: tuple[str, ...] = ("image/jpeg", "image/png")
    max_bytes: int = 0
    alt_limit: int = 1000
    required: bool = False
    videos: int = 0
    video_max_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The rules one account obeys now (read from the network when it tells them)."""

    text: TextRule
    media: MediaRule = MediaRule()
    poll_options: tuple[int, int] | None = None
    poll_option_limit: int = 25  # characters of one option
    per_day: int | None = None
    with_media: TextRule | None = None  # where the text beside a file has a rule of its own


@dataclass(frozen=True, slots=True)
class ConnectionField:
    """One field of the connection form. `label` and `help` are gettext message ids, `placeholder` an example, and
    `default` what stands there at first."""

    key: str
    label: str
    help: str = ""
    kind: str = "text"  # text, url, password
    required: bool = True
    placeholder: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Bell:
    """What a network needs in order to knock (hooks.py): `word`, one of ours is pasted there beside the address;
    `asks`, something of the network's is asked first, kept in the vault as `hook_secret`."""

    word: bool = False
    asks: ConnectionField | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the product draws for a network: form, counters, matrix, guide."""

    key: str
    name: str
    limits: Limits
    paths: Mapping[Capability, Path]
    fields: tuple[ConnectionField, ...] = ()
    owner_group: str = ""
    oauth: bool = False
    honours_key: bool = False
    indexing_delay: int = 60  # seconds a post may take to show in the account's own listing
    deep_link: str = ""  # where a person does it by hand, may hold {handle}
    site: str = ""
    kinds: tuple[str, ...] = ()  # beside a post: story, reel
    poll_hours: tuple[int, ...] = ()  # how long a poll may stay open; empty where the network decides
    first_comment: bool = False  # our own comment may stand under our own message
    private_answer_days: int | None = None  # a comment may be answered privately, once, for so long
    posted: str = ""  # pattern of a message's address, its id in the group `id`: what a person pastes is recognised
    summons: str = ""  # the mark beside what is heard without which an answer is made by hand
    costs: Mapping[str, float] = field(default_factory=dict)  # USD per operation
    reads_back: bool = True  # its own messages can be read again; else only a person tells what a lost answer did
    hidden: bool = False  # not offered in the connection list (tests, drills)
    hooks: Bell | None = None  # it can knock when something happens there; proved by hooks.py
    streams: tuple[str, ...] = ()  # addresses where everything public is said as it is said; read by stream.py
