"""What identifies a person in a text, and taking it out of anything that is kept. Pure."""

import re
from collections.abc import Iterable
from typing import Any

BLANK = "[…]"
SHORT = 3


def needles(names: Iterable[str], ids: Iterable[str]) -> list[str]:
    """What to look for, longest first: names of two words or more, and every account, address or id."""
    full = {" ".join(name.split()) for name in names if len(name.split()) > 1}
    exact = {one.strip() for one in ids if len(one.strip()) > SHORT}
    return sorted(full | exact | {one.lstrip("@") for one in exact if len(one) > SHORT + 1}, key=lambda n: (-len(n), n))


def pattern(found: list[str]) -> re.Pattern[str]:
    """Whole words only, whatever the case and the spaces between."""
    ways = (r"\s+".join(re.escape(part) for part in one.split()) for one in found)
    return re.compile("|".join(rf"(?<!\w){way}(?!\w)" for way in ways), re.I)


def without(value: Any, look: re.Pattern[str]) -> Any:
    """The same text or JSON with the person taken out, keys included."""
    if isinstance(value, str):
        return look.sub(BLANK, value)
    if isinstance(value, dict):
        return {without(key, look): without(one, look) for key, one in value.items()}
    if isinstance(value, list):
        return [without(one, look) for one in value]
    return value
