"""Taking in a strategy file written elsewhere: plan, publics and objectives; the gate still judges what is missing."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.casefile import reader
from pupitre.strategy.casefile.nodes import CaseError, Node, parse
from pupitre.strategy.casefile.vocabulary import MEANS, OBJECTIVE, TOP
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction import case as cases
from pupitre.strategy.models import Objective, Plan, Problem, Public
from pupitre.strategy.rules.gate import UNKNOWN_BASELINE

N_ = str
TEXTS = ("problem", "evidence", "positioning", "message", "tone", "sector")
LIMITS = {"tone": 300, "sector": 120}


@transaction.atomic
def import_strategy(text: str, *, by: Member) -> Plan:
    """Write the file's plan, publics and objectives here; what it does not name stays.

    Raises Refusal with the line and the field that cannot be read. An objective with the same change is updated.
    """
    require(by, "decide_strategy")
    try:
        top = parse(text).fields(TOP)
        case = reader.read(text, catalogue=load(), today=timezone.localdate())
    except CaseError as fault:
        params = {"line": fault.line, "field": fault.field, "message": fault.message}
        said = N_("Line %(line)s, %(field)s: %(message)s")
        raise Refusal(N_("This file cannot be read."), [Fault("file", said, params)]) from fault
    kept = _plan(case, top, by)
    for public in case.publics:
        _public(public, by)
    asked = _problems(top, kept, by)
    for rank, objective in enumerate(case.objectives):
        _objective(objective, case.answers if rank == 0 else {}, asked.get(rank), by)
    record(by, "strategy_imported", kept, objectives=len(case.objectives), publics=len(case.publics))
    return kept


def _plan(case: cases.Case, top: dict[str, Node], by: Member) -> Plan:
    kept = reads.plan(by.organisation)
    for name in TEXTS:
        if name in top:
            setattr(kept, name, top[name].text[: LIMITS.get(name, 10_000)])
    euros = top["means"].fields(MEANS).get("budget") if "means" in top and top["means"].is_mapping else None
    if euros is not None and isinstance(euros.value, int | float) and 0 <= euros.value < 10_000_000:
        kept.euros_per_month = Decimal(str(round(euros.value, 2)))
    if case.hours:
        kept.hours_per_week = Decimal(str(case.hours))
    if case.repliers is not None:
        kept.repliers = case.repliers
    if case.abilities:
        kept.abilities = dict(case.abilities)
    kept.selectivity, kept.press, kept.reasons = case.selectivity, case.press, list(case.reasons)
    if "base" in top:
        kept.site = case.site
    kept.save()
    return kept


def _public(public: cases.Public, by: Member) -> None:
    fields: dict[str, Any] = {
        "track": public.track,
        "ages": f"{public.ages[0]}-{public.ages[1]}" if public.ages and public.age_is_stated else "",
        "roles": ", ".join(public.roles)[:200] or _age_word(public),
        "place": "local" if public.local else "",
    }
    if public.presence:
        fields["shares"] = dict(public.presence)
    Public.objects.update_or_create(organisation=by.organisation, name=public.name[:200], defaults=fields)


def _age_word(public: cases.Public) -> str:
    """The word that gave an age nobody stated ("families"), so that it is read the same again."""
    words = load().age_words
    if public.age_is_stated or public.ages == words["adults"]:
        return ""
    return next((word for word, span in words.items() if span == public.ages), "")


def _problems(top: dict[str, Node], kept: Plan, by: Member) -> dict[int, Problem]:
    """The further problem each objective names, by its rank in the file."""
    found: dict[int, Problem] = {}
    for rank, node in enumerate(top["objectives"].items() if "objectives" in top else ()):
        named = node.fields(OBJECTIVE).get("problem") if node.is_mapping else None
        question = named.text[:2000] if named else ""
        if question and question != kept.problem:
            rows = Problem.objects.filter(organisation=by.organisation, question=question).order_by("id")
            found[rank] = rows.first() or Problem.objects.create(organisation=by.organisation, question=question)
    return found


def _objective(objective: cases.Objective, answers: object, problem: Problem | None, by: Member) -> None:
    known = Objective.objects.filter(
        organisation=by.organisation, change=objective.wished_change, closed_at__isnull=True
    ).first()
    kept = known or Objective(organisation=by.organisation, change=objective.wished_change)
    kept.kind, kept.audience = objective.type, objective.target_public
    kept.problem = problem or kept.problem
    kept.measure, kept.due_on = objective.measure[:200], objective.due_on
    kept.baseline_unknown = str(objective.baseline).lower() in UNKNOWN_BASELINE
    kept.baseline, kept.target = _number(objective.baseline), _number(objective.target_value)
    if objective.relation:
        for name, weight in objective.relation.items():
            setattr(kept, name, weight)
    told = answers if isinstance(answers, dict) else {}
    for question, name in reads.ANSWERS.items():
        if told.get(question):
            setattr(kept, name, told[question])
    kept.save()


def _number(value: float | str | None) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) else None
