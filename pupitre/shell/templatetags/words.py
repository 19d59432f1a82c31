"""Filters that write dates, hours, numbers and French as people read them."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language

from pupitre.shell import wording
from pupitre.shell.typography import french

register = template.Library()


def language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _local(value: Any) -> dt.datetime | None:
    if not isinstance(value, dt.datetime):
        return None
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _in_full(value: Any) -> str:
    local = _local(value)
    text = wording.moment_words(local, language=language()) if local else ""
    return text[:1].upper() + text[1:]


@register.filter
def typo(value: Any) -> str:
    """French typography for a sentence composed while running; nothing in English."""
    text = french(str(value)) if language() == "fr" else str(value)
    return mark_safe(text) if isinstance(value, SafeData) else text  # noqa: S308 - it was safe already


@register.filter
def quoted(value: Any) -> str:
    """Somebody's words between the quotation marks of the screen's language."""
    return f"«\u00a0{value}\u00a0»" if language() == "fr" else f"“{value}”"


@register.filter
def hour(value: Any) -> str:
    """ "8 h 05" of a moment, in local time."""
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date(2000, 1, 1), value)
    moment = _local(value)
    return wording.hour(moment, language=language()) if moment else ""


@register.filter
def when(value: Any) -> str:
    """A moment seen from now: "aujourd'hui, 16 h", "3 mars 2027". A date without hour gives its day."""
    moment = _local(value)
    if moment:
        return wording.when(moment, now=timezone.localtime(), language=language())
    if isinstance(value, dt.date):
        return wording.short_day(value, language=language(), year=value.year != timezone.localdate().year)
    return ""


@register.filter
def day(value: Any) -> str:
    """ "mardi 24 novembre": the weekday and the date."""
    moment = _local(value)
    date = moment.date() if moment else value
    return wording.day(date, language=language()) if isinstance(date, dt.date) else ""


@register.filter
def moment(value: Any) -> str:
    """ "Mardi 24 novembre 2026, 9 h 12": a date in full, with a capital."""
    return _in_full(value)


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """ "63 206", "0,83"; anything that is not a number comes back as it is."""
    if isinstance(value, str):
        try:
            value = Decimal(value)
        except InvalidOperation:
            return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "" if value is None else str(value)
    return wording.number(value, language=language(), decimals=decimals)


@register.filter
def duration(value: Any) -> str:
    """Minutes, or a timedelta, as "1 h 05"."""
    if isinstance(value, dt.timedelta):
        value = value.total_seconds() / 60
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    return wording.duration(value, language=language())


@register.filter
def initials(value: Any) -> str:
    return wording.initials(str(value or ""))


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message after an action."""
    return {"success": "kept", "error": "rub", "warning": "attention"}.get(level, "")


@register.simple_tag
def now_words() -> str:
    """The current moment in full, in the local time of the organisation."""
    return _in_full(timezone.now())


@register.filter
def spelled(value: Any) -> str:
    """A count in words up to ten: "quatre", "51"."""
    return wording.spelled(int(value), language=language())


@register.filter
def ago(value: Any) -> str:
    """ "il y a 4 min" of a fresh moment; beyond an hour, as `when`."""
    moment = _local(value)
    return wording.ago(moment, now=timezone.localtime(), language=language()) if moment else ""
