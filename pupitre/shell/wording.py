"""Hours, dates, durations and numbers in words, in French and in English, as pure functions.

`language` is "fr" or "en"; moments come already in the local time of the organisation.
"""

from datetime import date, datetime
from decimal import Decimal

from pupitre.shell.typography import HARD, NARROW

Number = int | float | Decimal

_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_NEAR = {"fr": {-1: "hier", 0: "aujourd’hui", 1: "demain"}, "en": {-1: "yesterday", 0: "today", 1: "tomorrow"}}


def hour(moment: datetime, *, language: str) -> str:
    """ "8 h 05", "16 h"; in English "8.05 am", "4 pm"."""
    if language == "fr":
        minutes = f"{NARROW}{moment:%M}" if moment.minute else ""
        return f"{moment.hour}{NARROW}h{minutes}"
    minutes = f".{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{HARD}{'am' if moment.hour < 12 else 'pm'}"


def day(when: date, *, language: str, year: bool = False) -> str:
    """ "mardi 24 novembre", "lundi 1er mars 2027"; "Tuesday 24 November"."""
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    words = f"{_DAYS[language][when.weekday()]} {number}{HARD}{_MONTHS[language][when.month - 1]}"
    return f"{words}{HARD}{when.year}" if year else words


def short_day(when: date, *, language: str, year: bool = False) -> str:
    """Without the weekday: "24 novembre", "1er mars 2027"."""
    return day(when, language=language, year=year).split(" ", 1)[1]


def moment_words(moment: datetime, *, language: str) -> str:
    """A date and its hour in full: "mardi 24 novembre 2026, 9 h 12"."""
    return f"{day(moment, language=language, year=True)}, {hour(moment, language=language)}"


def when(moment: datetime, *, now: datetime, language: str) -> str:
    """A moment as people say it, seen from `now`: "aujourd'hui, 16 h", "mardi, 9 h 05", "3 mars 2027"."""
    away = (moment.date() - now.date()).days
    at = hour(moment, language=language)
    if away in _NEAR[language]:
        return f"{_NEAR[language][away]}, {at}"
    if 1 < away < 7:
        return f"{_DAYS[language][moment.weekday()]}, {at}"
    if -60 < away < 180:
        return f"{short_day(moment, language=language)}, {at}"
    return short_day(moment, language=language, year=True)


def number(value: Number, *, language: str, decimals: int | None = None) -> str:
    """ "63 206", "0,83", "−12" (en: "63,206", "0.83"). Without `decimals`, what the value itself carries."""
    if decimals is None and isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else value
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    if decimals is None and isinstance(value, float) and value.is_integer():
        text = f"{int(value):,}"
    text = text.replace("-", "\u2212")
    if language == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    return text


def duration(minutes: Number, *, language: str) -> str:
    """Minutes of work or of waiting: "45 min", "1 h 05", "7 h"; long waits stay in hours."""
    total = round(minutes)
    hours, rest = divmod(abs(total), 60)
    sign = "\u2212" if total < 0 else ""
    if not hours:
        return f"{sign}{rest}{HARD}min"
    if not rest:
        return f"{sign}{hours}{NARROW}h"
    return f"{sign}{hours}{NARROW}h{NARROW}{rest:02d}"


def initials(name: str) -> str:
    """Two letters for a person: "Claire Aubry" gives "CA"."""
    letters = [next((c for c in word if c.isalnum()), "") for word in name.replace("-", " ").split()]
    known = [letter for letter in letters if letter]
    if not known:
        return "?"
    return (known[0] + (known[-1] if len(known) > 1 else "")).upper()


_SPELLED = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


def spelled(count: int, *, language: str) -> str:
    """A count in a sentence: in words up to ten, in figures beyond ("quatre", "51")."""
    return _SPELLED[language][count] if 0 <= count <= 10 else number(count, language=language)


def ago(moment: datetime, *, now: datetime, language: str) -> str:
    """How long ago, for what is fresh ("il y a 4 min", "4 min ago"); beyond an hour, the moment itself."""
    minutes = int((now - moment).total_seconds() // 60)
    if not 0 <= minutes < 60:
        return when(moment, now=now, language=language)
    if minutes < 1:
        return "à l’instant" if language == "fr" else "just now"
    return f"il y a {minutes}{HARD}min" if language == "fr" else f"{minutes}{HARD}min ago"
