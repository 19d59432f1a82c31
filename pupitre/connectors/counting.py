"""How long a text is for a network, and what stops a message. Pure; the composer's counters and the outbox share it."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from pupitre.connectors.addresses import bare_addresses, web_addresses
from pupitre.connectors.contract import Limits, MediaRule, TextRule, Unit
from pupitre.connectors.words import gettext_noop

CLUSTER = regex.compile(r"\X")
EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Emoji}\u20E3|\p{Regional_Indicator}{2}")
FEDIVERSE_MENTION = regex.compile(r"(?<![\w/])(@\w(?:[\w.-]*\w)?)@[\p{L}\p{N}.-]+[\p{L}\p{N}]")
LITTLE_TEXT_RESERVED = frozenset("\\|{}@[]()<>#*_~")


@dataclass(frozen=True, slots=True)
class Attached:
    """What the counter needs to know of a file: bytes, MIME type, alternative text."""

    mime: str
    size: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a message cannot leave. `message` is a gettext id to fill with `numbers`."""

    key: str
    message: str
    numbers: Mapping[str, int | str] = field(default_factory=dict)


def length(text: str, rule: TextRule) -> int:
    """How much of `rule.limit` the text uses, in the network's own unit."""
    if rule.local_mentions:
        text = FEDIVERSE_MENTION.sub(r"\1", text)
    if rule.unit is Unit.WEIGHTED:
        return weighted(text)
    spans = web_addresses(text) if rule.url_length is not None else []
    # Piece by piece: a mark after an address never joins the letter before it.
    return (rule.url_length or 0) * len(spans) + sum(map(COUNTERS[rule.unit], _pieces(text, spans)))


def graphemes(text: str) -> int:
    """Characters as a person counts them: a family emoji is one, so is an accented letter."""
    return len(CLUSTER.findall(text))


def utf16(text: str) -> int:
    """UTF-16 code units: an emoji outside the first plane counts two."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def utf8(text: str) -> int:
    """Bytes on the wire. Lone surrogates count as the three bytes of a replacement."""
    return len(text.encode("utf-8", "replace"))


def emoji_bytes(text: str) -> int:
    """One per character, and for an emoji its UTF-8 bytes."""
    return sum(utf8(cluster) if EMOJI.search(cluster) else len(cluster) for cluster in CLUSTER.findall(text))


def escape_little_text(text: str) -> str:
    """Reserved characters get a backslash; left bare, one of them silently cuts the post there."""
    return "".join("\\" + character if character in LITTLE_TEXT_RESERVED else character for character in text)


def little_text(text: str) -> int:
    """Characters once escaped: what the network receives."""
    return len(escape_little_text(text))


def weighted(text: str) -> int:
    """X's weighted length: normalised, addresses flat, emoji sequences two, other characters one or two."""
    config = weights()
    text = unicodedata.normalize("NFC", text)
    spans = bare_addresses(text)
    total = len(spans) * config["transformedURLLength"] * config["scale"]
    for piece in _pieces(text, spans):
        for cluster in CLUSTER.findall(piece):
            total += config["defaultWeight"] if EMOJI.search(cluster) else sum(map(_weight, cluster))
    return int(total // config["scale"])


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    last = 0
    for start, end in spans:
        yield text[last:start]
        last = end
    yield text[last:]


def _weight(character: str) -> int:
    config = weights()
    code = ord(character)
    for span in config["ranges"]:
        if span["start"] <= code <= span["end"]:
            return int(span["weight"])
    return int(config["defaultWeight"])


@cache
def weights() -> dict[str, Any]:
    """The official configuration, version 3 (Apache-2.0, 2021-10-21)."""
    text = files("pupitre.connectors").joinpath("data/twitter-text-v3.json").read_text("utf-8")
    return dict(json.loads(text))


COUNTERS: Mapping[Unit, Callable[[str], int]] = {
    Unit.CHARACTERS: len,
    Unit.GRAPHEMES: graphemes,
    Unit.UTF16: utf16,
    Unit.BYTES: utf8,
    Unit.LITTLE_TEXT: little_text,
    Unit.EMOJI_BYTES: emoji_bytes,
    Unit.WEIGHTED: weighted,
}


def faults(text: str, media: Sequence[Attached], limits: Limits) -> tuple[Fault, ...]:
    """Everything that stops this message on this account, in reading order; empty when it may leave."""
    rule = limits.with_media if media and limits.with_media else limits.text
    return (*_text_faults(text, bool(media), rule), *_media_faults(media, limits.media))


def _text_faults(text: str, with_media: bool, rule: TextRule) -> Iterator[Fault]:
    if not text.strip() and not with_media:
        yield Fault("empty", gettext_noop("The message is empty."))
    used = length(text, rule)
    if used > rule.limit:
        message = gettext_noop("The text is too long: %(used)s for %(limit)s allowed.")
        yield Fault("text_too_long", message, {"used": used, "limit": rule.limit, "over": used - rule.limit})
    if rule.max_bytes is not None and utf8(text) > rule.max_bytes:
        message = gettext_noop("The text is too heavy: %(used)s bytes for %(limit)s allowed.")
        yield Fault("text_too_heavy", message, {"used": utf8(text), "limit": rule.max_bytes})


def _media_faults(media: Sequence[Attached], rule: MediaRule) -> Iterator[Fault]:
    videos = [item for item in media if item.mime.startswith("video/")]
    images = [item for item in media if not item.mime.startswith("video/")]
    if rule.required and not media:
        yield Fault("media_required", gettext_noop("This network publishes nothing without an image or a video."))
    if len(images) > rule.images:
        message = gettext_noop("Too many images: %(used)s for %(limit)s allowed.")
        yield Fault("too_many_images", message, {"used": len(images), "limit": rule.images})
    if len(videos) > rule.videos:
        message = gettext_noop("Too many videos: %(used)s for %(limit)s allowed.")
        yield Fault("too_many_videos", message, {"used": len(videos), "limit": rule.videos})
    for rank, item in enumerate(media, start=1):
        yield from _file_faults(rank, item, rule)


def _file_faults(rank: int, item: Attached, rule: MediaRule) -> Iterator[Fault]:
    video = item.mime.startswith("video/")
    allowed = rule.video_max_bytes if video else rule.max_bytes
    if item.mime not in rule.formats and not (video and rule.videos):
        message = gettext_noop("File %(rank)s: this network does not accept the format %(format)s.")
        yield Fault("format", message, {"rank": rank, "format": item.mime})
    if allowed and item.size > allowed:
        message = gettext_noop("File %(rank)s is too heavy: %(used)s bytes for %(limit)s allowed.")
        yield Fault("too_heavy", message, {"rank": rank, "used": item.size, "limit": allowed})
    if not item.alt.strip():
        missing = (
            gettext_noop("Film %(rank)s is not described.")
            if video
            else gettext_noop("Image %(rank)s has no alternative text.")
        )
        yield Fault("alt_missing", missing, {"rank": rank})
    if len(item.alt) > rule.alt_limit:
        message = gettext_noop("The alternative text of image %(rank)s is too long: %(used)s for %(limit)s allowed.")
        yield Fault("alt_too_long", message, {"rank": rank, "used": len(item.alt), "limit": rule.alt_limit})
