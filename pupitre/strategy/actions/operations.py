"""Planning what is done for one objective, on networks and elsewhere, with who does it and when."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from pupitre.core import queries as people
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.strategy.models import Objective, Operation, OperationStep
from pupitre.strategy.rules import operations as rules

N_ = str
UNCLEAR = N_("This operation is not clear yet.")
MOST_STEPS = 60
MOST_COST = Decimal(10_000_000)


@transaction.atomic
def plan_operation(
    *, by: Member, kind: str, name: str, objective: Objective | None, begins_on: date | None, ends_on: date | None,
    after: str = "",
) -> Operation:  # fmt: skip
    """Open an operation with the checklist of its type: each line has its day and somebody who does it."""
    require(by, "decide_strategy", objective)
    faults = _faults(kind, name, objective, begins_on, ends_on)
    if faults or objective is None or begins_on is None or ends_on is None:
        raise Refusal(UNCLEAR, faults)
    kept = Operation.objects.create(
        organisation=by.organisation, kind=kind, name=name.strip(), objective=objective, begins_on=begins_on,
        ends_on=ends_on, after=after.strip()[:300],
    )  # fmt: skip
    team = list(people.team(by.organisation))
    lines = rules.checklist(kind, begins_on=begins_on, today=timezone.localdate())
    with translation.override(by.organisation.language):
        OperationStep.objects.bulk_create([
            OperationStep(organisation=by.organisation, operation=kept, kind=item.kind, text=gettext(item.text),
                          owner=_somebody(item.role, team, by), due_on=due)
            for item, due in lines
        ])  # fmt: skip
    record(by, "operation_planned", kept, kind=kind)
    return kept


@transaction.atomic
def save_step(
    step: OperationStep | None = None, *, by: Member, operation: Operation, kind: str, text: str,
    owner: Member | None = None, due_on: date | None = None, cost: Decimal | None = None,
) -> OperationStep:  # fmt: skip
    """Add a line to an operation, or change it."""
    for subject in (operation, step, owner):
        require(by, "decide_strategy", subject)
    _open(operation)
    faults = []
    if kind not in rules.KINDS:
        faults.append(Fault("kind", N_("Say where it happens.")))
    if not 5 <= len(text.strip()) <= 300:
        faults.append(Fault("text", N_("Say it in one sentence.")))
    if due_on is None:
        faults.append(Fault("due_on", N_("Choose a date.")))
    if cost is not None and not 0 <= cost < MOST_COST:
        faults.append(Fault("cost", N_("Write a number.")))
    if step is None and operation.steps.count() >= MOST_STEPS:
        faults.append(Fault("", N_("Sixty lines are enough: open another operation.")))
    if faults:
        raise Refusal(UNCLEAR, faults)
    kept = step or OperationStep(organisation=by.organisation, operation=operation)
    kept.kind, kept.text, kept.owner, kept.cost = kind, text.strip(), owner, cost
    kept.due_on = due_on  # type: ignore[assignment]
    kept.save()
    record(by, "operation_step_saved", kept)
    return kept


@transaction.atomic
def finish_step(step: OperationStep, *, by: Member) -> OperationStep:
    require(by, "note", step)
    if step.done_at is None:
        step.done_at = timezone.now()
        step.save(update_fields=["done_at"])
        record(by, "operation_step_done", step)
    return step


@transaction.atomic
def remove_step(step: OperationStep, *, by: Member) -> None:
    require(by, "decide_strategy", step)
    _open(step.operation)
    record(by, "operation_step_removed", step)
    step.delete()


@transaction.atomic
def close_operation(operation: Operation, *, by: Member, after: str = "") -> Operation:
    """It is over; the relation is not: somebody keeps replying, until a date that is written."""
    require(by, "decide_strategy", operation)
    _open(operation)
    operation.after = (after.strip() or operation.after)[:300]
    if len(operation.after) < 10:
        said = N_("Say who keeps replying, and until when: the end of an operation does not end the relation.")
        raise Refusal(N_("Somebody still waits for an answer."), [Fault("after", said)])
    operation.closed_at = timezone.now()
    operation.save(update_fields=["after", "closed_at"])
    record(by, "operation_closed", operation, reason=operation.after)
    return operation


def _open(operation: Operation) -> None:
    if operation.closed_at:
        raise Conflict(N_("This operation is over."))


def _somebody(role: str, team: list[Member], by: Member) -> Member:
    """Who conducts, or the first of the team with this role; failing that, who plans it."""
    if role == "conductor":
        return next((one for one in team if one.conductor), by)
    return next((one for one in team if one.role == role), by)


def _faults(
    kind: str, name: str, objective: Objective | None, begins_on: date | None, ends_on: date | None
) -> list[Fault]:
    faults = []
    if kind not in rules.TYPES:
        faults.append(Fault("kind", N_("Say what kind of operation it is.")))
    if not 3 <= len(name.strip()) <= 120:
        faults.append(Fault("name", N_("Give it a name that the team will use.")))
    if objective is None or objective.closed_at:
        faults.append(Fault("objective", N_("Say which objective it serves: without one it has no reason.")))
    if begins_on is None:
        faults.append(Fault("begins_on", N_("Choose a date.")))
    if ends_on is None:
        faults.append(Fault("ends_on", N_("Choose a date.")))
    elif begins_on and not 0 <= (ends_on - begins_on).days <= rules.LONGEST_DAYS:
        faults.append(Fault("ends_on", N_("It ends after it begins, within a year.")))
    return faults
