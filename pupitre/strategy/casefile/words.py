"""Reading words as values: shares, levels, ages, dates, platforms, and the people a public is made of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta

from pupitre.strategy.deduction.platforms import Catalogue

from .nodes import Fields, Node, folded, nearest
from .vocabulary import LEVELS

YOUNGEST, OLDEST = 5, 90
MOST = 1e9
NOT_AN_AGE = r"\b(?! ?(?:km|kilomet|miles?\b|m\b|min|h\b|heures|hours|%|€|euros|people|personnes|salari|employees))"
NUMBERS = {"un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
           "six": 6, "neuf": 9,
           "nine": 9, "dix": 10, "ten": 10, "douze": 12, "twelve": 12, "dix huit": 18,
           "eighteen": 18, "a": 1, "an": 1}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        ("janvier january jan", "fevrier february feb", "mars march mar", "avril april apr", "mai may", "juin june jun",
         "juillet july jul", "aout august aug", "septembre september sept", "octobre october oct",
         "novembre november nov",
         "decembre december dec"), 1)
    for name in names.split()
}  # fmt: skip
NEARBY = re.compile(
    r"\b\d+ ?km\b|kilomet|\bmiles?\b|\blocal|locaux|quartier|neighbou?r|voisin|riverain|\bvillage|\btown\b|\bville\b|"
    r"commune|\bcity\b|"
    r"habitant|resident|\barea\b|bassin|arrondissement|agglomeration|alentours|nearby|"
    r"departement|\bcanton|metropole|\bcounty\b|de proximite|within walking"
)


def share(node: Node) -> float:
    """A part written 22 %, 0.22 or 22: between 0 and 1."""
    number = re.search(r"-?\d+(?:[.,]\d+)?", node.text)
    if number is None:
        raise node.error(f"“{node.text}” is not a share; write for example 22 %")
    value = float(number.group().replace(",", "."))
    value = value / 100 if "%" in node.text or value > 1 else value
    if not 0 <= value <= 1:
        raise node.error(f"a share is between 0 % and 100 %, not {node.text}")
    return value


def number(node: Node, *, most: float = MOST) -> float:
    """A number from 0 to `most`, written with a comma or a point, units ignored."""
    found = re.search(r"-?\d+(?:[.,]\d+)?", node.text.replace(" ", "").replace("\u202f", ""))
    if found is None:
        raise node.error(f"“{node.text}” is not a number")
    value = float(found.group().replace(",", "."))
    if not 0 <= value <= most:
        raise node.error(f"“{node.text}” is not possible here; write a number from 0 to {most:g}")
    return value


def amount(node: Node) -> float | str | None:
    """A figure of an objective, or the words that stand for it."""
    if node.is_empty:
        return None
    plain = node.text.replace(" ", "").replace("\u202f", "").replace(",", ".").rstrip("%")
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", plain):
        return node.text
    if abs(float(plain)) > MOST:
        raise node.error(f"“{node.text}” is too large a figure")
    return float(plain)


def level(node: Node) -> float:
    """How well, from 0 to 1: a number, a percentage, or a word such as none, some, good."""
    words = folded(node.text)
    if re.search(r"\d", words) and re.fullmatch(r"-?[\d., %]+", node.text):
        if "%" not in node.text and not re.match(r"[01](?:[.,]|$)|[.,]", node.text):
            raise node.error(f"“{node.text}” is not a level; write a number from 0 to 1, or a part such as 80 %")
        return share(node)
    for phrase in sorted(LEVELS, key=len, reverse=True):
        if re.match(rf"{re.escape(phrase)}\b", words):
            return LEVELS[phrase]
    if not words:
        return 0.0
    raise node.error(f"“{node.text}” is not a level; write none, some, good, or a number from 0 to 1")


def truth(node: Node) -> bool:
    return folded(node.text) not in ("", "no", "non", "false", "none", "0", "aucun", "aucune", "absent")


def choice(node: Node, known: Fields, *, what: str) -> str:
    """The canonical word for this one. Raises with the nearest when it is unknown."""
    names = {folded(word): name for name, words in known.items() for word in (name, *words)}
    words = folded(node.text)
    if words in names:
        return names[words]
    inside = [phrase for phrase in names if re.search(rf"\b{re.escape(phrase)}e?[sx]?\b", words)]
    if inside:
        return names[max(inside, key=len)]
    close = nearest(node.text, tuple(names))
    hint = f"; did you mean “{names[close]}”?" if close else f"; known: {', '.join(known)}"
    raise node.error(f"“{node.text}” is not {what}{hint}")


def platform(node: Node, catalogue: Catalogue) -> str:
    """The catalogue id of a platform named in any of its ways."""
    found = find_platform(node.text, catalogue)
    if found:
        return found
    known = [w for p in catalogue.platforms.values() for w in (p.id, *p.names.values(), *p.aliases)]
    close = nearest(node.text, known)
    hint = f"; did you mean “{find_platform(close, catalogue)}”?" if close else ""
    raise node.error(f"“{node.text}” is not a platform of the catalogue{hint}")


def find_platform(text: str, catalogue: Catalogue) -> str | None:
    """Exact name, id or alias; else the longest name found inside the words."""
    names = {folded(w): p.id for p in catalogue.platforms.values() for w in (p.id, *p.names.values(), *p.aliases)}
    words = folded(text)
    if words in names:
        return names[words]
    inside = [n for n in names if len(n) > 1 and re.search(rf"\b{re.escape(n)}\b", words)]
    return names[max(inside, key=len)] if inside else None


def due_date(node: Node, *, today: date) -> date:
    """A day, a month, a year, or a delay such as “within 6 months”."""
    words = folded(node.text)
    iso = re.search(r"(\d{4})[ ](\d{2})[ ](\d{2})", words)
    if iso:
        return _day(node, int(iso[1]), int(iso[2]), int(iso[3]))
    delay = re.search(
        r"\b(\d+|" + "|".join(NUMBERS) + r") ?(day|jour|week|semaine|month|mois|quarter|trimestre|year|an)", words
    )
    if delay:
        return _later(node, today, int(NUMBERS.get(delay[1], 0) or delay[1]), delay[2])
    numeric = re.search(r"\b(\d{1,2})[ ](\d{1,2})[ ](\d{4})\b", words)
    if numeric:
        return _day(node, int(numeric[3]), int(numeric[2]), int(numeric[1]))
    month = next((m for m in re.findall(r"[a-z]+", words) if m in MONTHS), None)
    year = re.search(r"\b(20\d\d)\b", words)
    if month:
        return _end_of_month(_year_of(month, year, today), MONTHS[month], words)
    if year:
        return date(int(year[1]), 12, 31)
    raise node.error(f"“{node.text}” is not a date; write 2027-04-30, or “6 months”")


def _year_of(month: str, year: re.Match[str] | None, today: date) -> int:
    return int(year[1]) if year else today.year + (MONTHS[month] < today.month)


def _end_of_month(year: int, month: int, words: str) -> date:
    last = calendar.monthrange(year, month)[1]
    day = re.search(r"\b(\d{1,2})(?:er|st|nd|rd|th)?\b", words)
    return date(year, month, min(last, int(day[1])) if day and int(day[1]) else last)


def _later(node: Node, today: date, count: int, unit: str) -> date:
    try:
        return _after(today, count, unit)
    except (ValueError, OverflowError) as fault:
        raise node.error(f"“{node.text}” is too far away") from fault


def _after(today: date, count: int, unit: str) -> date:
    if unit in ("day", "jour", "week", "semaine"):
        return today + timedelta(days=count * (7 if unit in ("week", "semaine") else 1))
    months = today.month - 1 + count * {"month": 1, "mois": 1, "quarter": 3, "trimestre": 3}.get(unit, 12)
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _day(node: Node, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        raise node.error(f"“{node.text}” is not a date") from fault


def ages(text: str) -> tuple[int, int] | None:
    """An age range written in any usual way: 16-20, 60+, under 45, plus de 60 ans."""
    words = folded(text)
    pair = re.search(r"\b(\d{1,2}) ?(?:a|to|et|and|–|,| ) ?(\d{1,2})" + NOT_AN_AGE, words)
    if pair and int(pair[1]) < int(pair[2]):
        return int(pair[1]), int(pair[2])
    over = re.search(
        r"(?:over|plus de|above|older than|from|des|a partir de|dès) (\d{2})"
        + NOT_AN_AGE
        + r"|\b(\d{2}) ?(?:ans et plus|and over|et plus|\+|plus)",
        words,
    )
    if over:
        return int(over[1] or over[2]), OLDEST
    under = re.search(r"(?:under|moins de|below|younger than|jusqu a) (\d{2})" + NOT_AN_AGE, words)
    if under:
        return YOUNGEST if "child" in words or "enfant" in words else 18, int(under[1]) - 1
    alone = re.fullmatch(r"(\d{2})(?: ans| years(?: old)?)?", words)
    return (max(YOUNGEST, int(alone[1]) - 3), int(alone[1]) + 3) if alone else None


def age_words(text: str, words: Mapping[str, tuple[int, int]]) -> tuple[tuple[int, int], bool] | None:
    """Ages that the words for a public imply, and whether they say an age rather than just “adults”."""
    found = [span for word, span in words.items() if _says(word, text)]
    general = words["adults"]
    loose = (general, words["families"])
    precise = [span for span in found if span not in loose]
    spans = precise or [span for span in found if span != general] or found
    if not spans:
        return None
    return (min(low for low, _ in spans), max(high for _, high in spans)), bool(precise)


def roles(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Catalogue roles that the words for a public name; the most precise words win."""
    found = [(word, role) for word, role in known.items() if _says(word, text)]
    kept = [(w, r) for w, r in found if not any(w != other and folded(w) in folded(other) for other, _ in found)]
    return tuple(dict.fromkeys(role for _, role in kept))


def is_nearby(text: str) -> bool:
    return NEARBY.search(folded(text)) is not None


def _says(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(folded(word))}s?\b", folded(text)) is not None
