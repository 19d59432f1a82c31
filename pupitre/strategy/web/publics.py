"""One public: its words, and where its people say they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions
from pupitre.strategy.catalogue import load
from pupitre.strategy.models import Public
from pupitre.strategy.web.channels import language
from pupitre.strategy.web.frame import step_page, step_view
from pupitre.strategy.web.operations import number
from pupitre.strategy.web.plan import tracks

WORDS = ("track", "ages", "roles", "place")


@step_view
def page(request: DeskRequest, pk: int) -> HttpResponse:
    """Two forms: who they are, and how many of those asked are where."""
    known = mine(request, Public, pk)
    described = Sheet({name: getattr(known, name) for name in ("name", *WORDS)})
    counted = Sheet(_counts(known))
    if request.method == "POST":
        values = request.POST.dict()
        if "asked" in values:
            kept, counted = attempt(lambda: _count(request, known, values), values)
        else:
            typed = {name: values.get(name, "") for name in WORDS}
            kept, described = attempt(
                lambda: actions.save_public(known, by=request.member, name=values.get("name", ""), **typed), values
            )
        if kept is not None:
            messages.success(request, _("%(name)s is kept.") % {"name": kept})
            return redirect("strategy:public", request.organisation.slug, pk)
        known.refresh_from_db()
    context = {"public": known, "counted": counted, "networks": _networks(), "tracks": tracks()}
    return step_page(request, "publics", context, sheet=described, template="public", other=counted)


def _networks() -> list[tuple[str, str]]:
    """Networks that are ranked and alive, by name."""
    alive = [one for one in load().platforms.values() if one.is_ranked and not one.has_ended]
    return sorted(((one.id, one.names[language()]) for one in alive), key=lambda pair: pair[1].lower())


def _count(request: DeskRequest, known: Public, values: dict[str, str]) -> Public:
    there = {key: number("".join(values.get(key, "").split())) if values.get(key, "").strip() else None
             for key, _name in _networks()}  # fmt: skip
    unread = {key: -1 for key, count in there.items() if count is None and values.get(key, "").strip()}
    asked = number("".join(values.get("asked", "").split()))
    return actions.count_public(known, by=request.member, asked=asked, there={**there, **unread})


def _counts(known: Public) -> dict[str, Any]:
    if not known.asked:
        return {}
    return {"asked": known.asked, **{key: round(share * known.asked) for key, share in known.shares.items()}}
