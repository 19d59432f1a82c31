"""An exercise begins in its own walls, and ends with its sheet."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Certificate, Member
from pupitre.core.rules.refusals import Conflict, Fault, NotAllowed, Refusal
from pupitre.training.actions.clock import catch_up
from pupitre.training.actions.place import build
from pupitre.training.models import Drill
from pupitre.training.queries import course, silence
from pupitre.training.rules import sheet
from pupitre.training.rules.scenarios import LANGUAGES, keys, scenario
from pupitre.training.rules.wave import SPEEDS

N_ = str
CRISIS = "crisis"  # the track whose certificate an exercise gives
COUNTS = timedelta(days=180)  # how long it counts: what is not rehearsed is forgotten
MOST_RUNNING = 3


@transaction.atomic
def start_drill(
    key: str, *, by: Member, language: str = "", speed: int = 1, seed: int | None = None
) -> Drill:  # fmt: skip
    """Open the place of this exercise and let its public begin. The same `seed` gives the same public."""
    require(by, "train")
    spoken = language or by.user.language
    faults = [] if key in keys() else [Fault("scenario", N_("Choose one of the exercises."))]
    faults += [] if spoken in LANGUAGES else [Fault("language", N_("Choose French or English."))]
    faults += [] if speed in SPEEDS else [Fault("speed", N_("Choose one of the speeds."))]
    if faults:
        raise Refusal(N_("This exercise cannot begin yet."), faults)
    here = by.organisation
    if here.walled:
        raise NotAllowed(N_("An exercise does not begin inside another one."))
    if Drill.objects.filter(organisation=here, ended_at__isnull=True).count() >= MOST_RUNNING:
        raise Conflict(N_("Three exercises run already: end one first."))
    now = timezone.now()
    place = build(scenario(key, spoken), by=by, language=spoken, now=now)
    drill = Drill.objects.create(
        organisation=here, place=place, scenario=key, language=spoken, speed=speed, started_at=now, ticked_at=now,
        seed=secrets.randbelow(10_000) if seed is None else seed, started_by=by,
    )  # fmt: skip
    record(by, "drill_started", drill, seed=drill.seed)
    return drill


def end_drill(drill: Drill, *, by: Member) -> Drill:
    """Stop the clock and write the sheet. Who led it holds the certificate when the sheet allows it."""
    require(by, "train", drill)
    if drill.ended_at is not None:
        raise Conflict(N_("This exercise has ended already."))
    catch_up(drill)
    return _end(drill, by=by)


@transaction.atomic
def _end(drill: Drill, *, by: Member) -> Drill:
    now = timezone.now()
    run = course(drill, now=now)
    lines = sheet.lines(run.played)
    kept = sheet.as_json(run.played, run.wave, silence(drill, minutes=run.minutes))
    drill.ended_at, drill.minutes, drill.sheet = now, run.minutes, kept
    drill.passed = sheet.passed(lines)
    drill.save(update_fields=["ended_at", "minutes", "sheet", "passed"])
    if drill.passed and drill.started_by is not None:
        today = timezone.localdate()
        Certificate.objects.create(
            organisation=drill.organisation, member=drill.started_by, track=CRISIS, way="drill", on=today,
            until=today + COUNTS,
        )  # fmt: skip
    record(by, "drill_ended", drill, minutes=run.minutes, passed=drill.passed)
    return drill
