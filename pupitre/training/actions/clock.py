"""Time in the place of an exercise: it passes by making older whatever is written there.

The rooms read one clock, the real one. Rather than teach each of them another, the moments kept in the place are moved
into the past: an hour that passes in a minute moves them by fifty-nine minutes. Everything then says the right thing by
itself: promised hours become late, what is due leaves, two quiet days are two quiet days.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.conversations.actions import mark_answered, take_in
from pupitre.conversations.jobs import attend
from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.publishing.keep import Terms, keep
from pupitre.publishing.models import Delivery
from pupitre.training.models import Drill
from pupitre.training.rules.wave import LONGEST, SPEEDS

N_ = str
# The journal says when things were really done; keys and people are not of the exercise.
STILL = {"AuditEntry", "ApiToken", "IdempotentAnswer", "Heartbeat", "Member", "User", "Drill"}
WAIT = timedelta(seconds=60)
TERMS = Terms("exercise", WAIT, WAIT, connector)
ENDED = N_("This exercise has ended: its clock stands still.")


@transaction.atomic
def set_speed(drill: Drill, speed: int, *, by: Member) -> Drill:
    """How fast time passes there: 1 as in life, 10 or 60 times faster, 0 not at all."""
    require(by, "train", drill)
    if drill.ended_at is not None:
        raise Conflict(ENDED)
    if speed not in SPEEDS:
        raise Refusal(N_("Choose one of the speeds."), [Fault("speed", N_("Choose one of the speeds."))])
    tick(drill)
    drill.speed = speed
    drill.save(update_fields=["speed"])
    record(by, "drill_speed", drill, speed=speed)
    return drill


def let_pass(drill: Drill, minutes: int, *, by: Member) -> Drill:
    """Jump ahead; what was due meanwhile has left, and what people said meanwhile is heard."""
    require(by, "train", drill)
    if drill.ended_at is not None:
        raise Conflict(ENDED)
    if not 1 <= minutes <= LONGEST:
        raise Refusal(N_("Choose how much time passes."), [Fault("minutes", N_("Between a minute and three days."))])
    catch_up(drill)
    with transaction.atomic():
        _move(drill, timedelta(minutes=minutes))
        record(by, "drill_time", drill, minutes=minutes)
    catch_up(drill)
    return drill


def tick(drill: Drill) -> bool:
    """Real time has passed: give the place its due. False when another worker has just done so."""
    now = timezone.now()
    turn = Drill.objects.filter(pk=drill.pk, ticked_at=drill.ticked_at, ended_at__isnull=True)
    with transaction.atomic():
        if not turn.update(ticked_at=now):
            return False
        passed = now - drill.ticked_at
        drill.ticked_at = now
        if drill.speed != 1:
            _move(drill, passed * (drill.speed - 1))
    return True


def catch_up(drill: Drill) -> None:
    """What is due leaves, what was said is heard: the worker does the same, this does not wait for it."""
    now, place = timezone.now(), drill.place
    due = Delivery.objects.filter(organisation=place, next_at__lte=now).order_by("next_at", "id")
    for pk, fence in list(due.values_list("pk", "fence")):
        keep(pk, fence, TERMS)
    for channel in Channel.objects.filter(organisation=place, state="connected").select_related("organisation"):
        attend(place, take_in(channel, connector(channel).inbox(since=None)), now=now)
    mark_answered(place)


def _move(drill: Drill, by: timedelta) -> None:
    """Everything of the place becomes this much older."""
    for model, path, names in dated():
        rows = model._default_manager.filter(**{path: drill.place_id})
        rows.update(**{name: F(name) - by for name in names})
    Drill.objects.filter(pk=drill.pk).update(started_at=F("started_at") - by)
    drill.refresh_from_db()


@cache
def dated() -> Sequence[tuple[type[models.Model], str, tuple[str, ...]]]:
    """Each kind of row with moments, how it leads to its organisation, and which moments move.

    A moment by which a row is unique stays: moving row by row would meet its neighbours.
    """
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("pupitre.") or model.__name__ in STILL:
            continue
        names = tuple(_moments(model))
        path = _path(model)
        if names and path:
            found.append((model, path, names))
    return found


def _moments(model: type[models.Model]) -> Iterator[str]:
    kept = {name for one in model._meta.constraints if isinstance(one, models.UniqueConstraint) for name in one.fields}
    for field in model._meta.concrete_fields:
        if type(field) is models.DateTimeField and field.name not in kept and not field.unique:
            yield field.name


def _path(model: type[models.Model], depth: int = 3) -> str:
    """The lookup that leads from this model to its organisation, empty when none does in so many steps."""
    if model is Organisation:
        return "pk"
    keys: list[Any] = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    straight = [one for one in keys if one.related_model is Organisation and one.name == "organisation"]
    if straight:
        return "organisation"
    if not depth:
        return ""
    for key in keys:
        there = key.related_model
        if not key.null and there.__module__.startswith("pupitre.") and there.__name__ not in STILL:
            further = _path(there, depth - 1)
            if further and further != "pk":
                return f"{key.name}__{further}"
    return ""
