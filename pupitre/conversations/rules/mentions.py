"""Colleagues named in a note: "@Lucie" or "@Lucie Morel". Pure."""

import re
from collections.abc import Mapping

from pupitre.conversations.rules.voices import folded


def mentioned(text: str, team: Mapping[int, str]) -> list[int]:
    """The ids of those named after an at sign, in the order of `team`; a first name alone must be nobody else's."""
    said = folded(text)
    firsts = [_first(name) for name in team.values()]
    return [
        pk
        for pk, name in team.items()
        if _said(folded(name), said) or (firsts.count(_first(name)) == 1 and _said(_first(name), said))
    ]


def _first(name: str) -> str:
    return next(iter(folded(name).split()), "")


def _said(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w)@{re.escape(name)}(?!\w)", text) is not None
