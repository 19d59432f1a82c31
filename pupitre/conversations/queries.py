"""Named reads of conversations."""

from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from pupitre.conversations.clocks.ring import Ring, ring
from pupitre.conversations.hours import calendar, spans
from pupitre.conversations.models import Message, Pause, Thread
from pupitre.conversations.reading_queries import ruled
from pupitre.conversations.rules.priorities import KIND_NAMES, promised
from pupitre.core.models import Member, Organisation
from pupitre.judge import causes


def waiting(organisation: Organisation) -> QuerySet[Thread]:
    """People who wait for an answer, by when it is due."""
    return (
        Thread.objects.filter(organisation=organisation, state="open")
        .select_related("channel", "contact", "voice", "voice__owner__user", "owner__user", "reading")
        .order_by("due_at", "id")
    )


REMEMBERED = timedelta(days=90)
SAME_CAUSE = timedelta(days=12)
COUNTED = 1000  # beyond, a page says "more than"


def whole() -> QuerySet[Thread]:
    """Threads with what their own page says of them."""
    paused = Exists(Pause.objects.filter(thread=OuterRef("pk")))
    known = Thread.objects.select_related(
        "organisation",
        "channel",
        "contact",
        "owner__user",
        "about",
        "wanted_by__user",
        "cause",
        "reading__asked_by__user",
        "reading__read_by__user",
    )
    return known.annotate(was_paused=paused, ruled=ruled())


def remembering(threads: QuerySet[Thread], *, now: datetime) -> QuerySet[Thread]:
    """Each with who answered its person last in the last ninety days, `answered_by`, and in which `answered_voice`."""
    ours = Message.objects.filter(
        thread__contact=OuterRef("contact"), ours=True, member__isnull=False, at__gte=now - REMEMBERED
    ).exclude(kind="note")
    last = ours.order_by("-at", "-id")
    return threads.annotate(
        answered_by=Subquery(last.values("member_id")[:1]), answered_voice=Subquery(last.values("voice_id")[:1])
    )


def count_waiting(organisation: Organisation) -> int:
    """How many wait, counted to one above 1,000: a larger number changes nothing to what one does next."""
    return first_waiting(organisation).count()


def first_waiting(organisation: Organisation) -> QuerySet[Thread]:
    """Those due first, to one above 1,000."""
    due = Thread.objects.filter(organisation=organisation, state="open").order_by("due_at", "id").values("pk")
    return Thread.objects.filter(pk__in=due[: COUNTED + 1])


def paused(organisation: Organisation) -> QuerySet[Thread]:
    """Conversations whose clock is stopped, longest silence first."""
    return (
        Thread.objects.filter(organisation=organisation, state="paused").select_related("contact").order_by("last_at")
    )


def clock_of(
    thread: Thread, *, now: datetime, pauses: bool = True, organisation: Organisation | None = None
) -> Ring | None:
    """The clock of a thread at `now`; None when nobody waits in it. `organisation` saves reading it again."""
    if thread.waiting_since is None:
        return None
    here = organisation or thread.organisation
    minutes = promised(here.reply_minutes, kind=thread.kind, flags=thread.flags)
    held = spans(list(thread.pauses.all())) if pauses and getattr(thread, "was_paused", True) else ()
    return ring(
        now, start=thread.waiting_since, target=timedelta(minutes=minutes), due=thread.due_at,
        calendar=calendar(here, around=now.date()), pauses=held,
    )  # fmt: skip


def key_of(thread: Thread) -> str:
    """The place of a thread in the waiting list, for the next page's address."""
    due = thread.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if thread.due_at else ""
    return f"{due}~{thread.pk}"


def after(threads: QuerySet[Thread], key: str) -> QuerySet[Thread]:
    """The rest of the waiting list behind a key; the whole list for a key that cannot be read."""
    due, _, pk = key.partition("~")
    last = number(pk)
    try:
        moment = datetime.fromisoformat(due)
    except ValueError:
        return threads
    if last is None or moment.tzinfo is None:
        return threads
    return threads.filter(due_at__gte=moment).exclude(due_at=moment, id__lte=last)


def number(text: str) -> int | None:
    """An id or a small count typed in an address or a form; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else None


def kept(
    threads: QuerySet[Thread], *, by: Member, kind: str = "", only: str = "", channel: int | None = None
) -> QuerySet[Thread]:
    """The waiting list through its filters; words that mean nothing keep everything."""
    if kind in KIND_NAMES:
        threads = threads.filter(kind=kind)
    if channel is not None:
        threads = threads.filter(channel_id=channel)
    if only == "mine":
        threads = threads.filter(owner=by)
    if only == "free":
        threads = threads.filter(owner__isnull=True)
    if only in {"public", "private"}:
        threads = threads.filter(public=only == "public")
    return threads


def same_cause(thread: Thread, *, now: datetime) -> list[Thread]:
    """Other conversations of the last days that complain of the same thing, newest first."""
    if thread.kind not in {"complaint", "crisis"}:
        return []
    near = Thread.objects.filter(
        organisation_id=thread.organisation_id, kind=thread.kind, last_at__gte=now - SAME_CAUSE
    ).exclude(pk=thread.pk)
    others = list(near.only("subject", "last_at", "kind").order_by("-last_at")[:40])
    groups = causes.same_cause([thread.subject, *(one.subject for one in others)])
    return [others[index - 1] for index in groups[0].members if index]


def closed_today(organisation: Organisation, *, since: datetime) -> QuerySet[Thread]:
    return (
        Thread.objects.filter(organisation=organisation, state="closed", closed_at__gte=since)
        .select_related("contact", "closed_by__user")
        .order_by("-closed_at")
    )
