"""Operations group what is done on networks and elsewhere under one objective; comparisons stay at one's size."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import Member, Task
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, Refusal
from pupitre.strategy import actions, document, operation_queries
from pupitre.strategy.models import Objective, Operation, OperationStep, Peer
from pupitre.strategy.rules import gate, operations, peers
from tests.house.routes import key_of

TODAY = date(2026, 11, 22)
AFTER = "Lucie répond jusqu’au 31 janvier."


def at(name: str, *args: object) -> str:
    return reverse(f"strategy:{name}", args=["boulangerie-levain-fils", *args])


def opened(by: Member, objective: Objective, **other: object) -> Operation:
    first = timezone.localdate() + timedelta(days=30)
    given = {"kind": "launch", "name": "Le pain de seigle", "begins_on": first, "ends_on": first + timedelta(days=20)}
    return actions.plan_operation(by=by, objective=objective, **{**given, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", operations.TYPES)
def test_each_type_brings_a_checklist_with_days_and_both_sides(kind: str) -> None:
    begins = TODAY + timedelta(days=30)
    lines = operations.checklist(kind, begins_on=begins, today=TODAY)

    assert len(lines) >= 5
    assert {item.kind for item, _ in lines} <= set(operations.KINDS)
    assert {item.role for item, _ in lines} <= {"conductor", "editor", "responder"}
    social = [item for item, _ in lines if item.kind in operations.SOCIAL]
    assert 1 <= len(social) <= len(lines) / 2
    assert all(due == begins + timedelta(days=item.days) for item, due in lines)
    assert min(due for _, due in operations.checklist(kind, begins_on=TODAY, today=TODAY)) == TODAY


@pytest.mark.django_db
@pytest.mark.parametrize("kind", operations.TYPES)
def test_each_line_has_somebody_and_a_day(
    claire: Member, karim: Member, lucie: Member, objective: Objective, kind: str
) -> None:
    operation = opened(claire, objective, kind=kind)
    found = {(step.owner, item.role) for step, item in zip(
        operation.steps.order_by("id"), operations.TYPES[kind].items, strict=True)}  # fmt: skip

    assert found <= {(claire, "conductor"), (karim, "editor"), (lucie, "responder")}
    assert all(step.due_on for step in operation.steps.all())


@pytest.mark.django_db
def test_a_role_nobody_has_falls_to_who_plans(claire: Member, objective: Objective) -> None:
    assert {step.owner for step in opened(claire, objective).steps.all()} == {claire}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "party"}, "kind"), ({"name": "x"}, "name"), ({"objective": None}, "objective"),
        ({"begins_on": None}, "begins_on"), ({"ends_on": None}, "ends_on"), ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"ends_on": date(2040, 1, 1)}, "ends_on"),
    ],
)  # fmt: skip
def test_an_operation_is_clear_before_it_opens(
    claire: Member, objective: Objective, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        opened(claire, **{"objective": objective, **change})  # type: ignore[arg-type]
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Operation.objects.exists()


@pytest.mark.django_db
def test_the_end_of_an_operation_is_not_the_end_of_the_relation(claire: Member, objective: Objective) -> None:
    operation = opened(claire, objective)
    with pytest.raises(Refusal):
        actions.close_operation(operation, by=claire)
    actions.close_operation(operation, by=claire, after=AFTER)
    with pytest.raises(Conflict):
        actions.save_step(by=claire, operation=operation, kind="mail", text="Écrire encore", due_on=TODAY)

    assert Operation.objects.get().after == AFTER
    assert list(operation_queries.running(claire.organisation)) == []


@pytest.mark.django_db
def test_what_runs_on_a_day_is_what_a_post_may_join(claire: Member, objective: Objective, stranger: Member) -> None:
    operation = opened(claire, objective)
    before, within = operation.begins_on - timedelta(days=1), operation.ends_on

    assert list(operation_queries.running(claire.organisation, on=before)) == []
    assert list(operation_queries.running(claire.organisation, on=within)) == [operation]
    assert list(operation_queries.running(stranger.organisation)) == []


@pytest.mark.django_db
def test_the_decision_file_tells_the_operation_with_what_happens_elsewhere(
    claire: Member, objective: Objective
) -> None:
    operation = opened(claire, objective)
    actions.save_step(by=claire, operation=operation, kind="press", text="Inviter la Gazette au fournil",
                      due_on=operation.begins_on, cost=Decimal("80"))  # fmt: skip
    for language, title, line in (
        ("fr", "Opérations", "La presse\u00a0: Inviter la Gazette au fournil (personne encore, 80\u202f€)"),
        ("en", "Operations", "The press: Inviter la Gazette au fournil (nobody yet, 80 €)"),
    ):
        told = document.contents(claire.organisation, language=language, today=timezone.localdate())
        block = next(b for s in told["sections"] for b in s["blocks"] if b["title"] == title)
        assert len(block["lines"]) == 1 + operation.steps.count()
        assert [found for found in block["lines"] if found.endswith(line)] != []


@pytest.mark.django_db
def test_the_pages_open_change_finish_and_close(client: Client, claire: Member, objective: Objective) -> None:
    client.force_login(claire.user)
    first = (timezone.localdate() + timedelta(days=10)).isoformat()
    assert client.post(at("operations"), {"name": "Portes ouvertes"}).status_code == 422
    made = client.post(at("operations"), {"kind": "fair", "name": "Portes ouvertes", "objective": objective.pk,
                                          "begins_on": first, "ends_on": first})  # fmt: skip
    operation = Operation.objects.get()
    line = operation.steps.order_by("id").first()
    assert line is not None
    assert made.headers["Location"] == at("operation", operation.pk)
    typed = {"kind": "mail", "text": "Inviter les voisins", "due_on": first, "cost": "12,50", "owner": claire.pk}
    assert client.post(at("step", line.pk), typed).status_code == 302
    assert client.post(at("operation", operation.pk), {**typed, "cost": "douze"}).status_code == 422
    assert client.post(at("operation", operation.pk), {**typed, "cost": ""}).status_code == 302
    assert client.post(at("finish_step", line.pk)).status_code == 302
    assert client.post(at("close_operation", operation.pk), {"after": ""}).status_code == 422
    shown = client.get(at("operation", operation.pk)).content.decode()
    line.refresh_from_db()

    assert (line.text, line.cost, line.done_at is None) == ("Inviter les voisins", Decimal("12.50"), False)
    assert "12,50\u202f€ prévus." in shown
    assert client.post(at("remove_step", line.pk)).status_code == 302
    assert client.post(at("close_operation", operation.pk), {"after": AFTER}).status_code == 302
    assert AFTER in client.get(at("operation", operation.pk)).content.decode()
    assert "Aucune opération en cours." in client.get(at("operations")).content.decode()


@pytest.mark.django_db
def test_the_api_does_the_same(client: Client, claire: Member, objective: Objective) -> None:
    key, first = key_of(claire), (timezone.localdate() + timedelta(days=10)).isoformat()
    body = {"kind": "hiring", "name": "Deux apprentis", "objective": objective.pk, "begins_on": first, "ends_on": first}
    made = client.post("/api/v1/strategy/operations", body, "application/json", headers=key)
    here = f"/api/v1/strategy/operations/{made.json()['id']}"
    line = {"kind": "site", "text": "Écrire la page", "due_on": first, "cost": "10.00", "owner": claire.pk}
    added = client.post(f"{here}/steps", line, "application/json", headers=key).json()
    changed = client.patch(f"/api/v1/strategy/steps/{added['id']}", {**line, "text": "Relire la page"},
                           "application/json", headers=key).json()  # fmt: skip
    done = client.post(f"/api/v1/strategy/steps/{added['id']}/done", headers=key).json()
    refused = client.post(f"{here}/close", {}, "application/json", headers=key)
    closed = client.post(f"{here}/close", {"after": AFTER}, "application/json", headers=key).json()

    assert (made.status_code, len(made.json()["steps"])) == (201, len(operations.TYPES["hiring"].items))
    assert (changed["text"], changed["owner"], done["done"]) == ("Relire la page", claire.pk, True)
    assert (refused.status_code, closed["over"]) == (422, True)
    assert client.get("/api/v1/strategy/operations", headers=key).json()["items"][0]["name"] == "Deux apprentis"


@pytest.mark.django_db
def test_only_who_decides_plans_and_only_in_her_house(
    claire: Member, lucie: Member, stranger: Member, objective: Objective
) -> None:
    step = OperationStep.objects.get(pk=opened(claire, objective).steps.order_by("id")[0].pk)
    with pytest.raises(NotAllowed):
        opened(lucie, objective)
    with pytest.raises(NotFound):
        opened(stranger, objective)
    with pytest.raises(NotFound):
        actions.finish_step(step, by=stranger)
    assert actions.finish_step(step, by=lucie).done_at


@pytest.mark.parametrize(
    ("theirs", "ours", "giant"),
    [(34_000_000, 2_000, True), (200_000, 2_000, False), (200_001, 2_000, True), (0, 0, False), (101, 0, True),
     (100, 0, False)],
)  # fmt: skip
def test_a_giant_is_a_hundred_times_larger(theirs: int, ours: int, giant: bool) -> None:
    assert peers.is_giant(theirs, ours) is giant


@pytest.mark.django_db
def test_the_giants_are_refused_with_the_reason(client: Client, claire: Member) -> None:
    client.force_login(claire.user)
    learned = "Ils disent chaque soir ce qu’il reste, et leurs voisins le demandent au téléphone."
    typed = {"name": "La marque mondiale", "audience": "34 000 000", "ours": "2 000", "learned": learned}
    refused = client.post(at("peers"), typed)
    kept = client.post(at("peers"), {**typed, "name": "Le fournil d’en face", "audience": "3 500"})

    assert refused.status_code == 422
    assert "Son audience fait 17000 fois la vôtre" in refused.content.decode()
    assert "Comparez-vous à quelqu’un de votre taille" in refused.content.decode()
    assert kept.status_code == 302
    assert (Peer.objects.get().audience, Peer.objects.get().ours) == (3500, 2000)
    assert client.post(at("remove_peer", Peer.objects.get().pk)).status_code == 302
    assert not Peer.objects.exists()


@pytest.mark.django_db
def test_a_lesson_that_only_imitates_is_no_lesson(claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        actions.add_peer(by=claire, name="En face", audience=900, ours=400,
                         learned="Publier comme eux, comme tous nos concurrents.")  # fmt: skip
    assert [(f.field, f.text) for f in refused.value.faults] == [("learned", peers.COPY)]


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("Faire un benchmark de la concurrence et atteindre son niveau", "fr"),
        ("Le benchmark montre que les meilleurs publient trois fois par jour", "fr"),
        ("Être au niveau des meilleures pratiques du secteur sur les réseaux", "fr"),
        ("Appliquer les bonnes pratiques des marques qui réussissent", "fr"),
        ("Our benchmark shows that the leaders post every day, we should reach the same level", "en"),
        ("Benchmark against Nike and Apple to reach best practices", "en"),
    ],
)
def test_a_benchmark_is_refused_for_what_it_is(answer: str, language: gate.Language) -> None:
    refused = gate.refusal("what_for", answer, language=language)

    assert refused is not None
    assert refused.reason == "benchmark"


def test_a_benchmark_beside_a_true_reason_is_heard() -> None:
    said = (
        "Notre benchmark de douze cabinets est fait ; quarante clients par mois demandent un devis que nous ne "
        "rendons pas à temps."
    )
    assert gate.refusal("what_for", said, language="fr") is None


@pytest.mark.django_db
def test_a_fact_without_an_outcome_waits_among_the_tasks(claire: Member) -> None:
    fact = {"box": "weakness", "text": "Personne ne sait ce qu’il reste.", "evidence": "Dix appels par soir"}
    finding = actions.save_finding(by=claire, **fact, outcome="")
    waiting = Task.objects.get(subject=f"finding:{finding.pk}")
    assert waiting.done_at is None
    assert waiting.params == {"fact": "Personne ne sait ce qu’il reste."}

    actions.save_finding(finding, by=claire, **fact, outcome="Rien à faire")
    waiting.refresh_from_db()
    assert waiting.done_at is not None
