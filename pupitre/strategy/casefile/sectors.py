"""Sectors named in the words of a strategy file, with the traits they bring."""

from __future__ import annotations

import re

from pupitre.strategy.deduction.platforms import Catalogue

from .nodes import Node, folded


def sectors_named(node: Node | None, catalogue: Catalogue) -> tuple[tuple[str, ...], frozenset[str]]:
    """Known sectors named in the words; the longest words win, unknown words change nothing."""
    text = folded(node.text if node else "")
    hits = [
        (folded(word), sector.id)
        for sector in catalogue.sectors.values()
        for word in (sector.id.replace("_", " "), *sector.aliases)
        if re.search(rf"\b{re.escape(folded(word))}s?\b", text)
    ]
    kept = [(w, i) for w, i in hits if not any(w != other and w in other for other, _ in hits)]
    kept = _accented(kept, node.text.lower() if node else "", catalogue)
    ids = tuple(dict.fromkeys(i for _, i in kept))
    return ids, frozenset(t for i in ids for t in catalogue.sectors[i].traits)


def _accented(hits: list[tuple[str, str]], text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Two sectors that only an accent tells apart (collège, college): the one written as in the file."""
    kept = []
    for word, found in hits:
        rivals = [other for same, other in hits if same == word and other != found]
        exact = [
            i for i in (found, *rivals) if any(a in text for a in catalogue.sectors[i].aliases if folded(a) == word)
        ]
        if not rivals or found in exact or not exact:
            kept.append((word, found))
    return kept
