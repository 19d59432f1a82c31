"""The one question that decides a tie: the answers are tried, and the first question that splits them is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from .case import Case, Public, Voice
from .sayings import Named, Said, said

Emphasis = str | None
FirstChoice = Callable[[Case, Emphasis], str | None]
MAKING = (("film", "video"), ("photos", "photos"), ("articles", "articles"))
YOUNG, OLD = (18, 44), (45, 75)


@dataclass(frozen=True)
class Option:
    """An answer to the question, and the platform it leads to."""

    answer: Said
    leads_to: str


@dataclass(frozen=True)
class Question:
    id: str
    asked: Said
    options: tuple[Option, ...]


def deciding_question(case: Case, *, rivals: Sequence[str], first_choice: FirstChoice) -> Question:
    """The first question whose answers lead to different first choices among the rivals, else where the public is."""
    for question_id, asked, answers in _tried(case):
        outcomes = [(answer, first_choice(changed, emphasis)) for answer, changed, emphasis in answers]
        reached = {platform for _, platform in outcomes}
        if len(reached) > 1 and None not in reached and set(rivals[:2]) <= reached:
            options = tuple(Option(answer, platform) for answer, platform in outcomes if platform)
            return Question(question_id, asked, options)
    return _where(rivals)


_Answer = tuple[Said, Case, Emphasis]


def _tried(case: Case) -> list[tuple[str, Said, list[_Answer]]]:
    found: list[tuple[str, Said, list[_Answer]]] = []
    if any(not p.roles and not p.age_is_stated for p in case.publics):
        answers: list[_Answer] = [(_q("age.young"), _aged(case, YOUNG), None), (_q("age.old"), _aged(case, OLD), None)]
        found.append(("age", _q("age"), answers))
    unsaid = [(q, a) for q, a in MAKING if a not in case.abilities]
    for question, ability in unsaid:
        found.append((question, _q(question), _yes_no(_able(case, ability, 0.9), _able(case, ability, 0.0))))
    if not case.has_active_person():
        spoken = replace(case, voices=(*case.voices, Voice("", "expert", "active")))
        found.append(("voice", _q("voice"), _yes_no(spoken, case)))
    emphases: list[_Answer] = [(_q(f"relation.{r}"), case, r) for r in ("visibility", "expertise", "proximity")]
    found.append(("relation", _q("relation"), emphases))
    return found


def _q(key: str) -> Said:
    return said(key, section="questions")


def _yes_no(yes: Case, no: Case) -> list[_Answer]:
    return [(_q("answer_yes"), yes, None), (_q("answer_no"), no, None)]


def _aged(case: Case, ages: tuple[int, int]) -> Case:
    publics = tuple(_with_ages(p, ages) for p in case.publics)
    return replace(case, publics=publics)


def _with_ages(public: Public, ages: tuple[int, int]) -> Public:
    if public.roles or public.age_is_stated:
        return public
    low, high = public.ages or ages
    narrowed = (max(low, ages[0]), min(high, ages[1]))
    return replace(public, ages=narrowed if narrowed[0] <= narrowed[1] else ages)


def _able(case: Case, ability: str, level: float) -> Case:
    changed: Mapping[str, float] = {**case.abilities, ability: level}
    return replace(case, abilities=changed)


def _where(rivals: Sequence[str]) -> Question:
    pair = tuple(rivals[:2])
    options = tuple(Option(said("first_is", section="questions", name=Named((r,))), r) for r in pair)
    names = {"a": Named(pair[:1]), "b": Named(pair[1:2])}
    return Question("share", said("share", section="questions", **names), options)
