"""What a lexicon finds in a text: the hits that survive longer phrases, names and negations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from .lexicon import Group, Lexicon
from .phrases import STOPS, Hit, hits
from .spelling import respelt
from .text import Token, tokens

_NE: Final = frozenset({"ne", "n"})
_AFTER_VERB: Final = frozenset({"pas", "plus", "jamais", "guere"})
_FIRM: Final = frozenset({"aucun", "aucune", "aucuns", "sans", "pas", "no", "without", "not", "zero", "never", "any"})
_PRAISING_NEVER: Final = frozenset(
    {"aussi", "si", "autant", "better", "such", "so", "nicer", "mieux", "seulement", "que"}
)
_HARM: Final = ("abuse", "crisis")


class Evidence(NamedTuple):
    """One phrase that counts: its group, what it argues for and how much, and characters [start, end)."""

    group: Group
    argues: str
    weight: float
    start: int
    end: int
    negated: bool


class Reading(NamedTuple):
    """A text as the lexicon reads it: folded words, evidence in order, and counts of what was set aside."""

    words: list[Token]
    evidence: list[Evidence]
    counts: dict[str, int]


def read(text: str, lexicon: Lexicon, *, names: tuple[str, ...] = ()) -> Reading:
    """Find the evidence of one lexicon in a text. `names` are brands whose words say nothing by themselves."""
    raw, counts = tokens(text)
    words = respelt(raw, shortcuts=lexicon.shortcuts, insults=lexicon.insults)
    if names:
        words = _without_names(text, words, names)
    found = [_weighed(hit, words, lexicon) for hit in _longest(hits(lexicon.phrases, words), lexicon.groups)]
    return Reading(words, [e for e in found if e is not None], counts)


def _without_names(text: str, words: list[Token], names: tuple[str, ...]) -> list[Token]:
    """A brand written as its owner writes it becomes a word that no lexicon holds."""
    return [Token("_name", t.start, t.end) if text[t.start : t.end] in names else t for t in words]


def _longest(found: list[Hit], groups: tuple[Group, ...]) -> list[Hit]:
    """Drop what lies inside a longer phrase, or in a neutral phrase of the same folder."""
    if len(found) < 2:
        return [hit for hit in found if _counts(groups[hit.group])]
    kept: list[Hit] = []
    for hit in sorted(found, key=_rank):
        if not any(_covers(other, hit, groups) for other in kept):
            kept.append(hit)
    return sorted(hit for hit in kept if _counts(groups[hit.group]))


def _counts(group: Group) -> bool:
    """A group with neither kind nor flag only shields its words from shorter phrases."""
    return bool(group.argues or group.flag)


def _rank(hit: Hit) -> tuple[int, int]:
    return (hit.first - hit.last, hit.first)


def _covers(longer: Hit, hit: Hit, groups: tuple[Group, ...]) -> bool:
    if longer.first > hit.first or hit.last > longer.last:
        return False
    if (longer.first, longer.last) != (hit.first, hit.last):
        return True
    same_folder = groups[longer.group].name.split(".")[0] == groups[hit.group].name.split(".")[0]
    return longer.group == hit.group or (same_folder and "" in (groups[longer.group].argues, groups[hit.group].argues))


def _weighed(hit: Hit, words: Sequence[Token], lexicon: Lexicon) -> Evidence | None:
    group = lexicon.groups[hit.group]
    start, end = words[hit.first].start, words[hit.last].end
    if not _is_negated(hit, words, group, lexicon.negations):
        return Evidence(group, group.argues, group.weight, start, end, negated=False)
    if not group.negated:
        return None
    return Evidence(group, group.negated, group.negated_weight, _from(hit, words), end, negated=True)


def _from(hit: Hit, words: Sequence[Token]) -> int:
    return words[max(0, hit.first - 1)].start


def _before(words: Sequence[Token], position: int, reach: int) -> list[str]:
    """Up to `reach` words before, nearest first, inside the sentence."""
    found: list[str] = []
    for token in reversed(words[max(0, position - reach) : position]):
        if token.text in STOPS:
            break
        found.append(token.text)
    return found


def _is_negated(hit: Hit, words: Sequence[Token], group: Group, negations: frozenset[str]) -> bool:
    if words[hit.first].text in negations or words[hit.last].text in negations:
        return False
    if group.argues in _HARM or not group.negated:
        near = _before(words, hit.first, 2)
        return bool(near) and (near[0] in _FIRM or near[-1] in {"aucun", "aucune", "sans", "no", "without"})
    near = _before(words, hit.first, 3)
    if _PRAISING_NEVER.intersection(near):
        return False
    if negations.intersection(near):
        return True
    following = words[hit.last + 1].text if hit.last + 1 < len(words) else ""
    return following in _AFTER_VERB and (bool(_NE.intersection(near)) or group.name == "praise.love")
