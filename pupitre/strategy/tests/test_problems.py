"""Several problems: each objective answers one, and what came of it is read problem by problem."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Refusal
from pupitre.strategy import actions, document, document_ground, problem_queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Objective, Peer, Plan, Problem, SiteCheck

TODAY = date(2026, 11, 22)
LEADING = "Comment dire aux familles ce qui reste à 18 h ?"
FURTHER = "Pourquoi personne ne répond-il à nos offres d’embauche ?"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan(claire: Member) -> Plan:
    shown = "Dix appels par soir, comptés en juin"
    return Plan.objects.create(organisation=claire.organisation, problem=LEADING, evidence=shown)


@pytest.fixture
def elsewhere(claire: Member) -> Member:
    """The conductor of another house."""
    here = Organisation.objects.create(name="Ailleurs", slug="ailleurs")
    return Member.objects.create(organisation=here, user=claire.user, role=claire.role)


def objective(here: Organisation, change: str, **more: Any) -> Objective:
    due = TODAY + timedelta(days=200)
    return Objective.objects.create(organisation=here, change=change, audience="Les familles", due_on=due, **more)


def further(by: Member) -> Problem:
    return actions.save_problem(by=by, question=FURTHER, evidence="Deux candidatures en un an", owner=by)


def test_results_are_grouped_by_the_problem_they_answer(claire: Member) -> None:
    here = claire.organisation
    bread, hiring = objective(here, "145 commandes le vendredi"), objective(here, "Trois apprentis embauchés")
    actions.save_objective(hiring, by=claire, problem=further(claire))

    found = problem_queries.grouped(here, [hiring, bread], lambda one: one)

    assert [(question, [one.pk for one in kept]) for question, kept in found] == [
        (LEADING, [bread.pk]), (FURTHER, [hiring.pk]),
    ]  # fmt: skip


def test_the_measures_page_has_one_heading_for_each_problem(client: Client, claire: Member) -> None:
    here = claire.organisation
    objective(here, "145 commandes le vendredi")
    objective(here, "Trois apprentis embauchés", problem=further(claire))
    client.force_login(claire.user)

    told = client.get(reverse("measurement:measures", args=[here.slug])).content.decode()

    assert told.index("ce qui reste") < told.index("145 commandes") < told.index("offres d’embauche")
    assert told.index("offres d’embauche") < told.index("Trois apprentis")


@pytest.mark.parametrize(("question", "evidence"), [("Court ?", "Deux candidatures en un an"), (FURTHER, "non")])
def test_a_problem_is_a_question_with_what_shows_it(claire: Member, question: str, evidence: str) -> None:
    with pytest.raises(Refusal):
        actions.save_problem(by=claire, question=question, evidence=evidence)
    assert Problem.objects.count() == 0


def test_the_page_keeps_a_problem_and_the_objective_chooses_it(client: Client, claire: Member) -> None:
    here = claire.organisation
    kept = objective(here, "Trois apprentis embauchés au fournil")
    client.force_login(claire.user)
    typed = {"question": FURTHER, "evidence": "Deux candidatures en un an", "owner": str(claire.pk)}

    assert client.post(reverse("strategy:problems", args=[here.slug]), typed).status_code == 302
    problem = Problem.objects.get()
    page = reverse("strategy:objective", args=[here.slug, kept.pk])
    assert FURTHER[:40] in client.get(page).content.decode()
    client.post(page, {"problem": str(problem.pk)})

    kept.refresh_from_db()
    assert (problem.owner, kept.problem) == (claire, problem)


def test_somebody_elses_problem_cannot_be_chosen(client: Client, claire: Member, elsewhere: Member) -> None:
    theirs = Problem.objects.create(organisation=elsewhere.organisation, question=FURTHER)
    kept = objective(claire.organisation, "Trois apprentis embauchés au fournil")
    client.force_login(claire.user)

    answer = client.post(reverse("strategy:objective", args=[claire.organisation.slug, kept.pk]),
                         {"problem": str(theirs.pk)})  # fmt: skip

    kept.refresh_from_db()
    assert (answer.status_code, kept.problem) == (404, None)


def test_removing_a_problem_gives_its_objectives_back_to_the_leading_one(claire: Member) -> None:
    problem = further(claire)
    kept = objective(claire.organisation, "Trois apprentis embauchés", problem=problem)
    actions.remove_problem(problem, by=claire)
    kept.refresh_from_db()
    assert kept.problem is None


def test_an_objective_without_any_problem_says_so(client: Client, claire: Member) -> None:
    here = claire.organisation
    kept = objective(here, "Trois apprentis embauchés au fournil")
    page, warning = reverse("strategy:objective", args=[here.slug, kept.pk]), "Aucun problème n’est encore écrit auquel"
    client.force_login(claire.user)
    assert warning not in client.get(page).content.decode()
    Plan.objects.update(problem="")
    assert warning in client.get(page).content.decode()


def test_the_strategy_file_carries_the_problems_there_and_back(claire: Member, elsewhere: Member) -> None:
    here = claire.organisation
    objective(here, "Trois apprentis embauchés", problem=further(claire), kind="hiring")
    text = reads.strategy_file(here)

    actions.import_strategy(text, by=elsewhere)

    (copied,) = Objective.objects.filter(organisation=elsewhere.organisation)
    assert copied.problem is not None
    assert (copied.problem.question, copied.problem.organisation) == (FURTHER, elsewhere.organisation)


@pytest.mark.parametrize(("language", "heads"), [("fr", "Un autre problème"), ("en", "Another problem")])
def test_the_decision_file_says_which_objective_answers_which_problem(
    claire: Member, language: str, heads: str
) -> None:
    objective(claire.organisation, "Trois apprentis embauchés", problem=further(claire))

    sections = document.contents(claire.organisation, language=language, today=TODAY)["sections"]

    assert heads in [block["title"] for block in sections[0]["blocks"]]
    assert any("offres d’embauche" in line for block in sections[1]["blocks"] for line in block["lines"])


def test_the_decision_file_tells_the_visit_to_the_site_and_the_comparisons(claire: Member) -> None:
    here = claire.organisation
    points = [
        {"key": "reachable", "state": "yes", "said": "The site answers.", "params": {}},
        {"key": "indexable", "state": "no", "said": "The page asks search engines not to show it (noindex).",
         "params": {}},
    ]  # fmt: skip
    SiteCheck.objects.create(organisation=here, url="https://levain.example/", points=points, stands=False)
    Peer.objects.create(
        organisation=here, name="Le fournil d’en face", audience=1900, ours=400, learned="Le reste à 18 h"
    )

    situation = document.contents(here, language="fr", today=TODAY)["sections"][0]["blocks"]
    told = {block["title"]: " ".join(block["lines"]) for block in situation}

    assert "https://levain.example/" in told["Notre propre site"]
    assert "noindex" in told["Notre propre site"]
    assert "répond" not in told["Notre propre site"]
    assert "Le fournil d’en face" in told["À côté de gens de notre taille"]


def test_a_site_nobody_visited_is_said_unknown(claire: Member) -> None:
    assert len(document_ground.site(claire.organisation)) == 1
