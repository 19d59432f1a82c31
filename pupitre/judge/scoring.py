"""From evidence to a score for each kind: what adds up, what cancels, what wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .evidence import Evidence, Reading
from .verdict import KINDS, Kind

ENOUGH: Final = 0.7
SECOND: Final = 0.9
_AGAIN: Final = 0.4
_WEAK_AGAIN: Final = 0.25
_MOST: Final = 6.0
_HAPPY: Final = frozenset("❤😍🥰😊😀😃😄😁🙏👍👏🎉🤩😋💪🔥💖💕💯🙌🌟✨")
_UNHAPPY: Final = frozenset("😡🤬😠👎😤🤮🤢😞😢😭💩🙄😒😔😩😣😖")
_CONTRAST: Final = frozenset(
    {"mais", "malgre", "cependant", "toutefois", "sauf", "but", "despite", "however", "although", "except"}
)
_SOLVED: Final = re.compile(
    r"\b(reactiv|resol|repar|regle|gestion|gere|efficac|rapidite|rapidement|soutien|aide|aider|patience|intervention|"
    r"depann|retabl|rembourse (?:en|sous|sans)|help|support|quick|fix(?:ed|ing)|sort(?:ed|ing)|solv|resolv|restor|"
    r"replac|repair|prompt|prevenu|honnete|honest|transparen|explication|explaining|refunded)"
)
_PHONE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)\d{2}[ .-]?\d|0\d)(?:[ .-]?\d{2}){4}(?!\d)|(?<!\d)07\d{3} ?\d{6}(?!\d)")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}")
_SHOUT_LETTERS: Final = 12
_PRAISE_OPENERS: Final = ("praise.words", "praise.thanks", "praise.thanks-bare", "praise.slang", "praise.love")


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0 or more for each kind, in the order of KINDS, and the flags raised on the way."""

    of: dict[Kind, float]
    flags: tuple[str, ...]

    def ranked(self) -> list[tuple[Kind, float]]:
        """Kinds from the best score to the least; ties keep the order of KINDS."""
        return sorted(self.of.items(), key=lambda pair: -pair[1])


def score(text: str, reading: Reading) -> Score:
    """Score every kind from what was read in the text."""
    of = _added_up(reading.evidence)
    flags = _flags_of(text, reading)
    _emojis(reading, of)
    ironic = _is_ironic(reading)
    if ironic:
        flags.add("sarcasm_possible")
        of["praise"] *= 0.2
        of["complaint"] += 1.6
    elif of["praise"] >= 1.0 and of["complaint"] >= 1.0:
        flags.add("mixed")
    _settle(of, reading)
    return Score(of, tuple(sorted(flags)))


def _added_up(evidence: Sequence[Evidence]) -> dict[Kind, float]:
    """The first phrase of a group counts whole, the next ones less: ten synonyms are not ten arguments."""
    of: dict[Kind, float] = dict.fromkeys(KINDS, 0.0)
    seen: set[tuple[str, str]] = set()
    for item in sorted((e for e in evidence if e.argues), key=lambda e: -e.weight):
        key = (item.group.name, item.argues)
        share = 1.0 if key not in seen else _WEAK_AGAIN if item.group.weak else _AGAIN
        seen.add(key)
        kind = item.argues
        assert kind in of
        of[kind] = min(_MOST, of[kind] + item.weight * share)
    return of


def _emojis(reading: Reading, of: dict[Kind, float]) -> None:
    """An emoji tips a balance; alone it decides nothing."""
    faces = {t.text[0] for t in reading.words if not t.text[0].isascii()}
    if faces & _HAPPY and of["praise"] > 0:
        of["praise"] += 0.3
    if faces & _UNHAPPY and of["complaint"] > 0:
        of["complaint"] += 0.5


def _names(evidence: Iterable[Evidence]) -> set[str]:
    return {e.group.name for e in evidence if not e.negated}


def _is_ironic(reading: Reading) -> bool:
    """A word of praise beside an incident, with neither a "but" between them nor a sign that it was solved."""
    evidence = reading.evidence
    incident = any(e.argues == "complaint" and e.group.flag == "incident" for e in evidence)
    names = _names(evidence)
    if not incident or not names.intersection(_PRAISE_OPENERS) or "praise.idiom" in names:
        return False
    words = [t.text for t in reading.words]
    return not _CONTRAST.intersection(words) and _SOLVED.search(" ".join(words)) is None


def _settle(of: dict[Kind, float], reading: Reading) -> None:
    """Who wins when several kinds speak: what hurts before what asks, and never a promotion on one word."""
    spams = [e for e in reading.evidence if e.argues == "spam"]
    if spams and len(spams) < 2 and not reading.counts["url"]:
        of["spam"] *= 0.6
    if of["complaint"] >= 1.4 and of["question"]:
        of["question"] *= 0.6
    if of["complaint"] >= 1.4 and of["contact"]:
        of["contact"] *= 0.7
    if of["job"] >= 2.0 or of["contact"] >= 1.9:
        of["question"] *= 0.55
    if of["job"] >= 2.0:
        of["contact"] *= 0.6
        of["praise"] *= 0.5
    if of["crisis"] >= 2.0:
        of["complaint"] *= 0.75
        of["question"] *= 0.7
    if of["crisis"] < 3 and of["praise"] >= 3:
        of["crisis"] *= 0.5
    if of["question"] >= 2.0 and of["praise"]:
        of["praise"] *= 0.6


def _flags_of(text: str, reading: Reading) -> set[str]:
    flags = {e.group.flag for e in reading.evidence if e.group.flag and not e.negated}
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= _SHOUT_LETTERS and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        flags.add("shouting")
    if reading.counts["mail"] or _PHONE.search(text) or _IBAN.search(text):
        flags.add("personal_data")
    if sum(t.text[0].isalpha() for t in reading.words) < 3:
        flags.add("short")
    return flags
