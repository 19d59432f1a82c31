"""What a denial denies: whether a confirmed fact, or several complaints, say the contrary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from .data import read_data
from .language import ENGLISH, FRENCH
from .text import tokens

Status = Literal["confirmed", "checking", "false"]

_SENTENCE_END: Final = re.compile(r"[.!?\n]")
_STEM: Final = 6
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the ledger of facts: its name, its sentence, and what is known of it."""

    name: str
    text: str
    status: Status


class Strength(NamedTuple):
    """1 a denial alone, 2 one complaint says the contrary, 3 several do or a confirmed fact does (`fact` names it)."""

    level: int
    fact: str


@lru_cache(maxsize=1)
def _concepts() -> dict[str, frozenset[str]]:
    """Words of each concept."""
    table = read_data("concepts.yaml")["concepts"]
    return {name: frozenset(str(words).split()) for name, words in table.items()}


def concepts_of(text: str) -> frozenset[str]:
    """What a text speaks of, among the things organisations are blamed for."""
    words = {t.text for t in tokens(text)[0]}
    return frozenset(name for name, of in _concepts().items() if words & of)


def telling(text: str) -> frozenset[str]:
    """The words that say what a text is about, cut to six letters."""
    return frozenset(
        t.text[:_STEM]
        for t in tokens(text)[0]
        if len(t.text) > 3 and t.text.isalpha() and t.text not in FRENCH and t.text not in ENGLISH
    )


def strength_of(draft: str, start: int, end: int, *, thread: Sequence[str], facts: Sequence[Fact]) -> Strength | None:
    """How strongly characters [start, end) of a draft deny what is known; None when what they deny is known false.

    A denial that names no subject ("c'est faux") denies whatever is being discussed.
    """
    subject = concepts_of(draft[start:end])
    around = telling(_sentence(draft, start, end))
    denied = next((f for f in facts if f.status == "confirmed" and _about(f.text, subject, around)), None)
    if denied is not None:
        return Strength(3, denied.name)
    if any(f.status == "false" and _about(f.text, subject, around) for f in facts):
        return None
    similar = sum(_complains(text, subject) for text in thread)
    return Strength(3 if similar >= _SEVERAL else 2 if similar else 1, "")


def _about(text: str, subject: frozenset[str], around: frozenset[str]) -> bool:
    """Whether a fact is what the denial speaks of."""
    return not subject or bool(subject & concepts_of(text)) or len(around & telling(text)) >= 2


def _complains(text: str, subject: frozenset[str]) -> bool:
    """Whether a message of the thread complains of the same thing."""
    from .rules import see
    from .verdict import Context

    of = see(text, Context()).score.of
    if max(of["complaint"], of["crisis"]) < 0.7:
        return False
    return not subject or bool(subject & concepts_of(text))


def _sentence(draft: str, start: int, end: int) -> str:
    """The sentence around a span."""
    before = max((m.end() for m in _SENTENCE_END.finditer(draft, 0, start)), default=0)
    after = _SENTENCE_END.search(draft, end)
    return draft[before : after.start() if after else len(draft)]
