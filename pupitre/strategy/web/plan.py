"""Problem, publics, message, means, relations, analysis and hearings: the steps between why and channels."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, heard_queries, queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.case import ABILITIES
from pupitre.strategy.models import Finding, Plan, Public
from pupitre.strategy.web.frame import Options, frame, step_page, step_view

N_ = str
ABILITY_NAMES = {
    "writing": N_("Short texts"), "photos": N_("Photographs"), "video": N_("Videos"), "articles": N_("Articles"),
    "live": N_("Live sessions"), "hosting": N_("A group to host"), "events": N_("Events"),
}  # fmt: skip
TEMPLATES = {
    "image_repair": N_("How can we repair what disappoints people, and be heard when we say so?"),
    "local_sales": N_("What do people nearby not know in time, so that they go elsewhere?"),
    "b2b_leads": N_("Who has the problem we solve, and why do they not come to us?"),
    "public_information": N_("What do people call about, that they could know beforehand?"),
}


@step_view
def problem(request: DeskRequest) -> HttpResponse:
    context = {"templates": [_(text) for text in TEMPLATES.values()]}
    return _form(request, "problem", ("problem", "evidence", "sector"), "publics", context)


@require_POST
@step_view
def repair_image(request: DeskRequest) -> HttpResponse:
    """Begin with a damaged image: watches and a reply plan, as tasks."""
    plan = reads.plan(request.organisation)
    values = {name: getattr(plan, name) for name in ("problem", "evidence", "sector")}
    question = TEMPLATES["image_repair"]
    kept, sheet = attempt(lambda: actions.repair_image(_(question), by=request.member), values)
    if kept is None:
        context = {"plan": plan, "templates": [_(text) for text in TEMPLATES.values()]}
        return step_page(request, "problem", context, sheet=sheet)
    messages.success(request, _("Three watches and a reply plan are among your tasks. Nothing is published."))
    return redirect("strategy:problem", request.organisation.slug)


@step_view
def message(request: DeskRequest) -> HttpResponse:
    return _form(request, "message", ("positioning", "message", "tone"), "means", {})


@step_view
def means(request: DeskRequest) -> HttpResponse:
    """Hours, people and abilities: the currency of everything that follows."""
    kept = reads.plan(request.organisation)
    levels: Options = [("none", _("nobody")), ("some", _("a little")), ("good", _("well"))]
    context = {
        "abilities": [(key, _(name), _level(kept, key), levels) for key, name in ABILITY_NAMES.items()],
        "sites": [("ok", _("In good order")), ("poor", _("In poor state")), ("none", _("None yet"))],
        "contexts": [("none", _("Any decent context")), ("some", _("Rather chosen")), ("good", _("Only a chosen one"))],
        "chosen_context": "good" if kept.selectivity > 0.7 else "some" if kept.selectivity > 0.2 else "none",
    }
    declared = () if kept.site_url else ("site",)
    fields = ("hours_per_week", "repliers", "euros_per_month", *declared, "selectivity", *ABILITIES)
    return _form(request, "means", fields, "relations", context)


def _form(request: DeskRequest, key: str, fields: tuple[str, ...], after: str, context: dict[str, Any]) -> HttpResponse:
    kept = reads.plan(request.organisation)
    values: dict[str, Any] = {name: _shown(kept, name) for name in fields}
    sheet = Sheet({k: v for k, v in values.items() if v != ""})
    if request.method == "POST":
        typed = {name: request.POST[name] for name in fields if name in request.POST}
        saved, sheet = attempt(lambda: actions.save_plan(by=request.member, **typed), {**values, **typed})
        if saved is not None:
            return redirect(f"strategy:{after}", request.organisation.slug)
    return step_page(request, key, {"plan": kept, **context}, sheet=sheet)


def _shown(kept: Plan, name: str) -> Any:
    value = getattr(kept, name, "")
    return "" if value is None or name == "selectivity" else value


def _level(kept: Plan, ability: str) -> str:
    level = kept.abilities.get(ability)
    return "" if level is None else "good" if level > 0.7 else "some" if level > 0.2 else "none"


@step_view
def publics(request: DeskRequest) -> HttpResponse:
    """People are named and situated, one public at a time."""
    sheet = Sheet()
    if request.method == "POST":
        values = request.POST.dict()
        typed = {name: values.get(name, "") for name in ("track", "ages", "roles", "place")}
        kept, sheet = attempt(
            lambda: actions.save_public(None, by=request.member, name=values.get("name", ""), **typed), values
        )
        if kept is not None:
            messages.success(request, _("%(name)s is kept.") % {"name": kept})
            return redirect("strategy:publics", request.organisation.slug)
    known = reads.publics(request.organisation)
    wanted = [o.audience for o in queries.objectives(request.organisation) if o.audience]
    context = {
        "publics": known,
        "suggested": "" if known or not wanted else wanted[0],
        "tracks": tracks(),
    }
    return step_page(request, "publics", context, sheet=sheet)


def tracks() -> Options:
    return [
        ("", _("Read it from the words")), ("b2c", _("Private persons")), ("b2b", _("People at work")),
        ("public", _("Citizens and users")), ("employer", _("People to hire")),
    ]  # fmt: skip


@require_POST
@step_view
def remove_public(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_public(mine(request, Public, pk), by=request.member)
    return redirect("strategy:publics", request.organisation.slug)


@step_view
def relations(request: DeskRequest) -> HttpResponse:
    """The relation each objective seeks: visibility, expertise, proximity, summing to a whole."""
    known = list(queries.objectives(request.organisation))
    if request.method == "POST":
        chosen = next((o for o in known if str(o.pk) == request.POST.get("objective")), None)
        weights = {n: request.POST.get(n, "0") for n in ("visibility", "expertise", "proximity")}
        saved, _sheet = attempt(lambda: actions.save_objective(chosen, by=request.member, **weights), weights)
        if chosen and saved:
            messages.success(request, _("The weights are kept."))
        return redirect("strategy:relations", request.organisation.slug)
    return step_page(request, "relations", {"rows": [_weights(o) for o in known]})


def _weights(objective: Any) -> dict[str, Any]:
    chosen = {n: getattr(objective, n) for n in ("visibility", "expertise", "proximity")}
    own = {k: round(v, 3) for k, v in chosen.items()} != reads.UNTOUCHED
    kind = load().objectives.get(objective.kind)
    usual = kind.relation if kind else chosen
    shown = chosen if own else usual
    return {"objective": objective, "own": own, "weights": {n: round(100 * shown[n]) for n in chosen}}


@step_view
def findings(request: DeskRequest) -> HttpResponse:
    """Strengths, weaknesses, opportunities, threats: each with its evidence and its outcome."""
    sheet = Sheet()
    if request.method == "POST":
        values = {n: request.POST.get(n, "") for n in ("box", "text", "evidence", "outcome")}
        pk = request.POST.get("finding", "")
        known = mine(request, Finding, int(pk)) if pk.isdigit() else None
        kept, sheet = attempt(lambda: actions.save_finding(known, by=request.member, **values), values)
        if kept is not None:
            return redirect("strategy:findings", request.organisation.slug)
    boxes: Options = [
        ("strength", _("Strength")), ("weakness", _("Weakness")), ("opportunity", _("Opportunity")),
        ("threat", _("Threat")),
    ]  # fmt: skip
    rows = reads.findings(request.organisation)
    context = {"boxes": boxes, "by_box": [(name, [r for r in rows if r.box == key]) for key, name in boxes]}
    return _beside(request, "findings", context, sheet)


@step_view
def heard(request: DeskRequest) -> HttpResponse:
    """Who was asked before deciding, and what they said."""
    sheet = Sheet()
    if request.method == "POST":
        values = request.POST.dict()
        kept, sheet = attempt(
            lambda: actions.hear(
                by=request.member, group=values.get("group", ""), name=values.get("heard_name", ""),
                said=values.get("said", ""),
            ), values,
        )  # fmt: skip
        if kept is not None:
            return redirect("strategy:heard", request.organisation.slug)
    groups: Options = [
        ("served", _("Those we serve")), ("support", _("Those who answer them")), ("sales", _("Those who sell")),
        ("other", _("Somebody else")),
    ]  # fmt: skip
    there = {row.group for row in reads.hearings(request.organisation)}
    key = request.GET.get("before", "")
    before = int(key) if key.isascii() and key.isdecimal() and len(key) < 17 else None
    rows, older = heard_queries.page(request.organisation, before=before)
    here, names = (
        reverse("strategy:heard", args=[request.organisation.slug]),
        {**dict(groups), "expert": _("An expert")},
    )
    context = {
        "groups": groups, "rows": [(row, names.get(row.group, "")) for row in rows],
        "absent": [(key, name) for key, name in groups[:3] if key not in there],
        "newer": here if before else "", "older": f"{here}?before={older}" if older else "",
    }  # fmt: skip
    return _beside(request, "heard", context, sheet)


def _beside(request: DeskRequest, template: str, context: dict[str, Any], sheet: Sheet) -> HttpResponse:
    """A page beside the steps, under the problem."""
    shown = {**frame(request, "problem"), "sheet": sheet, **context}
    return render(request, f"strategy/{template}.html", shown, status=sheet.status)
