"""The tone of a draft reply: what hurts, with its place, and what a good reply owes the person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from .data import read_data
from .denial import Fact, Strength, strength_of
from .duties import Duty, duties
from .phrases import Phrases, compile_phrases, hits
from .text import Token, tokens

Category = Literal[
    "denial", "blame", "threat", "dismissal", "insult", "sarcasm", "shouting", "hides_answer", "repeats_personal_data"
]
Severity = Literal["advice", "block"]

FAULTS: Final[tuple[Category, ...]] = ("denial", "blame", "threat", "dismissal", "insult", "sarcasm")
_QUOTED: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"\n]*\"")
_SHOUT: Final = re.compile(r"\b[A-ZÀ-Þ]{4,}(?:[\s'’,-]+[A-ZÀ-Þ]{2,}){1,}\b|!{2,}|[?!]{3,}")
_MOCKING: Final = re.compile("[🙄😂🤣😏🤡]")
_PRIVATE: Final = re.compile(r"(?<![\d+])(?:\+\d{2}[ .-]?\d|0\d)(?:[ .-]?\d{2}){4}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COURTESY: Final = re.compile(
    r"(?:pas de (?:souci|probl[eè]me)|no (?:problem|worries))s?\s*(?:[,.!;:]|$)", re.IGNORECASE
)

_WORKS: Final = re.compile(
    r"fonctionne|tourne|marche|opérationnel|au vert|running|operational|working|works|fine", re.IGNORECASE
)
_HOPE: Final = re.compile(
    r"\b(?:dès|quand|lorsque|une fois|aussitôt|si|jusqu[’']à|sera|seront|once|when|until|if|whether|as soon as|not|"
    r"will be|be)\b[^.!?;,:\n]*$", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark on characters [start, end) of the draft, or a duty with `met` (start = end when it is missing).

    `strength` is 1 to 3. `severity` is "block" only when a confirmed fact, named by `fact`, is denied.
    """

    category: Category | Duty
    is_duty: bool
    met: bool
    start: int
    end: int
    words: str
    severity: Severity = "advice"
    strength: int = 1
    fact: str = ""


def tone(
    draft: str,
    *,
    language: str,
    thread: Sequence[str] = (),
    facts: Sequence[Fact] = (),
    public: bool = True,
) -> tuple[Advice, ...]:
    """Advice on a draft reply in "fr" or "en" (another language is read as English).

    `thread` holds what people wrote to us, oldest first; `facts` the ledger's facts on this subject. Faults come in
    the order of the text, then the duties, met or missing.
    """
    found = _found(draft, "fr" if language == "fr" else "en")
    faults = [
        *_worded(draft, found, thread=thread, facts=facts),
        *_shouted(draft),
        *(_mark(draft, "sarcasm", *m.span()) for m in _MOCKING.finditer(draft)),
        *(_repeated(draft, thread) if public else ()),
    ]
    owed, hidden = duties(draft, found.spans, thread=thread, public=public)
    faults.extend(_mark(draft, "hides_answer", start, end) for start, end in hidden)
    kept = _outermost(sorted(faults, key=lambda a: (a.start, -a.end)))
    return (
        *kept,
        *(Advice(d.duty, True, d.met, d.start, d.end, draft[d.start : d.end]) for d in owed),
    )


def sentence(advice: Advice, language: str) -> str:
    """What a screen says of an advice, in French or in English."""
    key: str = advice.category
    if key == "denial":
        key = "denial.fact" if advice.severity == "block" else "denial.repeated" if advice.strength == 3 else "denial"
    said = read_data("tone-sentences.yaml")["sentences"][key]
    return str(said["fr" if language == "fr" else "en"])


class Found(NamedTuple):
    """What the tone lexicon saw in a draft: spans by group, in order."""

    words: list[Token]
    spans: dict[str, list[tuple[int, int]]]


@lru_cache(maxsize=2)
def _lexicon(language: str) -> tuple[tuple[str, ...], Phrases]:
    groups = read_data(f"{language}-tone.yaml")["groups"]
    entries = [
        (place, phrase.strip())
        for place, entry in enumerate(groups.values())
        for line in str(entry["terms"]).splitlines()
        for phrase in line.split(",")
        if phrase.strip()
    ]
    return tuple(groups), compile_phrases(entries)


def _found(draft: str, language: str) -> Found:
    """Quotations are someone else's words and are not read."""
    quotes = [m.span() for m in _QUOTED.finditer(draft)]
    words = [t for t in tokens(draft)[0] if not any(a <= t.start < b for a, b in quotes)]
    names, phrases = _lexicon(language)
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in names}
    for hit in hits(phrases, words):
        spans[names[hit.group]].append((words[hit.first].start, words[hit.last].end))
    return Found(words, {name: sorted(set(found)) for name, found in spans.items()})


def _worded(draft: str, found: Found, *, thread: Sequence[str], facts: Sequence[Fact]) -> list[Advice]:
    """Faults of wording; a denial is weighed against the thread and the ledger."""
    advice: list[Advice] = []
    for category in FAULTS:
        for start, end in found.spans[category]:
            if category == "denial":
                if _COURTESY.match(draft, start) or _hoped(draft, start, end):
                    continue
                weight = strength_of(draft, start, end, thread=thread, facts=facts)
                if weight is not None:
                    advice.append(_denial(draft, start, end, weight))
            else:
                advice.append(_mark(draft, category, start, end))
    return advice


def _hoped(draft: str, start: int, end: int) -> bool:
    """Whether that it works is promised, asked or conditional ("once it is up and running"), not claimed."""
    return bool(_WORKS.search(draft, start, end) and _HOPE.search(draft[:start]))


def _denial(draft: str, start: int, end: int, weight: Strength) -> Advice:
    severity: Severity = "block" if weight.fact else "advice"
    return Advice("denial", False, False, start, end, draft[start:end], severity, weight.level, weight.fact)


def _mark(draft: str, category: Category, start: int, end: int) -> Advice:
    return Advice(category, False, False, start, end, draft[start:end])


def _shouted(draft: str) -> list[Advice]:
    return [_mark(draft, "shouting", *m.span()) for m in _SHOUT.finditer(draft)]


def _repeated(draft: str, thread: Sequence[str]) -> list[Advice]:
    """A telephone number or an address of the person, said again in public."""
    theirs = {re.sub(r"[ .-]", "", m[0]) for text in thread for m in _PRIVATE.finditer(text)}
    return [
        _mark(draft, "repeats_personal_data", *m.span())
        for m in _PRIVATE.finditer(draft)
        if re.sub(r"[ .-]", "", m[0]) in theirs
    ]


def _outermost(faults: Sequence[Advice]) -> list[Advice]:
    """One remark a place: what lies inside another of the same category is dropped, the strongest word is kept."""
    kept: list[Advice] = []
    for advice in faults:
        inside = [k for k in kept if k.category == advice.category and advice.start < k.end]
        if not inside:
            kept.append(advice)
        elif advice.severity == "block" and inside[0].severity == "advice":
            kept[kept.index(inside[0])] = advice
    return kept
