"""How long each person waited for a first answer, whoever still waits included."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from pupitre.conversations.clocks.clock import elapsed
from pupitre.conversations.hours import calendar, spans
from pupitre.conversations.models import Pause, Thread
from pupitre.core.models import Organisation

WINDOW = timedelta(days=56)
READ = 2_000


@dataclass(frozen=True, slots=True)
class Waited:
    """One person's wait for a first answer, in minutes of opening hours and of the wall; `answered` or still open."""

    thread_id: int
    business: float
    wall: float
    answered: bool


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Everyone who wrote in the last eight weeks; `no_answer_needed` are left out of `waits` and counted apart."""

    waits: list[Waited]
    no_answer_needed: int
    cut: bool  # more wrote than are read


def first_answers(organisation: Organisation, *, now: datetime) -> FirstAnswers:
    """The waits of the last eight weeks, newest first, at most 2,000. Three queries at most."""
    wrote: QuerySet[Thread] = Thread.objects.filter(organisation=organisation, last_at__gte=now - WINDOW)
    asked = Min("messages__at", filter=Q(messages__ours=False))
    paused = Exists(Pause.objects.filter(thread=OuterRef("pk")))
    rows = list(
        wrote.annotate(asked=asked, was_paused=paused).filter(asked__gte=now - WINDOW)
        .only("state", "closure", "closed_at", "first_reply_at").order_by("-id")[: READ + 1]
    )  # fmt: skip
    stopped: dict[int, list[Pause]] = {}
    for pause in Pause.objects.filter(thread__in=[row.pk for row in rows if row.was_paused]):
        stopped.setdefault(pause.thread_id, []).append(pause)
    silent = [row for row in rows[:READ] if row.closure == "no_answer_needed" and row.first_reply_at is None]
    left_out = {row.pk for row in silent}
    open_hours = calendar(organisation, around=now.date())
    waits = []
    for row in rows[:READ]:
        if row.pk in left_out:
            continue
        answered_at = row.first_reply_at or (row.closed_at if row.state == "closed" else None)
        end = max(answered_at or now, row.asked)
        took = elapsed(row.asked, end, calendar=open_hours, pauses=spans(stopped.get(row.pk, [])))
        waits.append(Waited(row.pk, _minutes(took.business), _minutes(took.wall), answered_at is not None))
    return FirstAnswers(waits, len(silent), len(rows) > READ)


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60
