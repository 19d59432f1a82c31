"""The language of whoever reads, among those in which the room is written."""

from django.utils.translation import get_language


def language() -> str:
    return "fr" if (get_language() or "fr").startswith("fr") else "en"
