"""Why: three answers, and the sentence that governs everything."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from pupitre.core.models import Member
from pupitre.core.queries import team
from pupitre.core.rules.hours import written
from pupitre.shell.templatetags.words import typo
from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, problem_queries, queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.catalogue import load
from pupitre.strategy.models import Objective, Problem
from pupitre.strategy.rules import lint
from pupitre.strategy.rules.reasons import REASONS
from pupitre.strategy.web.channels import language
from pupitre.strategy.web.floors import TRACKS
from pupitre.strategy.web.frame import Options, first_open, step_page, step_view

FIELDS = (
    "reason", "subject", "presence", "kind", "track", "change", "audience", "measure", "unit", "source", "baseline",
    "target", "due_on", "reply_hours", "care_hours", "replier", "problem",
)  # fmt: skip
OPTIONAL = frozenset({"unit", "source", "reply_hours", "care_hours", "replier", "problem"})


@step_view
def start(request: DeskRequest) -> HttpResponse:
    """Where one left off."""
    return redirect(f"strategy:{first_open(request)}", request.organisation.slug)


@step_view
def why(request: DeskRequest) -> HttpResponse:
    """The first objective, or an empty one."""
    return _objective(request, next(iter(queries.objectives(request.organisation)), None))


@step_view
def new(request: DeskRequest) -> HttpResponse:
    return _objective(request, None)


@step_view
def objective(request: DeskRequest, pk: int) -> HttpResponse:
    opened = (one for one in queries.objectives(request.organisation) if one.pk == pk)
    return _objective(request, next(opened, None) or mine(request, Objective, pk))


def _objective(request: DeskRequest, known: Objective | None) -> HttpResponse:
    values: dict[str, Any] = _values(known)
    sheet = Sheet(values)
    if request.method == "POST":
        values = {**values, **request.POST.dict()}
        typed = _typed(request.POST.dict(), known)
        kept, sheet = attempt(lambda: _save(request, known, typed), values)
        if kept is not None:
            return _after(request, kept)
    context = {
        "objective": known,
        "objectives": queries.objectives(request.organisation),
        "missing": [_(queries.MISSING[key]) for key in queries.missing(known or _empty(request))],
        "remarks": _remarks(known, written=bool(reads.plan(request.organisation).problem)),
        "kinds": kinds(),
        "tracks": [(key, _(name)) for key, name in TRACKS.items() if key != "all"],
        "people": [("", _("Choose")), *((str(one.pk), one.user.name) for one in team(request.organisation))],
        "problems": _problems(request),
        "plan_reasons": [_(REASONS[key]) for key in reads.plan(request.organisation).reasons if key in REASONS],
    }
    return step_page(request, "why", context, sheet=sheet)


def _save(request: DeskRequest, known: Objective | None, typed: dict[str, Any]) -> Objective:
    """A person arrives as a number: only somebody of this organisation may be named."""
    if "replier" in typed:
        pk = _pk(typed["replier"])
        typed["replier"] = mine(request, Member, pk) if pk else None
    if "problem" in typed:
        pk = _pk(typed["problem"])
        typed["problem"] = mine(request, Problem, pk) if pk else None
    return actions.save_objective(known, by=request.member, **typed)


def _pk(typed: Any) -> int | None:
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else None


def _after(request: DeskRequest, kept: Objective) -> HttpResponse:
    lacking = queries.missing(kept)
    if lacking:
        messages.info(request, _("Kept. What is missing is listed beside the sentence."))
        return redirect("strategy:objective", request.organisation.slug, kept.pk)
    messages.success(request, _("The objective is complete."))
    return redirect("strategy:problem", request.organisation.slug)


def kinds() -> Options:
    """Objective types in the language of the screen."""
    return [(key, typo(kind.names[language()])) for key, kind in load().objectives.items()]


def _empty(request: DeskRequest) -> Objective:
    return Objective(organisation=request.organisation)


def _typed(post: dict[str, str], known: Objective | None) -> dict[str, str]:
    """Blanks left empty are not answers yet: they are listed as missing rather than refused."""
    return {
        name: post[name] for name in FIELDS if name in post and (post[name].strip() or (known and name in OPTIONAL))
    }


def _values(known: Objective | None) -> dict[str, Any]:
    if known is None:
        return {}
    values: dict[str, Any] = {name: getattr(known, name) for name in FIELDS if name != "problem"}
    values["baseline"] = _("unknown") if known.baseline_unknown else _number(known.baseline)
    values["target"] = _number(known.target)
    values["reply_hours"] = "" if known.reply_hours is None else str(known.reply_hours)
    values["care_hours"] = written(known.care_hours, 0)
    values["problem"] = str(known.problem_id or "")
    values["replier"] = str(known.replier_id or "")
    values["due_on"] = known.due_on.isoformat() if known.due_on else ""
    return values


def _number(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _problems(request: DeskRequest) -> Options:
    """The problems an objective may answer; nothing to choose while there is only one."""
    known = problem_queries.further(request.organisation)
    leading = reads.plan(request.organisation).problem or _("The leading problem")
    shortened = [(str(one.pk), Truncator(one.question).chars(80)) for one in known]
    return [("", Truncator(leading).chars(80)), *shortened] if known else []


def _remarks(known: Objective | None, *, written: bool) -> list[str]:
    if known is None or not known.change:
        return []
    orphan = [] if written or known.problem_id else [_("No problem is written yet that this objective would answer.")]
    found = lint.remarks(known.change, measure=known.measure, due_on=known.due_on, today=timezone.localdate())
    return [*orphan, *(_(remark.message) for remark in found)]
