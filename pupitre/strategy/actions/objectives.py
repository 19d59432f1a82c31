"""Writing an objective down, answer by answer; a refused answer keeps nothing and says why."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.actions.care import take_terms
from pupitre.strategy.deduction.platforms import TRACKS
from pupitre.strategy.models import Objective
from pupitre.strategy.queries import missing
from pupitre.strategy.rules import gate

N_ = str
ANSWERS: dict[str, gate.Question] = {
    "reason": "what_for",
    "subject": "about_what",
    "presence": "just_to_be_there",
    "change": "wished_change",
    "audience": "target_public",
    "measure": "measure",
}
TEXTS = (*ANSWERS, "unit", "source", "kind", "track")


@transaction.atomic
def save_objective(objective: Objective | None = None, *, by: Member, **typed: Any) -> Objective:
    """Create or change an objective from what was typed; fields that are not named stay as they were.

    Text fields: reason, subject, presence, change, audience, measure, unit, source, kind, track. Others: baseline
    (number, "" or "unknown"), target (number), due_on (ISO date), visibility, expertise, proximity (weights),
    hours_per_week, owner (Member), problem (a further one, or None), and the promise of an objective of care (see
    care.py). Raises Refusal with one fault per refused answer; nothing is kept then.
    """
    require(by, "decide_strategy", objective)
    kept = objective or Objective(organisation=by.organisation)
    faults = [*_texts(kept, typed), *_numbers(kept, typed), *_date(kept, typed), *take_terms(kept, typed, by=by)]
    if typed.get("track") and typed["track"] not in TRACKS:
        faults.append(Fault("track", N_("Choose one of the four tracks.")))
    if faults:
        raise Refusal(N_("Some answers do not open the gate yet."), faults)
    if "owner" in typed:
        require(by, "decide_strategy", typed["owner"])
        kept.owner = typed["owner"]
    if "problem" in typed:
        if typed["problem"] is not None:
            require(by, "decide_strategy", typed["problem"])
        kept.problem = typed["problem"]
    kept.save()
    _starting_point(kept)
    record(by, "objective_saved", kept, missing=list(missing(kept)))
    return kept


@transaction.atomic
def close_objective(objective: Objective, *, by: Member, reason: str) -> Objective:
    require(by, "decide_strategy", objective)
    if len(reason.strip()) < 10:
        raise Refusal(N_("Say in one sentence why it ends."), [Fault("reason", N_("Say in one sentence why it ends."))])
    objective.closed_at = timezone.now()
    objective.save(update_fields=["closed_at"])
    settle_task(objective.organisation, f"baseline:{objective.pk}")
    record(by, "objective_closed", objective, reason=reason)
    return objective


def _texts(kept: Objective, typed: dict[str, Any]) -> list[Fault]:
    faults = []
    language: gate.Language = "en" if kept.organisation.language == "en" else "fr"
    for name in TEXTS:
        if name not in typed:
            continue
        answer = str(typed[name] or "").strip()
        refusal = gate.refusal(ANSWERS[name], answer, language=language) if name in ANSWERS else None
        if refusal:
            faults.append(Fault(name, refusal.message, examples=refusal.examples))
        limit = getattr(Objective._meta.get_field(name), "max_length", None)
        if limit and len(answer) > limit:
            faults.append(Fault(name, N_("Shorten this to %(limit)s characters."), {"limit": limit}))
        else:
            setattr(kept, name, answer)
    return faults


def _numbers(kept: Objective, typed: dict[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    if "baseline" in typed:
        answer = str(typed["baseline"] if typed["baseline"] is not None else "").strip()
        kept.baseline_unknown = answer.lower() in gate.UNKNOWN_BASELINE
        kept.baseline = None if kept.baseline_unknown else _number("baseline", answer, faults)
    if "target" in typed:
        kept.target = _number("target", str(typed["target"] if typed["target"] is not None else ""), faults)
    for name in ("visibility", "expertise", "proximity", "hours_per_week"):
        if name in typed:
            value = _number(name, str(typed[name]), faults)
            setattr(kept, name, value if name == "hours_per_week" else float(value or 0))
    total = kept.visibility + kept.expertise + kept.proximity
    if not faults and total > 0 and abs(total - 1) > 0.01:
        kept.visibility, kept.expertise, kept.proximity = (
            kept.visibility / total, kept.expertise / total, kept.proximity / total,
        )  # fmt: skip
    return faults


def _number(name: str, answer: str, faults: list[Fault]) -> Decimal | None:
    plain = answer.strip().replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not plain:
        faults.append(Fault(name, N_("Write a number, or “unknown” for a starting point.")))
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= Decimal(10) ** 12:
        faults.append(Fault(name, N_("Write a number, or “unknown” for a starting point.")))
        return None
    return value


def _date(kept: Objective, typed: dict[str, Any]) -> list[Fault]:
    if "due_on" not in typed:
        return []
    answer = typed["due_on"]
    try:
        kept.due_on = answer if isinstance(answer, date) else date.fromisoformat(str(answer or "").strip())
    except ValueError:
        return [Fault("due_on", N_("Choose a date."))]
    if kept.due_on <= timezone.localdate():
        return [Fault("due_on", N_("Choose a date that is still to come."))]
    return []


def _starting_point(objective: Objective) -> None:
    """An unknown starting point is the first task; a known one closes it."""
    subject = f"baseline:{objective.pk}"
    if objective.baseline_unknown:
        ensure_task(
            objective.organisation, subject, N_("Measure the starting point: %(measure)s"),
            params={"measure": objective.measure},
        )  # fmt: skip
    elif objective.baseline is not None:
        settle_task(objective.organisation, subject)
