"""The front door: set-up on an empty installation, sign-in, or straight to one's desk."""

import zoneinfo
from functools import cache
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from pupitre.core import actions, queries
from pupitre.core.models import Member
from pupitre.core.rules.hours import OFFICE, parse_week, written
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
DAYS = tuple(str(day) for day in range(7))


def door(request: HttpRequest) -> HttpResponse:
    """Where a person should be: the set-up, the sign-in, her desk, or the choice between her desks."""
    if queries.is_empty():
        return redirect("set_up")
    if not request.user.is_authenticated:
        return redirect("account_login")
    places = list(queries.memberships(request.user))
    houses = [one for one in places if not one.organisation.walled]  # exercises are entered from their house
    if len(houses) == 1:
        return redirect("desk:home", houses[0].organisation.slug)
    return render(request, "desk/choose.html", {"places": places})


def set_up(request: HttpRequest) -> HttpResponse:
    """The first five minutes: who we are, when we are open, who conducts."""
    if not queries.is_empty():
        return redirect("front")
    language = translation.get_language() or "fr"
    first: dict[str, Any] = {"language": language, "timezone": "Europe/Paris", "kind": "company"}
    first |= {f"hours_{day}": written(OFFICE, int(day)) for day in DAYS}
    values: dict[str, Any] = first if request.method != "POST" else request.POST.dict()
    member, sheet = attempt(lambda: _set_up(values), values) if request.method == "POST" else (None, Sheet(values))
    if member is not None:
        login(request, member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("desk:home", member.organisation.slug)
    context = {"sheet": sheet, **choices(), "days": day_names()}
    return render(request, "desk/set_up.html", context, status=sheet.status)


def _set_up(values: dict[str, Any]) -> Member:
    hours, faults = parse_week({day: values.get(f"hours_{day}", "") for day in DAYS})
    if values.get("password") != values.get("password_again"):
        faults.append(Fault("password_again", N_("The two passwords differ.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    return actions.set_up(
        name=values.get("name", ""), email=values.get("email", ""), password=values.get("password", ""),
        person=values.get("person", ""), language=values.get("language", "fr"),
        timezone_name=values.get("timezone", ""), kind=values.get("kind", ""), hours=hours,
    )  # fmt: skip


@cache
def time_zones() -> list[tuple[str, str]]:
    """Europe first, as most of our people live there, then the overseas territories, then the rest."""
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc"))
    names.sort(key=lambda name: (name != "Europe/Paris", not name.startswith("Europe/")))
    return [(name, name.replace("_", " ")) for name in names]


def choices() -> dict[str, list[tuple[str, str]]]:
    """What may be chosen in the organisation's form."""
    return {
        "kinds": [
            ("company", _("A company or a shop")), ("public_body", _("A town hall or a public body")),
            ("association", _("An association")), ("agency", _("An agency")),
        ],
        "languages": [("fr", "Français"), ("en", "English")],
        "zones": time_zones(),
    }  # fmt: skip


def day_names() -> list[tuple[str, str]]:
    """(field name, the day's name) from Monday."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return [(f"hours_{day}", name) for day, name in enumerate(names)]
