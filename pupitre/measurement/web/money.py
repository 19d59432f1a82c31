"""Hours in one gesture, purchases, what one more is worth: forms of an objective's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.measurement.actions import money as acts
from pupitre.measurement.models import Purchase, UnitValue
from pupitre.measurement.money import with_money
from pupitre.measurement.web import views
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt
from pupitre.strategy.models import Objective

N_ = str


@require_POST
@member_view
def start(request: DeskRequest, pk: int) -> HttpResponse:
    acts.start(mine(request, with_money(), pk), by=request.member)
    messages.success(request, _("The time runs. Stop it when you have done."))
    return redirect("measurement:objective", request.organisation.slug, pk)


@require_POST
@member_view
def stop(request: DeskRequest) -> HttpResponse:
    entry = acts.stop(by=request.member, what=request.POST.get("what", ""))
    messages.success(request, _("The time is kept."))
    return redirect("measurement:objective", request.organisation.slug, entry.objective_id)


@require_POST
@member_view
def buy(request: DeskRequest, pk: int) -> HttpResponse:
    objective, values = mine(request, with_money(), pk), request.POST.dict()

    def pay() -> Purchase:
        on = views.day_of(values["on"], "on") if values.get("on") else timezone.localdate()
        return acts.buy(objective, values.get("bought", ""), values.get("euros", ""), by=request.member, on=on)

    kept, sheet = attempt(pay, values)
    if kept is None:
        return views.page(request, objective, bought=sheet)
    messages.success(request, _("The purchase is kept."))
    return redirect("measurement:objective", request.organisation.slug, pk)


@require_POST
@member_view
def value(request: DeskRequest, pk: int) -> HttpResponse:
    objective, values = mine(request, with_money(), pk), request.POST.dict()
    kept, sheet = attempt(lambda: _value(request, objective, values), values)
    if kept is None:
        return views.page(request, objective, valued=sheet)
    messages.success(request, _("The value is kept, with its assumption."))
    return redirect("measurement:objective", request.organisation.slug, pk)


def _value(request: DeskRequest, objective: Objective, values: dict[str, Any]) -> UnitValue:
    periods = str(values.get("periods", "")).strip()
    if not periods.isdigit() or len(periods) > 3:
        text = N_("Write a whole number.")
        raise Refusal(text, [Fault("periods", text)])
    return acts.value_unit(
        objective, values.get("low", ""), values.get("central", ""), values.get("high", ""), by=request.member,
        basis=values.get("basis", ""), assumption=values.get("assumption", ""), periods=int(periods),
    )  # fmt: skip
