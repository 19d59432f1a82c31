"""Named reads of the outbox."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.ids import kept
from pupitre.core.models import Organisation
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.publishing.rules.late import Late
from pupitre.publishing.rules.lateness import APART


def clock() -> datetime:
    """The database's clock where there is one for all workers, this machine's on SQLite."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


PACED = Q(channel__pacing=True, kind="post", state=states.SCHEDULED)


class Due(NamedTuple):
    """A delivery whose hour has come, as far as its row said when it was read."""

    id: int
    fence: int
    state: str
    channel: int
    due_at: datetime
    late_rule: str
    late_hours: int
    not_after: datetime | None
    paced: bool = False  # a post of an account whose network has just come back

    @property
    def late(self) -> Late:
        return Late(self.late_rule, self.late_hours, self.not_after)


def due(*, now: datetime, limit: int, but: Sequence[int] = (), left: Mapping[int, int] | None = None) -> list[Due]:
    """Deliveries to move now, oldest hour first, without the channels of `but`. `left` is `left_today`, if known.

    What may not be sent now (account disconnected, rate limited, daily cap reached) is left out here, before
    any claim; what may be out is always looked for. An account whose network is out is not called at all; once its
    network is back, its posts leave one by one.
    """
    ready = Channel.objects.filter(state="connected").filter(Q(resume_at__isnull=True) | Q(resume_at__lte=now))
    spent = [channel for channel, count in (left_today(now=now) if left is None else left).items() if count <= 0]
    if spent:
        ready = ready.exclude(pk__in=spent)
    rows = Delivery.objects.filter(next_at__lte=now).filter(
        Q(channel__in=ready) | ~Q(state=states.SCHEDULED), state__in=[*states.OPEN_STATES]
    )
    rows = rows.filter(channel__outage_since__isnull=True).exclude(PACED & Exists(_just_posted(now)))
    if but:
        rows = rows.exclude(channel__in=but)
    columns = ("id", "fence", "state", "channel", "due_at", "late_rule", "late_hours", "not_after")
    drawn = rows.annotate(paced=Case(When(PACED, then=True), default=False)).order_by("next_at")
    return list(_one_by_one(Due(*row) for row in drawn.values_list(*columns, "paced")[:limit]))


def _just_posted(now: datetime) -> QuerySet[Delivery]:
    """A post of the same account that went out a moment ago, or may have."""
    last = Q(sent_at__gt=now - APART) | Q(state__in=[states.ATTEMPTING, states.UNKNOWN, states.PROCESSING])
    return Delivery.objects.filter(last, channel=OuterRef("channel"), kind="post").exclude(pk=OuterRef("pk"))


def _one_by_one(drawn: Iterable[Due]) -> Iterator[Due]:
    """At most one post of each account that is catching up."""
    begun = set()
    for one in drawn:
        if not one.paced or one.channel not in begun:
            yield one
        if one.paced:
            begun.add(one.channel)


def next_due(*, now: datetime) -> datetime | None:
    """When the next delivery comes due, if any."""
    return Delivery.objects.filter(next_at__gt=now).order_by("next_at").values_list("next_at", flat=True).first()


def left_today(*, now: datetime) -> dict[int, int]:
    """How many each account with a daily number may still send; what may be out counts as out."""
    caps = dict(Channel.objects.filter(daily_cap__isnull=False).values_list("id", "daily_cap"))
    if not caps:
        return {}
    out = Q(sent_at__gt=now - timedelta(days=1)) | Q(state__in=[states.ATTEMPTING, states.UNKNOWN, states.PROCESSING])
    counts = Delivery.objects.filter(out, channel__in=caps).values_list("channel").annotate(count=Count("id"))
    gone = dict(counts)
    return {channel: (cap or 0) - gone.get(channel, 0) for channel, cap in caps.items()}


def for_a_person(organisation: Organisation) -> QuerySet[Delivery]:
    """What waits for a decision: to be done by hand, perhaps out, or refused."""
    return (
        Delivery.objects.filter(organisation=organisation, state__in=states.FOR_A_PERSON)
        .select_related("channel")
        .order_by("due_at", "id")
    )


def today(organisation: Organisation, *, start: datetime, end: datetime) -> QuerySet[Delivery]:
    """What is played between two instants, gone or not."""
    return (
        Delivery.objects.filter(organisation=organisation, due_at__gte=start, due_at__lt=end)
        .exclude(state=states.CANCELLED)
        .select_related("channel")
        .order_by("due_at", "id")
    )


def recent(channel: Channel, *, since: datetime) -> QuerySet[Delivery]:
    """Our own messages on this account since then, newest first: what the inbox reads threads under."""
    return Delivery.objects.filter(channel=channel, sent_at__gte=since).exclude(remote_id="").order_by("-sent_at")


def is_ours(channel: Channel, remote_ids: Sequence[str]) -> set[str]:
    """Which of these remote ids we published from this account."""
    return set(
        Delivery.objects.filter(channel=channel, remote_id__in=[kept(id) for id in remote_ids]).values_list(
            "remote_id", flat=True
        )
    )


def out(organisation: Organisation) -> QuerySet[Channel]:
    """Accounts whose network is out, and those that are catching up, the oldest outage first."""
    rows = Channel.objects.filter(organisation=organisation).exclude(state="closed")
    return rows.filter(Q(outage_since__isnull=False) | Q(pacing=True)).order_by("outage_since", "id")


def outbox_health(organisation: Organisation, *, now: datetime) -> dict[str, object]:
    """Oldest overdue delivery, how many are unknown or wait for a person."""
    rows = Delivery.objects.filter(organisation=organisation, state__in=states.OPEN_STATES)
    overdue = rows.filter(state=states.SCHEDULED, due_at__lt=now - timedelta(minutes=2)).order_by("due_at").first()
    counts = dict(rows.values_list("state").annotate(count=Count("id")))
    return {
        "overdue": overdue, "unknown": counts.get(states.UNKNOWN, 0) + counts.get(states.ATTEMPTING, 0),
        "asked": counts.get(states.ASKED, 0), "held": counts.get(states.HELD, 0),
    }  # fmt: skip


def ahead(organisation: Organisation, *, after: str = "", asked: bool = False) -> QuerySet[Delivery]:
    """What is still to leave, by hour, or what waits for a person; `after` is the key of the last one seen."""
    wanted = states.FOR_A_PERSON if asked else tuple(set(states.OPEN_STATES) - {states.ASKED})
    rows = Delivery.objects.filter(organisation=organisation, state__in=wanted).select_related("channel")
    try:
        at, pk = after.rsplit("_", 1)
        due_at, last = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return rows.order_by("due_at", "id")
    if due_at.tzinfo is None or abs(last) > 2**53:
        return rows.order_by("due_at", "id")
    return rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last)).order_by("due_at", "id")


def ahead_key(delivery: Delivery) -> str:
    """Where a page of `ahead` ends."""
    return f"{delivery.due_at.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%S.%fZ')}_{delivery.pk}"


def gone(organisation: Organisation) -> QuerySet[Delivery]:
    """What is settled, newest first."""
    settled = (states.SENT, states.CANCELLED, states.EXPIRED)
    return (
        Delivery.objects.filter(organisation=organisation, state__in=settled)
        .select_related("channel")
        .order_by("-due_at", "-id")
    )
