"""Lessons passed, and what an organisation asks for before a right is used."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Certificate, Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import LOCKABLE
from pupitre.training.rules.tracks import Mark, enough, mark, tracks

N_ = str


@dataclass(frozen=True, slots=True)
class Passed:
    """What a quiz gave: each mark, and the certificate when enough are right."""

    marks: Sequence[Mark]
    certificate: Certificate | None


@transaction.atomic
def pass_quiz(key: str, answers: Sequence[int | None], *, by: Member, language: str) -> Passed:
    """Mark the answers to a track's questions; three of four give a certificate that counts until its day."""
    require(by, "train")
    track = tracks(language).get(key)
    if track is None:
        raise Refusal(N_("These lessons are not known."), [Fault("track", N_("Choose one of the tracks."))])
    marks = mark(track, answers)
    if any(one.chosen is None for one in marks):
        raise Refusal(
            N_("Answer each question: guessing is allowed."),
            [Fault(f"q{rank}", N_("Choose an answer.")) for rank, one in enumerate(marks) if one.chosen is None],
        )
    if not enough(marks):
        return Passed(marks, None)
    today = timezone.localdate()
    made = Certificate.objects.create(
        organisation=by.organisation, member=by, track=key, way="quiz", on=today, until=today + track.lasts
    )
    record(by, "certificate", made, until=made.until.isoformat())
    return Passed(marks, made)


@transaction.atomic
def lock(right: str, track: str, *, by: Member) -> Organisation:
    """From now on this right asks for a living certificate of this track; an empty track asks for nothing."""
    require(by, "manage_members")
    faults = [] if right in LOCKABLE else [Fault("right", N_("Choose one of the rights."))]
    faults += [] if not track or track in tracks("en") else [Fault("track", N_("Choose one of the tracks."))]
    if faults:
        raise Refusal(N_("This cannot be asked for."), faults)
    here = by.organisation
    here.locked = {key: value for key, value in {**here.locked, right: track}.items() if value}
    here.save(update_fields=["locked"])
    record(by, "right_locked" if track else "right_unlocked", here, right=right, track=track)
    return here
