"""What a reply owes: a greeting, the problem named, what happens next and when, details in private."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from .denial import concepts_of, telling
from .text import fold, tokens

Duty = Literal["greets", "names_problem", "says_next", "says_when", "details_private"]
Span = tuple[int, int]
Spans = Mapping[str, Sequence[Span]]

_OPENING: Final = 40
# A clock time or a date written in figures also says when.
_FIGURES: Final = re.compile(r"\b\d{1,2}\s?(?:h|heures?|:)\s?\d{0,2}\b|\b\d{1,2}\s?(?:am|pm)\b|\b\d{1,2}/\d{1,2}\b")
_WE_DO: Final = re.compile(
    r"\b(?:nous|je|on|we|i)\s+(?!avons\b|avions\b|ai\b|a\b|sommes\b|[eé]tions\b|have\b|had\b|were\b|was\b|did\b)\w+",
    re.IGNORECASE,
)
_STOP: Final = re.compile(r"[.!?\n]")
_ASKED: Final = re.compile(
    r"\b(?:votre|vos|your)\s+(?:num[eé]ro|r[eé]f[eé]rence|adresse|t[eé]l[eé]phone|mail|order|reference|account|phone|"
    r"address|email|coordonn[eé]es)\b",
    re.IGNORECASE,
)
_PRIVATELY: Final = re.compile(
    r"\bpriv[eé]e?s?\b|\bm\.?p\.?\b|\bdms?\b|\bmessagerie\b|\bpar (?:mail|courriel|t[eé]l[eé]phone)\b|\bprivate|"
    r"\bdirect message|\bby (?:email|phone|message)\b|\bmessage us\b|\bemail (?:us|me)\b",
    re.IGNORECASE,
)


class Owed(NamedTuple):
    """A duty, whether the draft meets it, and where (start = end when it does not)."""

    duty: Duty
    met: bool
    start: int
    end: int


def duties(draft: str, spans: Spans, *, thread: Sequence[str], public: bool) -> tuple[list[Owed], list[Span]]:
    """The duties of a draft, and the spans that send the person away without an answer."""
    whens = sorted([*spans["when"], *(m.span() for m in _FIGURES.finditer(draft))])
    owed = [
        _owed("greets", [s for s in spans["greets"] if s[0] < _OPENING]),
        _owed("names_problem", _problem(draft, spans, thread)),
        _owed("says_next", spans["next"] or _dated(draft, whens)),
        _owed("says_when", whens),
    ]
    away = [m.span() for m in _PRIVATELY.finditer(draft)]
    if public and (away or _ASKED.search(draft)):
        owed.append(_owed("details_private", away))
    return owed, _hidden(draft, spans, away) if public else []


def _owed(duty: Duty, found: Sequence[Span]) -> Owed:
    return Owed(duty, True, *found[0]) if found else Owed(duty, False, 0, 0)


def _dated(draft: str, whens: Sequence[Span]) -> list[Span]:
    """What we do, told with its date in the same sentence, is a next step whatever the verb ("nous ouvrons samedi")."""
    promises = ((m, next((w for w in whens if w[0] >= m.end()), None)) for m in _WE_DO.finditer(draft))
    return [(m.start(), w[1]) for m, w in promises if w and not _STOP.search(draft, m.end(), w[0])]


def _problem(draft: str, spans: Spans, thread: Sequence[str]) -> list[Span]:
    """Words of the draft that the people used, or that mean the same; without a thread, any word for a problem."""
    theirs = frozenset().union(*map(telling, thread))
    about = frozenset().union(*map(concepts_of, thread))
    denied = spans["denial"]
    return [
        (t.start, t.end)
        for t in tokens(draft)[0]
        if (
            (fold(t.text)[:6] in theirs and len(t.text) > 3)
            or concepts_of(t.text) & about
            or (not thread and concepts_of(t.text))
        )
        and not any(start <= t.start < end for start, end in denied)
    ]


def _hidden(draft: str, spans: Spans, away: Sequence[Span]) -> list[Span]:
    """Where the draft only points elsewhere: no excuse, no next step, nothing but "contact us"."""
    leaves = sorted([*away, *spans["dodge"]])
    if not leaves or spans["acknowledges"] or spans["next"]:
        return []
    return [leaves[0]]
