"""What a film may be when it enters the library, its captions, and where it was shot blanked. Pure."""

import re
import struct
from dataclasses import dataclass

from pupitre.core.rules.refusals import Fault

N_ = str
MAX_BYTES = 200_000_000
MAX_SECONDS = 3600.0
MAX_PIXELS = 4096 * 2304
MAX_CAPTIONS = 200_000
PLAIN_CODECS = ("h264", "aac", "")  # what every network of the house takes, in MP4
KINDS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
# ISO 6709, as telephones write a place: +48.8577+002.295+035/
PLACE = re.compile(rb"[+-]\d{2}\.\d{3,}[+-]\d{3}\.\d{3,}(?:[+-]\d+(?:\.\d+)?)?/?")
BOXES = {b"moov", b"udta", b"meta", b"trak", b"mdia", b"ilst", b"keys", b"uuid"}
TIME = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")


@dataclass(frozen=True, slots=True)
class Film:
    """What was read in a film. Seconds, pixels as seen, names of codecs; `other` when it holds more than sound and
    picture (the track of a camera may say where it was)."""

    seconds: float
    width: int
    height: int
    picture: str
    sound: str = ""
    other: bool = False

    @property
    def plain(self) -> bool:
        """Whether it may leave as it is."""
        return self.picture == "h264" and self.sound in PLAIN_CODECS and not self.other


def kind_of(head: bytes) -> str:
    """The MIME type of a film by its first bytes; empty for anything else."""
    if head[4:8] == b"ftyp":
        return "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in head[:64]:
        return "video/webm"
    return ""


def placeless(head: bytes) -> tuple[bytes, bool]:
    """The same bytes with every place blanked, and whether one was there. For the part that describes the film."""
    found = PLACE.search(head) is not None
    return PLACE.sub(lambda match: b" " * len(match.group()), head), found


def boxes(head: bytes, at: int = 0) -> list[tuple[bytes, int, int]]:
    """The boxes of an MP4 from an offset of the file: (name, start, size); stops where the bytes make no sense."""
    found = []
    while at + 8 <= len(head):
        size, name = struct.unpack(">I4s", head[at : at + 8])
        if size == 1 and at + 16 <= len(head):
            size = struct.unpack(">Q", head[at + 8 : at + 16])[0]
        if size < 8:
            break
        found.append((name, at, size))
        at += size
    return found


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of captions: from, to (seconds), words."""

    start: float
    end: float
    words: str


def cues(text: str) -> list[Cue] | Fault:
    """The cues of a WebVTT file (W3C WebVTT, 4.1), or what is wrong with it and at which line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    if len(text) > MAX_CAPTIONS:
        return Fault("captions", N_("These captions are too long."))
    if not lines[0].startswith("WEBVTT"):
        return Fault("captions", N_("Captions begin with a line that says WEBVTT."))
    found: list[Cue] = []
    at = 1
    while at < len(lines):
        if "-->" not in lines[at]:
            at += 1
            continue
        times = [_seconds(one) for one in lines[at].split("-->")]
        if len(times) != 2 or None in times or times[0] >= times[1]:  # type: ignore[operator]
            return Fault("captions", N_("Line %(line)s: write two times such as 00:01.000 --> 00:04.000."),
                         {"line": at + 1})  # fmt: skip
        end = next((n for n in range(at + 1, len(lines)) if not lines[n].strip()), len(lines))
        words = " ".join(re.sub(r"<[^>]*>", "", one).strip() for one in lines[at + 1 : end]).strip()
        found.append(Cue(times[0], times[1], words))  # type: ignore[arg-type]
        at = end
    return found or Fault("captions", N_("These captions hold no words."))


def _seconds(words: str) -> float | None:
    told = TIME.match(words.strip())
    if told is None:
        return None
    hours, minutes, seconds, thousandths = told.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000


def transcript(text: str) -> str:
    """What is said, without its times; empty when the captions cannot be read."""
    known = cues(text) if text else []
    return "" if isinstance(known, Fault) else " ".join(one.words for one in known if one.words)
