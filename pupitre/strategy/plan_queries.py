"""Named reads of the plan: what is written, the strategy file, the case, and the last deduction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from django.db.models import Count, Q
from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.strategy import queries
from pupitre.strategy.casefile import reader
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.case import Case
from pupitre.strategy.deduction.deduce import deduce
from pupitre.strategy.deduction.recommendation import Recommendation
from pupitre.strategy.heard_queries import Found, Heard, ground
from pupitre.strategy.held import once
from pupitre.strategy.models import Deduction, Objective, Override, Plan, Problem, Public, Voice
from pupitre.strategy.rules import steps

SIGNATURE_DAYS = 365
UNTOUCHED = {"visibility": 0.34, "expertise": 0.33, "proximity": 0.33}  # as a new objective is made
ANSWERS = {"what_for": "reason", "about_what": "subject", "just_to_be_there": "presence"}


@once
def plan(organisation: Organisation) -> Plan:
    """The organisation's plan, not saved when it has none yet."""
    kept = (
        Plan.objects.filter(organisation=organisation)
        .select_related("signed_by__user")
        .annotate(
            found=Count("organisation__findings"),
            without_outcome=Count("organisation__findings", filter=Q(organisation__findings__outcome="")),
        )
    )
    return kept.first() or Plan(organisation=organisation)


@once
def written(organisation: Organisation, *, today: date) -> dict[str, bool]:
    """Which of the ten items are there."""
    kept = plan(organisation)
    known = list(queries.objectives(organisation))
    lacks = [queries.missing(objective) for objective in known]
    asked = {"what_for", "about_what", "just_to_be_there"}
    groups = {hearing.group for hearing in hearings(organisation)}
    return {
        "reason": any(not asked & set(lack) for lack in lacks),
        "objective": any(not set(lack) - asked for lack in lacks),
        "problem": bool(kept.problem and kept.evidence),
        "publics": bool(publics(organisation)),
        "message": bool(kept.message and kept.positioning),
        "tone": bool(kept.tone),
        "means": bool(kept.hours_per_week and kept.repliers is not None and kept.abilities),
        "findings": _weighed(kept, organisation),
        "heard": {"served", "support"} <= groups,
        "signed": bool(kept.signed_on and (today - kept.signed_on).days <= SIGNATURE_DAYS),
    }


def _weighed(kept: Plan, organisation: Organisation) -> bool:
    """Whether something was found and each finding has its consequence; a kept plan has counted them already."""
    if kept.pk is None:
        found = findings(organisation)
        return bool(found) and all(one.outcome for one in found)
    return bool(kept.found and not kept.without_outcome)  # type: ignore[attr-defined]


@once
def path(organisation: Organisation, *, today: date) -> tuple[steps.Step, ...]:
    """The seven steps with their state."""
    last = last_deduction(organisation)
    return steps.steps(
        written(organisation, today=today), deduced=last is not None, stale=bool(last and is_stale(last))
    )


@once
def last_deduction(organisation: Organisation) -> Deduction | None:
    found = Deduction.objects.filter(organisation=organisation).order_by("-id").first()
    if found:
        found.organisation = organisation
    return found


@once
def publics(organisation: Organisation) -> list[Public]:
    return list(Public.objects.filter(organisation=organisation).order_by("id"))


def findings(organisation: Organisation) -> list[Found]:
    return ground(organisation).found


def hearings(organisation: Organisation) -> list[Heard]:
    return ground(organisation).heard


def is_stale(deduction: Deduction) -> bool:
    """Whether the strategy or the catalogue changed since this deduction."""
    same = deduction.made_from == strategy_file(deduction.organisation)
    return not same or deduction.catalogue_version != load().version


@once
def strategy_file(organisation: Organisation) -> str:
    """The strategy in durable words, as the file that `pupitre deduce` reads."""
    return yaml.safe_dump(_file(organisation), allow_unicode=True, sort_keys=False, width=100)


def case_of(organisation: Organisation) -> Case:
    """The same strategy as a case of the deduction."""
    return reader.read(strategy_file(organisation), catalogue=load(), today=timezone.localdate())


