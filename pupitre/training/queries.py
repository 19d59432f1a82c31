"""Named reads of exercises: the time played, what the team did as the rooms wrote it down, and what the public says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.conversations.models import Message
from pupitre.core.models import Member, Organisation
from pupitre.crisis.models import Audience, Criticism, Statement
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.states import SENT
from pupitre.shell.rail import Banner
from pupitre.training.models import Drill
from pupitre.training.rules import reading
from pupitre.training.rules.scenarios import Scenario, scenario
from pupitre.training.rules.sheet import Played
from pupitre.training.rules.wave import LONGEST, Act, Wave, play

MOST_READ = 2000


@dataclass(frozen=True, slots=True)
class Course:
    """Where a run stands: minutes played, what was done, what was said."""

    minutes: int
    played: Played
    wave: Wave


def drills(organisation: Organisation) -> QuerySet[Drill]:
    """Newest first."""
    rows = Drill.objects.filter(organisation=organisation).order_by("-id")
    return rows.select_related("place", "started_by__user", "organisation")


def running() -> QuerySet[Drill]:
    return Drill.objects.filter(ended_at__isnull=True).select_related("place")


def of_place(place: Organisation) -> Drill | None:
    return Drill.objects.filter(place=place).select_related("place", "organisation").first()


def scenario_of(drill: Drill) -> Scenario:
    return scenario(drill.scenario, drill.language)


def minutes_played(drill: Drill, *, now: datetime) -> int:
    """Whole minutes since the first message."""
    if drill.ended_at is not None:
        return drill.minutes
    return min(LONGEST, max(0, int((now - drill.started_at) / timedelta(minutes=1))))


def course(drill: Drill, *, now: datetime) -> Course:
    """The whole run until now, from what the rooms kept. The same rows give the same public."""
    told, minutes = scenario_of(drill), minutes_played(drill, now=now)
    acts = acts_of(drill, now=now)
    wave = _wave(drill.scenario, drill.language, drill.seed, tuple(acts), minutes + 1)
    heard = Audience.objects.filter(organisation=drill.place, told_at__isnull=False).order_by("-told_at", "id")
    publics = {kind: _minute(drill, at) for kind, at in heard.values_list("kind", "told_at") if at is not None}
    settled = Criticism.objects.filter(organisation=drill.place, settled_at__isnull=False).values_list(
        "text", flat=True
    )
    played = Played(
        acts, publics, {told.criticism_of(text) for text in settled}, tuple(told.terms.channels), told.to_answer()
    )
    return Course(minutes, played, wave)


@lru_cache(maxsize=16)
def _wave(key: str, language: str, seed: int, acts: tuple[Act, ...], minutes: int) -> Wave:
    return play(scenario(key, language).terms, seed=seed, acts=acts, minutes=minutes)


def silence(drill: Drill, *, minutes: int) -> Wave:
    """The same public, had nobody done anything."""
    return _wave(drill.scenario, drill.language, drill.seed, (), minutes + 1)


def acts_of(drill: Drill, *, now: datetime) -> list[Act]:
    """What the team did, read from the outbox, the crisis room and the conversations of the place."""
    told = scenario_of(drill)
    spoken = spoken_in(drill)
    acts = reading.read(spoken, told, language=drill.language)
    acts += reading.missed(spoken, now=minutes_played(drill, now=now))
    staff = Audience.objects.filter(organisation=drill.place, kind="staff", told_at__isnull=False)
    first = staff.order_by("told_at").values_list("told_at", flat=True).first()
    acts += [Act(_minute(drill, first), "staff")] if first else []
    hidden = Message.objects.filter(organisation=drill.place, hidden_at__isnull=False).order_by("hidden_at", "id")
    for remote_id, at in hidden.values_list("remote_id", "hidden_at")[:MOST_READ]:
        about = reading.criticism_in(remote_id, told)
        if at is not None and about and not told.criticisms[about].abuse:
            acts.append(Act(_minute(drill, at), "deletion", about=about))
    return sorted(acts, key=lambda one: (one.minute, one.what, one.where, one.about))


def spoken_in(drill: Drill) -> list[reading.Spoken]:
    """What left since the first message."""
    promised = dict(
        Statement.objects.filter(organisation=drill.place, next_at__isnull=False, published_at__isnull=False)
        .order_by("id").values_list("deliveries", "next_at")
    )  # fmt: skip
    sent = Delivery.objects.filter(organisation=drill.place, state=SENT, sent_at__gte=drill.started_at)
    found = []
    for one in sent.select_related("channel").order_by("sent_at", "id")[:MOST_READ]:
        assert one.sent_at is not None
        next_at = promised.get(one.pk)
        found.append(reading.Spoken(
            _minute(drill, one.sent_at), one.kind, one.text, one.channel.remote_id, one.promotional,
            under=str((one.reply_to or {}).get("id", "")), promised=_minute(drill, next_at) if next_at else None,
        ))  # fmt: skip
    return found


def _minute(drill: Drill, at: datetime) -> int:
    return max(0, int((at - drill.started_at) / timedelta(minutes=1)))


def banner(member: Member) -> Sequence[Banner]:
    """Above every page of a walled place: it is an exercise, since when, and where it is led from."""
    if not member.organisation.walled:
        return []
    drill = of_place(member.organisation)
    if drill is None:
        return []
    url = reverse("training:drill", args=[drill.organisation.slug, drill.pk])
    minutes = minutes_played(drill, now=timezone.now())
    if drill.ended_at is not None:
        said = _("Exercise, ended. Nothing here ever left.")
    else:
        said = _("Exercise: nothing leaves. %(hours)s h %(minutes)s since the first message.") % {
            "hours": minutes // 60, "minutes": f"{minutes % 60:02}",
        }  # fmt: skip
    return [Banner("note", said, url, _("Clock and score"), always=True)]


def waiting(place: Organisation) -> dict[str, int]:
    """Messages heard and those hidden, for the page of an exercise."""
    rows = Message.objects.filter(organisation=place, ours=False)
    return rows.aggregate(heard=Count("id"), hidden=Count("id", filter=Q(hidden_at__isnull=False)))
