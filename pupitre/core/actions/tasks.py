"""Things to do: made once per subject, closed by a person or by what they waited for."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.core.actions.journal import record, require
from pupitre.core.models import Member, Organisation, Task
from pupitre.core.rules.refusals import Fault, Refusal

N_ = str


@transaction.atomic
def add_task(text: str, *, by: Member, owner: Member | None = None, due_on: date | None = None) -> Task:
    """A task in a person's own words."""
    require(by, "note", owner)
    words = text.strip()
    if not words:
        raise Refusal(N_("Say what is to be done."), [Fault("text", N_("Say what is to be done."))])
    task = Task.objects.create(organisation=by.organisation, text=words[:300], owner=owner, due_on=due_on)
    record(by, "task_added", task)
    return task


def ensure_task(
    organisation: Organisation, subject: str, text: str, *, url: str = "", params: dict[str, object] | None = None,
    due_on: date | None = None, owner: Member | None = None,
) -> Task:  # fmt: skip
    """The one open task about `subject`, made if there is none. Safe when two workers call it at once."""
    found = Task.objects.filter(organisation=organisation, subject=subject, done_at__isnull=True).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Task.objects.create(
                organisation=organisation,
                subject=subject,
                text=text,
                url=url,
                params=params or {},
                due_on=due_on,
                owner=owner,
            )
    except IntegrityError:
        return Task.objects.get(organisation=organisation, subject=subject, done_at__isnull=True)


@transaction.atomic
def close_task(task: Task, *, by: Member) -> Task:
    require(by, "note", task)
    if task.done_at is None:
        task.done_at = timezone.now()
        task.save(update_fields=["done_at"])
        record(by, "task_done", task)
    return task


def settle_task(organisation: Organisation, subject: str) -> None:
    """Close the open task about `subject`, if any: what it waited for has happened."""
    Task.objects.filter(organisation=organisation, subject=subject, done_at__isnull=True).update(done_at=timezone.now())
