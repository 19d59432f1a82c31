"""Two ways to unlearn: putting measures in their box, and what is said beside what we see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.training import own_numbers as numbers
from pupitre.training.rules.sorting import BOXES, check, deal
from pupitre.training.web.frame import frame, number
from pupitre.training.wording import language

DEALS = 999


@member_view
def sorting(request: DeskRequest) -> HttpResponse:
    """Six measures to put in their box; the address names the deal, so that it can be played again or shared."""
    return _show(request, number(request.GET.get("deal"), otherwise=request.member.pk % 50 + 1) % DEALS, None)


@require_POST
@member_view
def sort(request: DeskRequest) -> HttpResponse:
    """Where each was put, where it belongs, and what it does not say. Nothing is kept."""
    return _show(request, number(request.POST.get("deal"), otherwise=1) % DEALS, request.POST.dict())


def _show(request: DeskRequest, dealt: int, chosen: dict[str, str] | None) -> HttpResponse:
    here = language()
    found = {one.measure.key: one for one in check(dealt, chosen)} if chosen is not None else {}
    cards = [
        {
            "key": one.key, "name": getattr(one.name, here), "formula": getattr(one.formula, here),
            "silent": getattr(one.silent, here), "found": found.get(one.key), "belongs": _(BOXES[one.box]),
            "chosen": found[one.key].chosen if one.key in found else "",
        }
        for one in deal(dealt)
    ]  # fmt: skip
    context = frame(request, "sorting") | {
        "cards": cards, "boxes": [(key, _(name)) for key, name in BOXES.items()], "deal": dealt, "played": bool(found),
        "right": sum(one.right for one in found.values()), "all": len(cards), "again": dealt % DEALS + 1,
    }  # fmt: skip
    return render(request, "training/sorting.html", context)


@member_view
def own_numbers(request: DeskRequest) -> HttpResponse:
    """What is often said of networks, beside what our own rooms have counted."""
    cards = [
        {"said": _(one.said), "think": _(one.think), "n": one.n,
         "found": _(one.found.text) % one.found.params if one.found else ""}
        for one in numbers.cards(request.organisation, now=timezone.now())
    ]  # fmt: skip
    context = frame(request, "own_numbers") | {
        "cards": cards, "known": sum(bool(one["found"]) for one in cards), "enough": numbers.ENOUGH,
    }  # fmt: skip
    return render(request, "training/own_numbers.html", context)
