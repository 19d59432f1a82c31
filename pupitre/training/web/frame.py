"""What the pages of the room share: its places, and numbers typed in forms."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.shell.web.access import DeskRequest
from pupitre.training.models import Drill
from pupitre.training.rules.scenarios import scenario
from pupitre.training.wording import language

N_ = str
PLACES = (
    ("room", N_("Exercises")), ("lessons", N_("Lessons")), ("skills", N_("Who can do what")),
    ("sorting", N_("Sorting measures")), ("own_numbers", N_("What is said, what we see")),
)  # fmt: skip
SPEEDS: Mapping[int, str] = {
    0: N_("Time stands still"),
    1: N_("As in life"),
    10: N_("10 times faster"),
    60: N_("60 times faster"),
}


def frame(request: DeskRequest, here: str) -> dict[str, Any]:
    """The tabs, with the current one."""
    org = request.organisation.slug
    return {"places": [(reverse(f"training:{key}", args=[org]), _(name), key == here) for key, name in PLACES]}


def number(typed: str | None, *, otherwise: int = -1) -> int:
    """A small whole number as typed in a form."""
    text = (typed or "").strip()[:9]
    return int(text) if text.isascii() and text.isdecimal() else otherwise


def name_of(drill: Drill) -> str:
    return scenario(drill.scenario, language()).name
