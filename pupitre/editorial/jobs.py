"""Every hour: what leaves soon and still waits is told, and what comes back within a week is written as drafts."""

from django.utils import timezone

from pupitre.editorial.actions.consulting import owed_outcomes
from pupitre.editorial.actions.planning import bring_back
from pupitre.editorial.actions.reminding import remind
from pupitre.engine import every, job


@job("editorial.remind")
def remind_agreements() -> None:
    remind(now=timezone.now())


@job("editorial.come_back")
def write_what_comes_back() -> None:
    bring_back(now=timezone.now())


@job("editorial.outcomes")
def ask_for_outcomes() -> None:
    owed_outcomes(today=timezone.now().date())


every("editorial.outcomes", "17 5 * * *")
every("editorial.remind", "23 * * * *")
every("editorial.come_back", "41 * * * *")
