"""Plans written before looking, with their power; and, once they are over, their answer."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial.rules.words import SPRINGS
from pupitre.measurement import origins as reads
from pupitre.measurement import plans
from pupitre.measurement.actions import plans as acts
from pupitre.measurement.models import ConversionEvent, Experiment, Holdout
from pupitre.measurement.rules.plans import place_pairs, silent_units, spoken_units
from pupitre.measurement.rules.words import METRIC_NAMES
from pupitre.measurement.statistics.power import arm_for_ratio, power_for_ratio
from pupitre.measurement.web.views import day_of
from pupitre.shell.web.access import DeskRequest, chosen, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.models import Objective, Voice
from pupitre.strategy.queries import objectives

N_ = str
KIND_WORDS = {"weeks": N_("One week out of two"), "places": N_("One place out of two")}


@member_view
def list_plans(request: DeskRequest) -> HttpResponse:
    """Every plan; `?event=` with `weeks` and `more` says the power of one before anything is written."""
    return _page(request)


def _page(
    request: DeskRequest, *, held: Sheet | None = None, tried: Sheet | None = None
) -> HttpResponse:  # fmt: skip
    here, query = request.organisation, request.GET.dict()
    events = list(ConversionEvent.objects.filter(organisation=here).select_related("organisation").order_by("id")[:30])
    kinds = [
        ("with|without", _("With an image, without one")),
        *[(f"{h}|{h}", _("Before %(h)s, after") % {"h": h}) for h in (9, 12, 18)],
    ]
    springs = list(SPRINGS)
    kinds += [(f"{a}|{b}", f"{_(SPRINGS[a])} / {_(SPRINGS[b])}") for a, b in pairwise(springs)]
    voices = list(Voice.objects.filter(organisation=here, retired_at__isnull=True).order_by("id")[:4])
    kinds += [(f"{a.pk}|{b.pk}", f"{a} / {b}") for a, b in pairwise(voices)]
    context: dict[str, Any] = {
        "holdouts": [(one, _(KIND_WORDS[one.kind])) for one in reads.holdouts(here)[:20]],
        "experiments": [(one, _arms(one)) for one in reads.experiments(here)[:20]], "kinds": kinds,
        "events": [(one.pk, one.name) for one in events], "chances": _chances(events, query),
        "asked": Sheet(query or {"weeks": 12, "more": 25}), "held": held or Sheet(query or {"weeks": 12, "more": 25}),
        "tried": tried or Sheet({"per_arm": 20, "more": 90}), "metrics": [(k, _(w)) for k, w in METRIC_NAMES.items()],
        "objectives": [(one.pk, one.change or one.measure) for one in objectives(here)],
        "unit_kinds": [(key, _(word)) for key, word in KIND_WORDS.items()],
        "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip
    status = next((one.status for one in (held, tried) if one is not None), 200)
    return render(request, "measurement/plans.html", context, status=status)


def _arms(plan: Experiment) -> str:
    if plan.kind == "image":
        return _("With an image, without one")
    if plan.kind == "hour":
        return _("Before %(h)s, after") % {"h": plan.first}
    if plan.kind == "spring":
        return f"{_(SPRINGS.get(plan.first, plan.first))} / {_(SPRINGS.get(plan.second, plan.second))}"
    return _("One voice, another")


def _chances(events: list[ConversionEvent], query: dict[str, str]) -> dict[str, Any] | None:
    """The chance of seeing what is hoped for, with so many weeks; and how many would give four chances in five."""
    event = next((one for one in events if str(one.pk) == query.get("event")), None)
    weeks, more = query.get("weeks", ""), query.get("more", "")
    if event is None or not all(part.isdecimal() and 0 < int(part[:4]) < 1000 for part in (weeks, more)):
        return None
    variation, seen = plans.variation_of(event)
    hoped, pairs = 1 + int(more) / 100, max(2, int(weeks) // 2)
    enough = arm_for_ratio(hoped, variation=variation)
    return {
        "event": event, "weeks": pairs * 2, "more": int(more), "seen": seen, "variation": round(variation * 100),
        "power": round(100 * power_for_ratio(hoped, per_arm=pairs, variation=variation)),
        "enough": 2 * enough if enough else None,
    }  # fmt: skip


def _number(values: dict[str, str], name: str) -> int:
    text = values.get(name, "").strip()
    if not text.isdecimal() or len(text) > 6:
        raise Refusal(N_("This plan cannot be registered."), [Fault(name, N_("Write a whole number."))])
    return int(text)


@require_POST
@member_view
def register_holdout(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    made, sheet = attempt(
        lambda: acts.register_holdout(
            chosen(request, ConversionEvent.objects.select_related("organisation"), "event"),
            values.get("question", ""), by=request.member, kind=values.get("kind", ""),
            begins_on=day_of(values.get("begins_on", ""), "begins_on"), weeks=_number(values, "weeks"),
            hoped=1 + _number(values, "more") / 100, pairs=place_pairs(values.get("places", "")),
        ),
        values,
    )  # fmt: skip
    if made is None:
        return _page(request, held=sheet)
    messages.success(request, _("The plan is written. Chance has chosen; nothing is changed after."))
    return redirect("measurement:holdout", request.organisation.slug, made.pk)


@member_view
def holdout(request: DeskRequest, pk: int) -> HttpResponse:
    return _holdout(request, mine(request, Holdout.objects.select_related("event", "organisation", "by__user"), pk))


def _holdout(request: DeskRequest, plan: Holdout, sheet: Sheet | None = None) -> HttpResponse:
    spoken, silent = spoken_units(plan.pairs, plan.silent), silent_units(plan.pairs, plan.silent)
    found = plans.answer(plan)
    context = {
        "plan": plan, "answer": found, "sheet": sheet or Sheet(), "power": round(plan.power * 100),
        "hoped": round((plan.hoped - 1) * 100), "heading": _answer(plan, found),
        "rows": list(zip(spoken, silent, strict=True)),
        "running": not plan.stopped_at and plan.ends_on >= timezone.localdate(),
        "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip
    return render(request, "measurement/holdout.html", context, status=sheet.status if sheet else 200)


def _answer(plan: Holdout, found: plans.Answer) -> str:
    if plan.stopped_at:
        return _("Stopped half-way: this plan concludes nothing")
    if not found.over or found.gap is None:
        return _("Week %(n)s of %(of)s: nothing is concluded before the end") % {"n": found.done, "of": found.of}
    if not found.seen:
        return _("Not conclusive: the silent side did as well, as far as one can tell")
    if found.gap.value > 0:
        return _("Speaking brings more: the silent side had less")
    return _("The silent side had more")


@require_POST
@member_view
def stop_holdout(request: DeskRequest, pk: int) -> HttpResponse:
    plan, values = mine(request, Holdout.objects.select_related("event", "organisation"), pk), request.POST.dict()
    done, sheet = attempt(lambda: acts.stop_holdout(plan, values.get("reason", ""), by=request.member), values)
    if done is None:
        return _holdout(request, plan, sheet)
    messages.success(request, _("The plan is stopped, with its reason."))
    return redirect("measurement:holdout", request.organisation.slug, pk)


@require_POST
@member_view
def register_experiment(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    first, _bar, second = values.get("arms", "").partition("|")
    kind = "image" if first == "with" else "spring" if first in SPRINGS else "hour" if first == second else "voice"
    made, sheet = attempt(
        lambda: acts.register_experiment(
            chosen(request, Objective, "objective"), kind, by=request.member, first=first, second=second,
            metric=values.get("metric", ""), per_arm=_number(values, "per_arm"),
            hoped=1 + _number(values, "more") / 100,
            begins_on=day_of(values.get("begins_on", ""), "begins_on"),
            ends_on=day_of(values.get("ends_on", ""), "ends_on"),
        ),
        values,
    )  # fmt: skip
    if made is None:
        return _page(request, tried=sheet)
    messages.success(request, _("The plan is written. Nothing is changed after."))
    return redirect("measurement:experiment", request.organisation.slug, made.pk)


@member_view
def experiment(request: DeskRequest, pk: int) -> HttpResponse:
    plan = mine(request, Experiment.objects.select_related("objective", "organisation", "by__user"), pk)
    found = plans.compared(plan)
    if not found.enough:
        heading = _("Too early: %(a)s and %(b)s posts, out of %(of)s of each kind") % {
            "a": found.first, "b": found.second, "of": found.of
        }  # fmt: skip
    elif found.seen and found.ratio:
        heading = _("The first kind does better") if found.ratio.value > 1 else _("The second kind does better")
    else:
        heading = _("Not conclusive: one cannot tell the two kinds apart")
    context = {
        "plan": plan, "found": found, "heading": heading, "power": round(plan.power * 100), "arms": _arms(plan),
        "hoped": round((plan.hoped - 1) * 100), "metric": _(METRIC_NAMES.get(plan.metric, plan.metric)),
    }  # fmt: skip
    return render(request, "measurement/experiment.html", context)
