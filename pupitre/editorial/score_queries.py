"""Named reads of the score: what is played in a window, by whom, with which silences. Constant queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.core.models import Member, Organisation
from pupitre.core.queries import team
from pupitre.editorial.models import Variant
from pupitre.editorial.queries import between
from pupitre.editorial.rules.collisions import Collision, Spoken, collisions
from pupitre.editorial.rules.load import Load, Work, loads
from pupitre.editorial.rules.notes import begun, state_of
from pupitre.editorial.rules.silence import Silence, silence
from pupitre.judge.echo import COPY


@dataclass(frozen=True, slots=True)
class Played:
    """One variant of the window, with what its post and its delivery say of it."""

    id: int
    channel_id: int
    due_at: datetime
    post_id: int
    title: str
    relation: str
    expression: str
    minutes: int
    state: str
    frozen: bool
    movable: bool
    copied: bool
    echo: float
    voice: str
    member_id: int | None
    approach: str
    springs: Sequence[str]
    track: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """One channel of the score; `silence` when its charter is not kept."""

    channel: Channel
    played: list[Played] = field(default_factory=list)
    silence: Silence | None = None
    tacet: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Everything a week or a month shows. `start` is local midnight; `days` its length."""

    start: datetime
    end: datetime
    days: int
    staves: list[Staff]
    played: list[Played]
    works: list[Work]
    loads: list[Load]
    members: dict[int, Member]

    @property
    def asked(self) -> int:
        """Minutes of making, one post counted once."""
        return sum(work.minutes for work in self.works)

    @property
    def capacity(self) -> int:
        return sum(load.capacity for load in self.loads)

    @property
    def collisions(self) -> list[Collision]:
        """Channels where two tracks speak on one local day of the window."""
        return collisions(
            Spoken(one.channel_id, one.due_at.astimezone(self.start.tzinfo).date(), one.track, one.post_id)
            for one in self.played if one.state != "failed"
        )  # fmt: skip


_COLUMNS = (
    "id", "channel_id", "due_at", "post_id", "post__title", "post__relation", "post__expression", "post__minutes",
    "asked_at", "delivery__state", "echo", "post__echo_reason", "post__voice__name", "post__voice__owner_id",
    "post__created_by_id", "post__approach", "post__springs", "post__objective__track",
)  # fmt: skip


def local_midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


def week(organisation: Organisation, monday: date, *, now: datetime) -> Window:
    return window(organisation, monday, 7, now=now)


def month(organisation: Organisation, first: date, *, now: datetime) -> Window:
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return window(organisation, first, (following - first).days, now=now)


def window(organisation: Organisation, first: date, days: int, *, now: datetime) -> Window:
    """Five queries, whatever is played."""
    zone = organisation.timezone
    start, end = local_midnight(first, zone), local_midnight(first + timedelta(days=days), zone)
    played = [_played(row) for row in between(organisation, start, end).values_list(*_COLUMNS)]
    by_channel: dict[int, list[Played]] = {}
    for one in played:
        by_channel.setdefault(one.channel_id, []).append(one)
    edges = _edges(organisation, start, end)
    staves = [_staff(c, by_channel.get(c.pk, []), edges, start, end, now) for c in channels(organisation)]
    staves.sort(key=lambda staff: staff.tacet)
    people = {member.pk: member for member in team(organisation)}
    works = _works(played, first, zone)
    is_open = [bool(organisation.hours.get(str((first + timedelta(days=day)).weekday()))) for day in range(days)]
    weeks = days / 7
    capacities = {pk: round(float(member.hours_per_week) * 60 * weeks) for pk, member in people.items()}
    return Window(start, end, days, staves, played, works, loads(works, capacities, open_days=is_open), people)


def _played(row: tuple[Any, ...]) -> Played:
    (
        pk, channel_id, due_at, post_id, title, relation, expression, minutes, asked_at, delivery_state, echo, reason,
        voice, owner, author, approach, springs, track,
    ) = row  # fmt: skip
    drawn = state_of(delivery_state or "", asked_at)
    return Played(
        pk, channel_id, due_at, post_id, title, relation, expression, minutes, drawn, delivery_state == "held",
        drawn != "failed" and not begun(delivery_state or ""), echo >= COPY and not reason, echo, voice or "",
        owner or author, approach, springs, track or "",
    )  # fmt: skip


Edges = dict[int, tuple[datetime | None, datetime | None]]


def _edges(organisation: Organisation, start: datetime, end: datetime) -> Edges:
    """The last moment before the window and the first one after it, channel by channel."""
    kept = Variant.objects.filter(organisation=organisation, post__dropped_at__isnull=True).order_by()
    before = dict(kept.filter(due_at__lt=start).values_list("channel").annotate(at=Max("due_at")))
    after = dict(kept.filter(due_at__gte=end).values_list("channel").annotate(at=Min("due_at")))
    return {channel_id: (before.get(channel_id), after.get(channel_id)) for channel_id in {*before, *after}}


def _staff(
    channel: Channel, played: list[Played], edges: Edges, start: datetime, end: datetime, now: datetime
) -> Staff:
    before, after = edges.get(channel.pk, (None, None))
    tacet = channel.posture == "listen_and_reply"
    quiet = None
    if not tacet and hasattr(channel, "charter"):
        quiet = silence(
            [one.due_at for one in played], before=before or channel.created_at, after=after, start=start, end=end,
            now=now, longest=channel.charter.longest_silence,
        )  # fmt: skip
    return Staff(channel, played, quiet, tacet)


def _works(played: Sequence[Played], first: date, zone: str) -> list[Work]:
    """One line per post, on the day of its first variant."""
    seen: dict[int, Work] = {}
    for one in played:
        if one.post_id not in seen:
            day = (one.due_at.astimezone(ZoneInfo(zone)).date() - first).days
            drafted = one.state in {"draft", "waiting"}
            seen[one.post_id] = Work(one.member_id, day, one.minutes, one.title, one.post_id, drafted)
    return list(seen.values())


def listed(organisation: Organisation, start: datetime, *, after: str = "") -> QuerySet[Variant]:
    """What is played from `start`, by hour; `after` is "<iso moment>_<id>" of the last one seen."""
    rows = between(organisation, start, start + timedelta(days=3660)).select_related(
        "post__voice", "channel", "delivery"
    )
    try:
        at, pk = after.rsplit("_", 1)
        due_at, last = datetime.fromisoformat(at), int(pk)
    except ValueError:
        return rows
    if due_at.tzinfo is None or abs(last) > 2**53:
        return rows
    return rows.filter(due_at__gte=due_at).exclude(due_at=due_at, id__lte=last)
