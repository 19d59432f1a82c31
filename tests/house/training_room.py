"""A training room where everything exists: exercises that run and that ended, certificates, skills, lines."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from pupitre.core.models import Certificate, Member, Organisation
from pupitre.training.models import Drill, GapLine, SkillLevel
from pupitre.training.rules.skills import SKILLS

LINE = {
    "key": "word", "name": "First word", "met": "yes", "figure": "8 min",
    "why": "Within a quarter of an hour, before guesses took hold.", "params": {}, "counts": True,
}  # fmt: skip
SHEET = {
    "lines": [LINE], "curve": [3, 5, 2], "silent": [3, 8, 12], "said": 10, "silent_said": 23, "peak": 5, "peak_at": 10,
    "acts": [{"minute": 8, "what": "word", "where": "square", "about": ""}],
}  # fmt: skip


def furnish_training(by: Member, now: datetime, times: int) -> None:
    here = by.organisation
    for number in range(times):
        for ended in (now - timedelta(hours=1), None):
            place = Organisation.objects.create(
                slug=f"exercice-{here.pk}-{number}-{ended is None}", name="Banque du Val", walled=True
            )
            Drill.objects.create(
                organisation=here, place=place, scenario="bank", language="fr", seed=number, started_by=by,
                started_at=now - timedelta(hours=2), ticked_at=now, ended_at=ended, minutes=60 if ended else 0,
                sheet=SHEET if ended else {}, passed=bool(ended),
            )  # fmt: skip
        Certificate.objects.create(
            organisation=here, member=by, track="crisis", way="drill", on=timezone.localdate(now),
            until=timezone.localdate(now) + timedelta(days=180 + number),
        )  # fmt: skip
    for rank, skill in enumerate(SKILLS):
        SkillLevel.objects.create(organisation=here, member=by, skill=skill, level=rank % 4)
    GapLine.objects.create(
        organisation=here, skill="data", way="outsourcing", euros=Decimal(900), who="Cabinet Mercier", decided_by=by,
        decided_on=timezone.localdate(now),
    )  # fmt: skip
