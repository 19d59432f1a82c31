"""Each network's guide, as its folder's README tells it in French and in English."""

import re
from functools import cache
from importlib.resources import files

from markdown_it import MarkdownIt

from pupitre.connectors.registry import UnknownNetwork, places

LANGUAGES = {"fr": "Français", "en": "English"}
_PART = re.compile(r"^## (Français|English)$", re.M)


@cache
def guide(key: str, language: str) -> str:
    """The guide as HTML, empty when the network tells nothing. Raises UnknownNetwork.

    Tags that a guide would write itself are shown as text.
    """
    if key not in places():
        raise UnknownNetwork(key)
    told = files(places()[key]) / "README.md"
    if not told.is_file():
        return ""
    _, *parts = _PART.split(told.read_text(encoding="utf-8"))
    said = dict(zip(parts[::2], parts[1::2], strict=True))
    words = said.get(LANGUAGES.get(language, ""), "").strip()
    return str(MarkdownIt("js-default", {"html": False}).render(words))
