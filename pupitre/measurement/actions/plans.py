"""Plans written before looking: weeks or places of silence, and two kinds of posts compared. None is changed after."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial.rules.words import SPRINGS
from pupitre.measurement.models import ConversionEvent, Experiment, Holdout
from pupitre.measurement.plans import variation_of, variation_of_posts
from pupitre.measurement.rules.plans import LEAST_PAIRS, MOST_PAIRS, week_pairs
from pupitre.measurement.rules.words import METRIC_NAMES
from pupitre.measurement.statistics.power import power_for_ratio
from pupitre.strategy.models import Objective, Voice

N_ = str
KINDS = {
    "image": N_("With an image, without one"), "hour": N_("Before an hour, after it"),
    "spring": N_("One spring, another"), "voice": N_("One voice, another"),
}  # fmt: skip


@transaction.atomic
def register_holdout(
    event: ConversionEvent, question: str, *, by: Member, kind: str, begins_on: date, weeks: int,
    hoped: float, pairs: list[list[str]] | None = None,
) -> Holdout:  # fmt: skip
    """Write the plan down: chance says who is silent, and nothing is changed after.

    `kind` weeks: `weeks` in all, taken two by two. `kind` places: `pairs` of alike places, watched for `weeks`.
    `hoped` is how many times more acts are hoped for where we speak. Raises Refusal for a plan that has begun.
    """
    require(by, "decide_strategy", event)
    chosen = week_pairs(begins_on, weeks // 2) if kind == "weeks" else pairs or []
    faults = _holdout_faults(question, kind, begins_on, weeks, hoped, chosen)
    if faults:
        raise Refusal(N_("This plan cannot be registered."), faults)
    monday = begins_on - timedelta(days=begins_on.weekday())
    variation, _ = variation_of(event)
    made = Holdout.objects.create(
        organisation=by.organisation, event=event, question=question.strip()[:200], kind=kind, pairs=chosen,
        silent=[secrets.randbelow(2) for _ in chosen], begins_on=monday,
        ends_on=monday + timedelta(weeks=weeks, days=-1),
        hoped=hoped, variation=variation, power=power_for_ratio(hoped, per_arm=len(chosen), variation=variation),
        registered_at=timezone.now(), by=by,
    )  # fmt: skip
    record(by, "holdout_registered", made, power=round(made.power, 3), pairs=len(chosen))
    return made


def _holdout_faults(
    question: str, kind: str, begins_on: date, weeks: int, hoped: float, pairs: list[list[str]]
) -> list[Fault]:
    faults = []
    if len(question.strip()) < 10:
        faults.append(Fault("question", N_("Write the question that the figures will answer.")))
    if kind not in {"weeks", "places"}:
        faults.append(Fault("kind", N_("Choose one of the answers.")))
    if begins_on <= timezone.localdate() or begins_on.weekday():
        faults.append(Fault("begins_on", N_("Choose a Monday to come: a plan is written before.")))
    if not 2 * LEAST_PAIRS <= weeks <= 2 * MOST_PAIRS or weeks % 2:
        faults.append(Fault("weeks", N_("An even number of weeks, from six to a hundred and twenty.")))
    if not LEAST_PAIRS <= len(pairs) <= MOST_PAIRS:
        faults.append(Fault("places", N_("Three pairs at least, sixty at most.")))
    names = [name.lower() for pair in pairs for name in pair]
    if len(names) != len(set(names)):
        faults.append(Fault("places", N_("A place stands once.")))
    if not 1.01 <= hoped <= 10:
        faults.append(Fault("hoped", N_("From 1 % more to ten times more.")))
    return faults


@transaction.atomic
def stop_holdout(plan: Holdout, reason: str, *, by: Member) -> Holdout:
    """Give the plan up, with a reason that stays: a plan stopped half-way concludes nothing."""
    require(by, "decide_strategy", plan)
    if len(reason.strip()) < 5:
        why = N_("Say why.")
        raise Refusal(why, [Fault("reason", why)])
    if plan.stopped_at or plan.ends_on < timezone.localdate():
        raise Conflict(N_("This plan is over already."))
    plan.stopped_at, plan.stop_reason = timezone.now(), reason.strip()[:300]
    plan.save(update_fields=["stopped_at", "stop_reason"])
    record(by, "holdout_stopped", plan, reason=plan.stop_reason)
    return plan


@transaction.atomic
def register_experiment(
    objective: Objective, kind: str, *, by: Member, first: str, second: str, metric: str, per_arm: int, hoped: float,
    begins_on: date, ends_on: date,
) -> Experiment:  # fmt: skip
    """Two kinds of posts, one count of the networks, so many posts of each; the chance of seeing what is hoped for."""
    require(by, "decide_strategy", objective)
    faults = _experiment_faults(objective, kind, first, second, metric)
    if not 5 <= per_arm <= 500:
        faults.append(Fault("per_arm", N_("From five to five hundred posts of each kind.")))
    if not 1.01 <= hoped <= 10:
        faults.append(Fault("hoped", N_("From 1 % more to ten times more.")))
    if begins_on <= timezone.localdate():
        faults.append(Fault("begins_on", N_("Choose a day to come: a plan is written before.")))
    if not begins_on < ends_on <= begins_on + timedelta(days=400):
        faults.append(Fault("ends_on", N_("Choose an end, within a year.")))
    if faults:
        raise Refusal(N_("This plan cannot be registered."), faults)
    variation, _ = variation_of_posts(by.organisation, metric)
    made = Experiment.objects.create(
        organisation=by.organisation, objective=objective, kind=kind, first=first, second=second, metric=metric,
        per_arm=per_arm, hoped=hoped, variation=variation, begins_on=begins_on, ends_on=ends_on,
        power=power_for_ratio(hoped, per_arm=per_arm, variation=variation), registered_at=timezone.now(), by=by,
    )  # fmt: skip
    record(by, "experiment_registered", made, power=round(made.power, 3))
    return made


def _experiment_faults(objective: Objective, kind: str, first: str, second: str, metric: str) -> list[Fault]:
    faults = [] if metric in METRIC_NAMES else [Fault("metric", N_("Choose one of the answers."))]
    wrong = Fault("first", N_("Choose two different kinds."))
    match kind:
        case "image":
            fits = (first, second) == ("with", "without")
        case "hour":
            fits = first == second and first.isdecimal() and 1 <= int(first) <= 23
        case "spring":
            fits = first != second and {first, second} <= set(SPRINGS)
        case "voice":
            keys = {int(one) for one in (first, second) if one.isdecimal() and len(one) < 17}
            voices = Voice.objects.filter(organisation_id=objective.organisation_id, pk__in=keys)
            fits = len(keys) == 2 and voices.count() == 2
        case _:
            return [*faults, Fault("kind", N_("Choose one of the answers."))]
    return faults if fits else [*faults, wrong]
