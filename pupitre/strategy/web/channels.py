"""Channels: the base apart, the ranking with six bars, the deciding question, the refusals, and what would change."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Refusal
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import Sheet, attempt, sheet_of
from pupitre.strategy import actions
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction import whatif
from pupitre.strategy.deduction.factors import FACTORS, WEIGHTS, Measured
from pupitre.strategy.deduction.recommendation import Placed, Recommendation
from pupitre.strategy.deduction.report import as_json
from pupitre.strategy.deduction.sayings import clock, said, sentence
from pupitre.strategy.models import Deduction
from pupitre.strategy.web.frame import frame, step_page, step_view

IN_CAUSE = 0.35
COLUMNS = 40


@step_view
def channels(request: DeskRequest) -> HttpResponse:
    """The last deduction; a stale one is shown greyed with what to do."""
    if request.method == "POST":
        try:
            actions.deduce_channels(by=request.member)
        except Refusal as refusal:
            return _page(request, sheet_of({}, refusal))
        return redirect("strategy:channels", request.organisation.slug)
    return _page(request, None)


def _page(request: DeskRequest, sheet: Sheet | None, *, other: Sheet | None = None) -> HttpResponse:
    last = reads.last_deduction(request.organisation)
    context: dict[str, Any] = {"deduction": last, "stale": bool(last and reads.is_stale(last)), "written": other}
    if last:
        context |= _stored(last) if context["stale"] else _fresh(request)
    context["overrides"] = reads.overrides(request.organisation)
    context["may_override"] = may(request.member.role, "override")
    context["plan"] = reads.plan(request.organisation)
    return step_page(request, "channels", context, sheet=sheet or other)


def language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def _stored(last: Deduction) -> dict[str, Any]:
    answer = last.answer[language()]
    names = {p.id: p.names[language()] for p in load().platforms.values()}
    lists = ("base", "open", "experiment", "listen", "reserve", "refused")
    shown = {
        part: [{**row, "name": names.get(row["platform"], row["platform"])} for row in answer[part]] for part in lists
    }
    return {"found": shown, "warnings": answer["warnings"]}


def _fresh(request: DeskRequest) -> dict[str, Any]:
    found = reads.recommendation(request.organisation, today=timezone.localdate())
    answer = as_json(found, catalogue=load(), language=language())
    lists = ("base", "open", "experiment", "listen", "reserve", "refused")
    shown = {part: [_row(p, answer[part][i]) for i, p in enumerate(getattr(found, part))] for part in lists}
    h = found.hours
    return {
        "found": shown,
        "warnings": answer["warnings"],
        "changes": [sentence(c, catalogue=load(), language=language()) for c in found.changes],
        "hours": {
            "base": clock(h.base), "free": clock(h.free), "available": clock(h.available),
            "coordination": clock(h.coordination),
            "missing": [(load().name(k, language()), clock(v)) for k, v in h.missing.items()],
            "load": {"capacity": h.available * 60, "played": h.base * 60, "planned": (h.total - h.base) * 60},
        },
        "question": answer["question"] and _asked(answer["question"]),
        "stability": _spread(found),
        "heading": _heading(found),
        "legend": " · ".join(_factor_names().values()),
    }  # fmt: skip


def _row(placed: Placed, told: dict[str, Any]) -> dict[str, Any]:
    platform = load().platforms[placed.platform]
    return {
        **told,
        "name": platform.names[language()],
        "gate": placed.gate,
        "factors": factors(placed.measured) if placed.measured else None,
        "score": placed.measured.score if placed.measured else None,
        "hours": clock(placed.hours) if placed.hours else "",
        "reduced": any(r.key == "open.reduced" for r in placed.reasons),
    }


def factors(m: Measured) -> list[tuple[str, float, float | None, bool]]:
    """(label, weight, value, in cause) for the six bars."""
    said_names = _factor_names()
    known = {f: None if f == "target" and m.share is None else m.factors[f] for f in FACTORS}
    return [(said_names[f], WEIGHTS[f], known[f], m.factors[f] < IN_CAUSE) for f in FACTORS]


def _factor_names() -> dict[str, str]:
    return {f: sentence(said(f, section="factors"), catalogue=load(), language=language()) for f in FACTORS}


def _asked(question: dict[str, Any]) -> dict[str, Any]:
    names = {p.id: p.names[language()] for p in load().platforms.values()}
    return {**question, "options": [{**o, "name": names[o["platform"]]} for o in question["options"]]}


def _spread(found: Recommendation) -> dict[str, Any]:
    s = found.stability
    shares = [(load().name(name, language()), round(100 * count / s.runs)) for name, count in s.firsts[:3]]
    words = ", ".join(f"{name} {percent} %" for name, percent in shares)
    return {
        "firm": s.is_firm, "shares": shares, "runs": s.runs, "dots": dots([count for _, count in s.firsts], s.runs),
        "words": words,
    }  # fmt: skip


def dots(counts: list[int], runs: int) -> list[dict[str, str | int]]:
    """One mark a run, forty a row: its rank of first choice and its place; beyond the second, a point."""
    ranks = [min(rank, 2) for rank, count in enumerate(counts) for _ in range(count)]
    ranks += [2] * (runs - len(ranks))
    places = [(2.5 + 5 * (i % COLUMNS), 5 + 10 * (i // COLUMNS)) for i in range(runs)]
    return [
        {"rank": rank, "x": f"{x:g}", "y": f"{y:g}", "left": f"{x - 1.6:g}", "top": f"{y - 1.6:g}"}
        for rank, (x, y) in zip(ranks, places, strict=True)
    ]


def _heading(found: Recommendation) -> str:
    """The state in one sentence."""
    count = len(found.open)
    if found.question:
        return _("The base, then a tie to settle.")
    if count == 0:
        return _("The base is enough for now.")
    if count == 1:
        return _("The base, then one network.")
    return _("The base, then %(count)s channels.") % {"count": count}


@step_view
def what_if(request: DeskRequest) -> HttpResponse:
    """Side by side: a platform closes tomorrow, hours halve, the leader wakes up, somebody films."""
    shown = frame(request, "channels")
    rows: list[dict[str, Any]] = []
    if not shown["locked"]:
        case = reads.case_of(request.organisation)
        rows = [_scenario(s) for s in whatif.scenarios(case, load(), today=timezone.localdate())]
    return render(request, "strategy/what_if.html", {**shown, "rows": rows}, status=409 if shown["locked"] else 200)


def _scenario(found: whatif.Scenario) -> dict[str, Any]:
    titles = {
        "closes": _("%(name)s closes tomorrow") % {"name": load().name(found.platform, language())},
        "half": _("The hours halve"), "double": _("The hours double"), "leader": _("The leader speaks in person"),
        "films": _("Somebody films"), "alone": _("Only one person can reply"),
    }  # fmt: skip

    def names(ids: tuple[str, ...]) -> list[str]:
        return [load().name(i, language()) for i in ids]

    return {
        "title": titles[found.key], "now": names(found.now), "then": names(found.then), "gained": names(found.gained),
        "lost": names(found.lost), "hours": clock(found.hours),
    }  # fmt: skip


@require_POST
@step_view
def override(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    kept, sheet = attempt(
        lambda: actions.override(
            values.get("platform", ""), by=request.member, reason=values.get("override_reason", "")
        ),
        values,
    )
    if kept is None:
        return _page(request, None, other=sheet)
    messages.success(request, _("The override is written in the journal."))
    return redirect("strategy:channels", request.organisation.slug)


@require_POST
@step_view
def sign(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    kept, sheet = attempt(
        lambda: actions.sign_plan(
            by=request.member, name=values.get("signed_name", ""), dissent=values.get("dissent", "")
        ),
        values,
    )
    if kept is None:
        return _page(request, None, other=sheet)
    messages.success(request, _("Signed. It will be asked again in a year."))
    return redirect("strategy:file", request.organisation.slug)
