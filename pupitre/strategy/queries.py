"""Named reads of the strategy that other rooms ask."""

from django.db.models import QuerySet

from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault, NotYet
from pupitre.strategy.held import once
from pupitre.strategy.models import Objective, Voice
from pupitre.strategy.rules import gate

N_ = str

MISSING = {
    "what_for": N_("An answer to: to do what?"),
    "about_what": N_("An answer to: to talk about what?"),
    "just_to_be_there": N_("An answer to: or only to be there?"),
    "wished_change": N_("A wished change"),
    "target_public": N_("A public, named and situated"),
    "measure": N_("A measure"),
    "baseline": N_("A starting point, even unknown"),
    "target_value": N_("A target value"),
    "due_on": N_("A date"),
    "objective": N_("One complete objective"),
}


@once
def objectives(organisation: Organisation) -> QuerySet[Objective]:
    """Objectives that are not closed, oldest first."""
    kept = Objective.objects.filter(organisation=organisation, closed_at__isnull=True)
    return kept.select_related("organisation").order_by("id")


@once
def voices(organisation: Organisation) -> QuerySet[Voice]:
    return Voice.objects.filter(organisation=organisation, retired_at__isnull=True).order_by("id")


def missing(objective: Objective) -> tuple[str, ...]:
    """What one objective still lacks, as keys of MISSING: the three answers, then the sentence's blanks."""
    answers = {
        "what_for": objective.reason,
        "about_what": objective.subject,
        "just_to_be_there": objective.presence,
    }
    language: gate.Language = "en" if objective.organisation.language == "en" else "fr"
    unanswered = tuple(
        question for question in gate.QUESTIONS if gate.refusal(question, answers[question], language=language)
    )
    blanks = gate.missing(
        {
            "wished_change": objective.change, "target_public": objective.audience, "measure": objective.measure,
            "baseline": objective.baseline, "baseline_unknown": objective.baseline_unknown,
            "target_value": objective.target, "due_on": objective.due_on,
        }
    )  # fmt: skip
    return (*unanswered, *blanks)


def complete_objectives(organisation: Organisation) -> list[Objective]:
    return [objective for objective in objectives(organisation) if not missing(objective)]


def require_why(organisation: Organisation) -> None:
    """Raise NotYet, with the list of what is missing, until one objective is complete."""
    known = list(objectives(organisation))
    lacks = [missing(objective) for objective in known]
    if any(not lack for lack in lacks):
        return
    nearest = min(lacks, key=len) if lacks else (*gate.QUESTIONS, *gate.COMPLETENESS)
    raise NotYet(
        N_("Why first: one objective must be complete before a channel opens or a post is scheduled."),
        [Fault(key, MISSING[key]) for key in nearest],
    )
