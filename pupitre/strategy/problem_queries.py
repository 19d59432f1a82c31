"""Named reads of the problem statements, and objectives grouped by the one they answer."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from pupitre.core.models import Organisation
from pupitre.strategy import plan_queries
from pupitre.strategy.heard_queries import Stated, ground
from pupitre.strategy.models import Objective, Problem

Kept = TypeVar("Kept")


def further(organisation: Organisation) -> list[Stated]:
    """Problems beside the leading one, oldest first."""
    return ground(organisation).problems


def stated(organisation: Organisation) -> list[Problem]:
    """The same as rows, for the API."""
    return list(Problem.objects.filter(organisation=organisation).order_by("id"))


def grouped(
    organisation: Organisation, rows: Iterable[Kept], objective_of: Callable[[Kept], Objective]
) -> list[tuple[str, list[Kept]]]:
    """Rows under the problem their objective answers: the leading one first (empty when it is not written yet)."""
    leading, known = plan_queries.plan(organisation).problem, further(organisation)
    found: dict[int | None, list[Kept]] = {None: []}
    found.update((problem.pk, []) for problem in known)
    for row in rows:
        key = objective_of(row).problem_id
        found[key if key in found else None].append(row)
    questions: dict[int | None, str] = {None: leading}
    questions.update((problem.pk, problem.question) for problem in known)
    return [(questions[key], kept) for key, kept in found.items() if kept]
