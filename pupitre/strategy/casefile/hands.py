"""Who does the work: how many people, and what they can make."""

from __future__ import annotations

import re

from . import words
from .nodes import Node, folded
from .vocabulary import ABILITIES

MOST_PEOPLE = 9999


def people(node: Node | None) -> int | None:
    return max(1, count(node)) if node else None


def count(node: Node) -> int:
    """A number of people, or their names: in a list, or joined by commas and “and”."""
    if node.is_list:
        return len(node.items())
    if re.search(r"\d", node.text):
        return int(words.number(node, most=MOST_PEOPLE))
    if not words.truth(node):
        return 0
    named = [n for n in re.split(r",|&|\bet\b|\band\b", node.text) if n.strip()]
    return words.NUMBERS.get(folded(node.text).split(" ")[0], len(named))


def abilities(node: Node) -> dict[str, float]:
    """Levels by ability, or a list of what can be made (then the rest is not)."""
    if node.is_mapping:
        return {name: words.level(value) for name, value in node.fields(ABILITIES).items()}
    named = [words.choice(n, ABILITIES, what="something one can make") for n in node.items()]
    return {
        name: (0.9 if name in named else 0.0)
        for name in ABILITIES
        if name in named or name not in ("writing", "hosting", "events")
    }
