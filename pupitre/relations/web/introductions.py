"""Who could introduce us: the search, the ways, the requests and where they stand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.relations import chain_queries as reads
from pupitre.relations import links, worth
from pupitre.relations.actions import chains as acts
from pupitre.relations.introductions.requests import Past
from pupitre.relations.models import BlindRequest, ChainSearch, Introduction
from pupitre.relations.rules import words
from pupitre.relations.web.tabs import choices, tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
STEPS = {
    "introducer_asked": N_("An introducer is asked"), "target_asked": N_("The person sought is asked"),
    "met": N_("You may write to each other"), "followed": N_("Followed, and thanked"),
    "closed_quietly": N_("Closed, without an answer"), "cancelled": N_("Taken back"), "ready": N_("Ready"),
}  # fmt: skip


@member_view
def introductions(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None, which: str = "") -> HttpResponse:
    now = timezone.now()
    going = reads.going(request.member)
    mine_ = [one for one in going if one.asker_id == request.member.pk][:12]
    blind = reads.blind_asked(request.organisation, now=now)
    context = {
        "tabs": tabs(request, "introductions"), "requests": [_request(request, one, now) for one in mine_],
        "asked": [(one, reads.seen_by_asked(one, now=now)) for one in reads.asked_of(request.member, going)[:10]],
        "passed": [
            (one, request.build_absolute_uri(links.asked(one, acts.whose_turn(one))))
            for one in reads.passed_on(request.member, going)
        ],
        "blind": reads.my_blind(request.member, blind, now=now),
        "blind_asked": reads.blind_for(request.member, blind, now=now),
        "searches": list(ChainSearch.objects.filter(asker=request.member).order_by("-id")[:4]),
        "seek": sheet if which == "seek" else None, "ask_blind": sheet if which == "blind" else None,
        "worth": worth.worth(request.organisation, now=now), "outcomes": choices(words.OUTCOMES),
    }  # fmt: skip
    return render(request, "relations/introductions.html", context, status=sheet.status if sheet else 200)


def _request(request: DeskRequest, one: Introduction, now: Any) -> dict[str, Any]:
    """One's own request as one may see it: names and ways to write only once both agreed."""
    step = reads.seen_by_asker(one, now=now)
    met = one.step in reads.ENDED
    first = one.introducer if step == "introducer_asked" and not one.introducer.member_id else None
    return {
        "one": one, "step": step.value, "words": _(STEPS[step.value]), "met": met,
        "target": one.target if met else None,
        "link": request.build_absolute_uri(links.asked(one, first.pk)) if first else "",
        "open": step in ("introducer_asked", "target_asked"),
    }  # fmt: skip


@require_POST
@member_view
def seek(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    kept, sheet = attempt(
        lambda: acts.seek(values.get("words", ""), by=request.member, purpose=values.get("purpose", "")), values
    )
    if kept is None:
        return _page(request, sheet, "seek")
    return redirect("relations:search", request.organisation.slug, kept.pk)


@member_view
def search(request: DeskRequest, pk: int) -> HttpResponse:
    return _ways(request, mine(request, ChainSearch, pk, asker=request.member))


def _ways(request: DeskRequest, kept: ChainSearch, sheet: Sheet | None = None, chosen: int = 0) -> HttpResponse:
    before = reads.past(request.organisation, now=timezone.now())
    ways = [_way(way, before) for way in acts.ways(kept, by=request.member)]
    context = {
        "tabs": tabs(request, "introductions"), "search": kept, "ways": ways, "sheet": sheet, "chosen": chosen,
        "ask_blind": Sheet({"wanted": kept.words, "purpose": kept.purpose}),
    }  # fmt: skip
    return render(request, "relations/search.html", context, status=sheet.status if sheet else 200)


def _way(way: reads.Found, before: list[Past]) -> dict[str, Any]:
    wait = acts.wait_for(way, before)
    steps = [
        {"person": one, "last": place == len(way.people) - 1,
         "link": way.links[place - 1] if place else None,
         "strength": words.STRENGTHS[way.links[place - 1].strength] if place else ""}
        for place, one in enumerate(way.people)
    ]  # fmt: skip
    return {
        "way": way, "steps": steps, "wait": wait, "wait_words": _(acts.LIMITS[wait.limit]) if wait else "",
        "first": way.legs[0] if way.legs else None,
    }  # fmt: skip


@require_POST
@member_view
def request_(request: DeskRequest, pk: int) -> HttpResponse:
    kept, values = mine(request, ChainSearch, pk, asker=request.member), request.POST.dict()
    introducer = values.get("introducer", "")

    def ask() -> Introduction:
        if not introducer.isdigit():
            raise Refusal(N_("Choose whom to ask."), [Fault("introducer", N_("Choose whom to ask."))])
        return acts.request_introduction(
            kept, int(introducer[:18]), by=request.member, message=values.get("message", "")
        )

    made, sheet = attempt(ask, values)
    if made is None:
        return _ways(request, kept, sheet, int(introducer[:18]) if introducer.isdigit() else 0)
    messages.success(request, _("The request is ready. Nobody will know whether silence was a no."))
    return redirect("relations:introductions", request.organisation.slug)


@require_POST
@member_view
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """A colleague is asked and answers."""
    acts.answer_as_colleague(
        mine(request, Introduction, pk), by=request.member, yes=request.POST.get("answer") == "yes"
    )
    messages.success(request, _("Your answer is kept. A no stays between you and this page."))
    return redirect("relations:introductions", request.organisation.slug)


@require_POST
@member_view
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    acts.take_back(mine(request, Introduction, pk, asker=request.member), by=request.member)
    messages.success(request, _("The request is taken back."))
    return redirect("relations:introductions", request.organisation.slug)


@require_POST
@member_view
def report(request: DeskRequest, pk: int) -> HttpResponse:
    one, values = mine(request, Introduction, pk, asker=request.member), request.POST.dict()
    acts.report(
        one, by=request.member, outcome=values.get("outcome", ""), lesson=values.get("lesson", ""),
        thanked=values.get("thanked") == "1",
    )  # fmt: skip
    messages.success(request, _("What followed is kept."))
    return redirect("relations:introductions", request.organisation.slug)


@require_POST
@member_view
def ask_blind(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    made, sheet = attempt(
        lambda: acts.ask_blind(values.get("wanted", ""), by=request.member, purpose=values.get("purpose", "")), values
    )
    if made is None:
        return _page(request, sheet, "blind")
    messages.success(request, _("The question is asked. Answers, if any, appear together, once a day."))
    return redirect("relations:introductions", request.organisation.slug)


@require_POST
@member_view
def volunteer(request: DeskRequest, pk: int) -> HttpResponse:
    acts.volunteer(mine(request, BlindRequest, pk), by=request.member)
    messages.success(request, _("Thank you. Your colleague will learn it at the next fixed hour."))
    return redirect("relations:introductions", request.organisation.slug)
