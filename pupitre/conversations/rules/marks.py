"""A draft read over: its remarks numbered in the order of the text, and the draft cut where they stand. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.judge.tone import Advice, sentence


@dataclass(frozen=True, slots=True)
class Remark:
    """One advice and what a screen says of it. `number` is its mark in the draft, from 1."""

    number: int
    category: str
    met: bool
    start: int
    end: int
    words: str
    severity: str
    strength: int
    said: str

    @property
    def tone(self) -> str:
        """How it is drawn: "block", "good", or plain advice."""
        return "good" if self.met else "block" if self.severity == "block" or self.strength >= 3 else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft; `remark` is None where nothing is said of it."""

    text: str
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a draft over says of it."""

    draft: str
    faults: tuple[Remark, ...]
    duties: tuple[Remark, ...]
    pieces: tuple[Piece, ...]
    repeated: int = 0  # times these very words were said this week, when that is too often

    @property
    def held(self) -> Remark | None:
        """The first remark that a confirmed fact contradicts, if any."""
        return next((fault for fault in self.faults if fault.severity == "block"), None)


def reading(draft: str, found: Sequence[Advice], *, language: str) -> Reading:
    """The advice as a page shows it; `language` is the reader's."""
    faults = sorted((one for one in found if not one.is_duty), key=lambda one: (one.start, -one.end))
    shown = tuple(_remark(one, number, language) for number, one in enumerate(faults, start=1))
    duties = tuple(_remark(one, 0, language) for one in found if one.is_duty)
    private = next((one for one in duties if one.category == "details_private" and one.met), None)
    return Reading(draft, shown, duties, cut(draft, [*shown, *([private] if private else [])]))


def cut(draft: str, remarks: Sequence[Remark]) -> tuple[Piece, ...]:
    """The draft in pieces, marked and plain, that joined are the draft again; of two that overlap the first shows."""
    pieces: list[Piece] = []
    at = 0
    for remark in sorted(remarks, key=lambda one: (one.start, -one.end)):
        if remark.start < at or remark.end <= remark.start:
            continue
        if remark.start > at:
            pieces.append(Piece(draft[at : remark.start]))
        pieces.append(Piece(draft[remark.start : remark.end], remark))
        at = remark.end
    if at < len(draft):
        pieces.append(Piece(draft[at:]))
    return tuple(pieces)


def _remark(one: Advice, number: int, language: str) -> Remark:
    return Remark(
        number, one.category, one.met, one.start, one.end, one.words, one.severity, one.strength,
        sentence(one, language),
    )  # fmt: skip