def recommendation(organisation: Organisation, *, today: date) -> Recommendation:
    """Channels deduced now from what is written."""
    return deduce(case_of(organisation), load(), today=today)


@once
def overrides(organisation: Organisation) -> list[Override]:
    return list(Override.objects.filter(organisation=organisation).select_related("by__user").order_by("id"))


def _file(organisation: Organisation) -> dict[str, Any]:
    kept = plan(organisation)
    known = list(queries.objectives(organisation))
    further = any(objective.problem_id for objective in known)
    asked = dict(Problem.objects.filter(organisation=organisation).values_list("id", "question")) if further else {}
    told: dict[str, Any] = {
        "name": organisation.name,
        "sector": kept.sector
        or {"public_body": "administration", "association": "association"}.get(organisation.kind, ""),
        "country": organisation.country,
        "language": organisation.language,
        "why": _answers(known[0]) if known else {},
        "reasons": [] if kept.despite else kept.reasons,  # what the owner decided in writing is not refused again
        "problem": kept.problem,
        "evidence": kept.evidence,
        "objectives": [_objective(one) | _problem(asked.get(one.problem_id or 0)) for one in known],
        "publics": [_public(public) for public in publics(organisation)],
        "positioning": kept.positioning,
        "message": kept.message,
        "tone": kept.tone,
        "means": _means(kept),
        "voices": [_voice(voice) for voice in queries.voices(organisation)],
        "brand": {"selectivity": kept.selectivity},
        "base": {"site": kept.site, "press": kept.press} if kept.site else {"press": kept.press},
        "heard": [f"{h.name}, {h.group}" for h in hearings(organisation)],
    }
    return {key: value for key, value in told.items() if value not in ("", [], {}, None)}


def _answers(objective: Objective) -> dict[str, str]:
    return {question: getattr(objective, name) for question, name in ANSWERS.items() if getattr(objective, name)}


def _objective(objective: Objective) -> dict[str, Any]:
    told: Mapping[str, Any] = {
        "type": objective.kind,
        "change": objective.change,
        "public": objective.audience,
        "measure": objective.measure,
        "baseline": "unknown" if objective.baseline_unknown else _plain(objective.baseline),
        "target_value": _plain(objective.target),
        "date": objective.due_on,
        "relation": _weights(objective),
        "reply_target": f"{objective.reply_hours} h" if objective.reply_hours else "",
        "opening_hours": "yes" if objective.care_hours else "",
        "named_repliers": "yes" if objective.replier_id else "",
    }
    return {key: value for key, value in told.items() if value not in ("", None)}


def _problem(question: str | None) -> dict[str, str]:
    return {"problem": question} if question else {}


def _weights(objective: Objective) -> dict[str, float] | None:
    """Weights that somebody chose; None leaves those of the type."""
    chosen = {name: round(getattr(objective, name), 3) for name in ("visibility", "expertise", "proximity")}
    return None if chosen == UNTOUCHED else chosen


def _public(public: Public) -> dict[str, Any]:
    told: Mapping[str, Any] = {
        "name": public.name,
        "track": public.track,
        "ages": public.ages,
        "roles": public.roles,
        "where": public.place,
        "presence": {key: f"{100 * share:g} %" for key, share in public.shares.items() if key in load().platforms},
    }
    return {key: value for key, value in told.items() if value}


def _means(kept: Plan) -> dict[str, Any]:
    told = {
        "hours": _plain(kept.hours_per_week), "budget per month": _plain(kept.euros_per_month),
        "repliers": kept.repliers, "can_make": kept.abilities or None,
    }  # fmt: skip
    return {key: value for key, value in told.items() if value is not None}


def _voice(voice: Voice) -> dict[str, Any]:
    strength = "active" if voice.owner_id else "none"
    return {"name": voice.name, "kind": voice.kind, "strength": strength}


def _plain(value: Any) -> float | int | None:
    if value is None:
        return None
    number = float(value)
    return int(number) if number.is_integer() else number
