"""Who does the work: how many people, and what they can make."""

from __future__ import annotations

import re

from . import words
from .nodes import Node, folded
from .vocabulary import ABILITIES


def people(node: Node | None) -> int | None:
    return max(1, count(node)) if node else None


def count(node: Node) -> int:
    """A number of people, or a list of them."""
    if node.is_list:
        return len(node.items())
    found = re.search(r"\d+", node.text)
    if found:
        return int(found.group())
    return words.NUMBERS.get(folded(node.text).split(" ")[0], 1) if words.truth(node) else 0


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
