"""Further problem statements: as questions, with what shows that they are asked."""

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.models import Problem

N_ = str
LEAST_QUESTION, LEAST_EVIDENCE = 20, 10
MOST = 20  # an organisation that works on more problems than this works on none


@transaction.atomic
def save_problem(
    problem: Problem | None = None, *, by: Member, question: str, evidence: str, owner: Member | None = None
) -> Problem:
    """Write another problem. Raises Refusal with one fault per answer that is too short, or when there are too many."""
    require(by, "decide_strategy", problem)
    if owner is not None:
        require(by, "decide_strategy", owner)
    faults = []
    if len(question.strip()) < LEAST_QUESTION:
        faults.append(Fault("question", N_("Write it as a question, in one sentence.")))
    if len(evidence.strip()) < LEAST_EVIDENCE:
        faults.append(Fault("evidence", N_("What shows it? A mention, a figure, an interview.")))
    if problem is None and Problem.objects.filter(organisation=by.organisation).count() >= MOST:
        faults.append(Fault("question", N_("Twenty problems are already written: close one first.")))
    if faults:
        raise Refusal(N_("A problem is a question, with what shows that it is asked."), faults)
    kept = problem or Problem(organisation=by.organisation)
    kept.question, kept.evidence, kept.owner = question.strip()[:2000], evidence.strip()[:2000], owner
    kept.save()
    record(by, "problem_saved", kept)
    return kept


@transaction.atomic
def remove_problem(problem: Problem, *, by: Member) -> None:
    """Its objectives answer the leading problem again."""
    require(by, "decide_strategy", problem)
    record(by, "problem_removed", problem)
    problem.delete()
