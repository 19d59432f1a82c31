"""A damaged image begins with listening and replying: tasks, and not one post."""

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.core.models import Member, Task
from pupitre.core.rules.refusals import Conflict
from pupitre.desk.actions import tokens
from pupitre.strategy import actions
from pupitre.strategy.models import Objective, Plan

QUESTION = "Comment réparer ce qui déçoit ?"


def test_it_prepares_three_watches_a_reply_plan_and_a_count(claire: Member) -> None:
    actions.repair_image(QUESTION, by=claire)
    actions.repair_image(QUESTION, by=claire)

    assert Plan.objects.get().problem == QUESTION
    assert list(Task.objects.order_by("id").values_list("subject", flat=True)) == [
        "repair:watch:0", "repair:watch:1", "repair:watch:2", "repair:reply", "repair:measure",
    ]  # fmt: skip
    assert Task.objects.order_by("id")[0].params == {"query": '"Boulangerie Levain & Fils" (avis OR forum)'}


def test_a_written_problem_is_not_replaced(claire: Member) -> None:
    Plan.objects.create(organisation=claire.organisation, problem="Pourquoi vont-ils ailleurs le vendredi ?")

    with pytest.raises(Conflict):
        actions.repair_image(QUESTION, by=claire)

    assert (Plan.objects.get().problem[:8], Task.objects.count()) == ("Pourquoi", 0)


def test_the_page_begins_it_for_the_conductor_alone(
    client: Client, claire: Member, karim: Member, stranger: Member, objective: Objective
) -> None:
    url = reverse("strategy:repair_image", args=[claire.organisation.slug])

    client.force_login(stranger.user)
    assert client.post(url).status_code == 404
    client.force_login(karim.user)
    assert client.post(url).status_code == 403
    client.force_login(claire.user)
    answers = [client.post(url).status_code, client.get(url).status_code]
    Plan.objects.update(problem="Pourquoi vont-ils ailleurs le vendredi ?")
    refused = client.post(url)

    assert (answers, refused.status_code) == ([302, 405], 409)
    assert "Pourquoi vont-ils ailleurs" in refused.content.decode()


def test_the_api_begins_it_and_keeps_reasons(client: Client, claire: Member) -> None:
    _token, key = tokens.make_token("test", by=claire, scopes=["read", "decide_strategy"])
    headers = {"authorization": f"Bearer {key}"}

    def post(path: str, body: object) -> tuple[int, object]:
        answer = client.post(f"/api/v1/strategy/{path}", body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    assert post("repair_image", {"question": QUESTION}) == (200, {"problem": QUESTION})
    assert post("repair_image", {"question": "Pourquoi vont-ils ailleurs ?"})[0] == 409
    assert post("reasons", {"reasons": ["fashion"]})[0] == 422
    assert post("reasons", {"reasons": ["customer_need"]}) == (200, {"reasons": ["customer_need"], "despite": ""})
