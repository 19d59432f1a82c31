"""The places inside relations, and the closed lists as choices."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.shell.web.access import DeskRequest

N_ = str
TABS = {
    "introductions": N_("Introductions"), "people": N_("Directory"), "book": N_("My book"),
    "follow": N_("Where we stand"), "groups": N_("Groups"), "experts": N_("Experts"), "register": N_("Register"),
}  # fmt: skip


def tabs(request: DeskRequest, here: str) -> list[dict[str, object]]:
    slug = request.organisation.slug
    return [
        {"label": _(label), "url": reverse(f"relations:{key}", args=[slug]), "current": key == here}
        for key, label in TABS.items()
    ]


def choices(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """A closed list as a form shows it."""
    return [(key, _(label)) for key, label in words.items()]
