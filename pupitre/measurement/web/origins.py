"""Where acts come from: four readings side by side, and the doors by which acts arrive."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.links.models import UtmTerm
from pupitre.measurement import origins as reads
from pupitre.measurement.actions import conversions as acts
from pupitre.measurement.models import ConversionEvent, VisitTool
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.models import Objective

N_ = str
READINGS = {
    "declared": (N_("As people say"), N_("answers to “how did you hear of us?”")),
    "first": (N_("First visit"), N_("tagged links only; private sharing is missing")),
    "last": (N_("Last click"), N_("credits whoever stands last, even with people who were coming")),
}  # fmt: skip


@member_view
def origins(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Objective.objects.select_related("organisation__conversion_door"), pk))


def _page(request: DeskRequest, objective: Objective, **sheets: Sheet) -> HttpResponse:
    words = list(UtmTerm.objects.filter(organisation=request.organisation, kind="source").order_by("value"))
    ours = frozenset(one.value for one in words if one.ours)
    found, known = reads.origins(objective, ours=ours), list(reads.events(objective))
    door = getattr(objective.organisation, "conversion_door", None)  # read along with the objective
    may_connect = may(request.member.role, "connect_channel")
    context: dict[str, Any] = {
        "objective": objective, "found": found, "events": known,
        "readings": [(one, _(READINGS[one.key][0]), _(READINGS[one.key][1])) for one in found.readings],
        "words": [(one.value, one.name or one.value) for one in words if one.retired_at is None],
        "choices": [(one.pk, one.name) for one in known], "door": door,
        "door_address": f"{settings.BASE_URL}{reverse('act', args=[door.key])}" if door else "",
        "secret": acts.secret_of(door) if door and may_connect else "", "may_connect": may_connect,
        "tools": list(VisitTool.objects.filter(event__objective=objective).order_by("id")) if known else [],
        "may_declare": may(request.member.role, "declare_figure"), "today": timezone.localdate().isoformat(),
        "tool_names": [("matomo", "Matomo"), ("plausible", "Plausible")], "title": _title(found),
        "named": sheets.get("named") or Sheet({"window_days": 30}), "given": sheets.get("given") or Sheet(),
        "told": sheets.get("told") or Sheet({"at": timezone.localdate().isoformat(), "times": 1}),
        "tooled": sheets.get("tooled") or Sheet(),
    }  # fmt: skip
    status = next((one.status for one in sheets.values()), 200)
    return render(request, "measurement/origins.html", context, status=status)


def _title(found: reads.Origins) -> str:
    if not found.total:
        return _("Nothing is known yet of where they come from")
    return ngettext("Where one act comes from", "Where %(n)s acts come from", found.total) % {"n": found.total}


def _done(request: DeskRequest, objective_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("measurement:origins", request.organisation.slug, objective_id)


@require_POST
@member_view
def name_event(request: DeskRequest, pk: int) -> HttpResponse:
    objective, values = (
        mine(request, Objective.objects.select_related("organisation__conversion_door"), pk),
        request.POST.dict(),
    )
    days = values.get("window_days", "")
    made, sheet = attempt(
        lambda: acts.name_event(
            objective, values.get("name", ""), int(days) if days.isdecimal() and len(days) < 4 else 0, by=request.member
        ),
        values,
    )
    if made is None:
        return _page(request, objective, named=sheet)
    return _done(request, pk, _("The act is named. It counts from now on."))


@require_POST
@member_view
def tell_act(request: DeskRequest, pk: int) -> HttpResponse:
    event = mine(request, ConversionEvent.objects.select_related("objective__organisation__conversion_door"), pk)
    values = {key: value for key, value in request.POST.dict().items() if key != "csrfmiddlewaretoken"}
    kept, sheet = attempt(lambda: acts.tell_act(event, values, by=request.member), values)
    if kept is None:
        return _page(request, event.objective, told=sheet)
    return _done(request, event.objective_id, _("It is kept."))


@require_POST
@member_view
def take_in_acts(request: DeskRequest, pk: int) -> HttpResponse:
    event = mine(request, ConversionEvent.objects.select_related("objective__organisation__conversion_door"), pk)
    file = request.FILES.get("file")
    content = file.read(acts.MOST_BYTES + 1) if file else b""
    kept, sheet = attempt(lambda: acts.take_in_acts(event, content, by=request.member), {})
    if kept is None:
        return _page(request, event.objective, given=sheet)
    new, bad = kept
    for line, text in bad[:5]:
        messages.warning(request, _("Line %(line)s is left out: %(why)s") % {"line": line, "why": _(text)})
    words = ngettext("One act is new.", "%(n)s acts are new.", new) % {"n": new}
    if bad:
        words += " " + ngettext("One line is left out.", "%(n)s lines are left out.", len(bad)) % {"n": len(bad)}
    return _done(request, event.objective_id, words)


@require_POST
@member_view
def open_door(request: DeskRequest) -> HttpResponse:
    acts.open_door(by=request.member)
    messages.success(request, _("The door is open. Give its address and its secret to your shop’s software."))
    return redirect(_back(request))


@require_POST
@member_view
def close_door(request: DeskRequest) -> HttpResponse:
    acts.close_door(by=request.member)
    messages.success(request, _("The door is closed."))
    return redirect(_back(request))


def _back(request: DeskRequest) -> str:
    """The objective's page that the form was on."""
    pk = request.POST.get("objective", "")
    if pk.isdecimal() and len(pk) < 17:
        return reverse("measurement:origins", args=[request.organisation.slug, int(pk)])
    return reverse("measurement:measures", args=[request.organisation.slug])


@require_POST
@member_view
def read_tool(request: DeskRequest, pk: int) -> HttpResponse:
    event = mine(request, ConversionEvent.objects.select_related("objective__organisation__conversion_door"), pk)
    values = request.POST.dict()
    words = {name: values.get(name, "") for name in ("url", "site", "goal", "token")}
    made, sheet = attempt(lambda: acts.read_tool(event, values.get("tool", ""), by=request.member, **words), values)
    if made is None:
        return _page(request, event.objective, tooled=sheet)
    return _done(request, event.objective_id, _("It is read once a day from now on."))


@require_POST
@member_view
def forget_tool(request: DeskRequest, pk: int) -> HttpResponse:
    tool = mine(request, VisitTool.objects.select_related("event"), pk)
    acts.forget_tool(tool, by=request.member)
    return _done(request, tool.event.objective_id, _("It is read no longer. What it told stays."))
