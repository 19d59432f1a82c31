"""Lint of an objective: is it specific, measured, dated, and an aim rather than a counter? French and English.

The lint advises; the gate refuses. Each remark carries a stable id and an English msgid that is a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from . import lexicon, words
from .gate import folded

N_ = str  # marks a message id for the catalogues


@dataclass(frozen=True)
class Remark:
    """One question to the author: a stable id, an English msgid, and the words it is about."""

    id: str
    message: str
    about: str = ""


MESSAGES: dict[str, str] = {
    "vague-verb": N_("Of what, with whom, measured how?"),
    "counter": N_("This is a counter, not an aim. What should these people do, and how would you know?"),
    "tool": N_("This is a means. What would it change, and for whom?"),
    "no-number": N_("From how many to how many?"),
    "two-aims": N_("There are two aims here. Which one first?"),
    "absolute": N_("Nobody reaches all or nothing. Which figure would satisfy you?"),
    "past-date": N_("This date has passed."),
    "far-date": N_("More than two years away: which first step within a year?"),
    "no-source": N_("Where does the number come from?"),
    "equivalent": N_("An advertising equivalent is not a value. What would people do?"),
}
_VAGUE = re.compile(
    r"\b(?:augment\w+|amelior\w+|develop\w+|renforc\w+|accroitre|booster|dynamis\w+|valoris\w+|promouvoir|"
    r"optimis\w+|soign\w+|moderniser|"
    r"increas\w+|improv\w+|boost\w*|enhanc\w+|strengthen\w*|grow\w*|rais\w+|build\w*|promot\w+|optimi[sz]\w+|"
    r"maximi[sz]\w+)\b"
    r"(?: \w+){0,3}? (notoriete|visibilite|image|reputation|presence|engagement|satisfaction|rayonnement|"
    r"communication|marque|relation\w*|"
    r"attractivite|awareness|visibility|brand|presence|engagement|satisfaction|communication|relationship\w*|"
    r"attractiveness)\b"
)
_TOOL = re.compile(
    r"\b(?:ouvrir|creer|lancer|publier|poster|etre (?:sur|present)|avoir (?:un|une) (?:page|compte|chaine)|open|"
    r"create|launch|publish|post|"
    rf"be on|have (?:a|an) (?:page|account|channel))\b(?: \S+){{0,4}}? (?:{lexicon.NETWORKS}|page|compte|chaine|"
    rf"account|channel|videos?|posts?)\b"
)
_ABSOLUTE = re.compile(
    r"\b(?:tous les|toutes les|100 ?%|zero|aucun\w*|jamais|toujours|le meilleur|leader|numero 1|all the|everyone|"
    r"never|always|the best|number one)\b"
)
_TWO = re.compile(r"\b(?:et|and|ainsi que|as well as|tout en|while also)\b")
_NUMBER = re.compile(
    r"\d|\b(?:deux|trois|quatre|cinq|six|dix|douze|vingt|trente|cent|moitie|doubler|tripler|diviser|two|three|four|"
    r"five|six|ten|twelve|twenty|thirty|hundred|half|halve|double|triple)\b"
)
_EQUIVALENT = re.compile(
    r"\b(?:equivalent\w* (?:publicitaire|media|achat)|ave|advertising value|media equivalent|valeur media)\b"
)
FAR_DAYS = 730


def remarks(change: str, *, measure: str = "", due_on: date | None = None, today: date) -> tuple[Remark, ...]:
    """What the author should still answer, most serious first; empty when the objective is ready."""
    text, how = folded(change), folded(measure)
    found = [
        _remark("counter", lexicon.AUDIENCE.search(text) or lexicon.AUDIENCE.search(how)),
        _remark("equivalent", _EQUIVALENT.search(text) or _EQUIVALENT.search(how)),
        _remark("tool", _TOOL.search(text)),
        _remark("vague-verb", _vague(text)),
        _remark("absolute", _ABSOLUTE.search(text)),
        Remark("no-number", MESSAGES["no-number"]) if text and not _NUMBER.search(text) else None,
        Remark("two-aims", MESSAGES["two-aims"]) if _has_two_aims(text) else None,
        Remark("no-source", MESSAGES["no-source"]) if measure and len(_substance(how)) < 1 else None,
        _dated(due_on, today),
    ]
    return tuple(r for r in found if r is not None)


def _remark(key: str, match: re.Match[str] | None) -> Remark | None:
    return Remark(key, MESSAGES[key], match.group(0)) if match else None


def _vague(text: str) -> re.Match[str] | None:
    """A wide verb with an abstract object, unless a number and a public stand beside it."""
    match = _VAGUE.search(text)
    if match is None:
        return None
    rest = text[: match.start()] + text[match.end() :]
    anchored = any(w.startswith(words.ANCHORS) for w in _substance(rest))
    return None if anchored and _NUMBER.search(rest) else match


def _has_two_aims(text: str) -> bool:
    """Two clauses that each carry their own verb of change."""
    verbs = [c for c in _TWO.split(text) if re.search(r"\b\w{4,}(?:er|ir|re)\b", c) or _NUMBER.search(c)]
    return len(verbs) > 1 and len(_NUMBER.findall(text)) > 1 and bool(_TWO.search(text)) and "entre" not in text.split()


def _substance(text: str) -> set[str]:
    tokens = {t for t in re.findall(r"[a-z0-9]+", text) if len(t) > 2}
    return {t for t in tokens if t not in words.STOP_FR and t not in words.STOP_EN}


def _dated(due_on: date | None, today: date) -> Remark | None:
    if due_on is None:
        return None
    if due_on < today:
        return Remark("past-date", MESSAGES["past-date"])
    return Remark("far-date", MESSAGES["far-date"]) if (due_on - today).days > FAR_DAYS else None
