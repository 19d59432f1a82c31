"""What the judge says and what it is told: plain frozen data, no framework."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

Kind = Literal["complaint", "praise", "question", "contact", "job", "abuse", "spam", "crisis", "other"]
Polarity = Literal["neg", "neu", "pos"]
Engine = Literal["rules", "local"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

POLARITY_OF: Final[dict[Kind, Polarity]] = {
    "complaint": "neg",
    "praise": "pos",
    "question": "neu",
    "contact": "neu",
    "job": "neu",
    "abuse": "neg",
    "spam": "neu",
    "crisis": "neg",
    "other": "neu",
}

# Under this confidence a screen says "to read" and shows no colour.
SURE: Final = 0.55


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing seen in the text: characters [start, end) of the original, and the kind or flag it argues for."""

    rule: str
    start: int
    end: int
    words: str
    argues_for: str


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase an organisation adds to the lexicon, in the notation of the data files."""

    kind: Kind
    phrase: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided about a text; `vector` is its embedding when it was known."""

    text: str
    kind: Kind
    vector: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around the text.

    `language` is the thread's language (used under three words), `names` the brands that are also words
    (Orange, Free, Boulanger), `terms` the organisation's own lexicon, `corrections` what people decided before.
    """

    language: str | None = None
    names: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one text. `confidence` is in 0..1; `head` is empty when rules answered alone."""

    language: str
    kind: Kind
    second_kind: Kind | None
    polarity: Polarity
    confidence: float
    flags: tuple[str, ...]
    needs_human: bool
    reasons: tuple[Reason, ...]
    engine: Engine
    version: str
    head: str = ""
