"""Figures with their source, hours with their day, pages that say what is not known."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.desk.actions import make_token
from pupitre.measurement import actions, queries
from pupitre.measurement.models import Fact, TimeEntry
from pupitre.measurement.web.views import minutes_of
from pupitre.strategy.models import Objective

pytestmark = pytest.mark.django_db


def declared(objective: Objective, by: Member, value: Any = 134, **given: Any) -> Fact:
    return actions.declare_figure(objective, value, by=by, **({"source": "caisse, export du lundi"} | given))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("134", "134"), ("1 234,5", "1234.5"), ("1\u202f234", "1234"), (12.5, "12.5"), ("-3", "-3")],
)
def test_a_figure_is_read_as_people_write_it(objective: Objective, claire: Member, typed: Any, kept: str) -> None:
    assert declared(objective, claire, typed).value == Decimal(kept)


@pytest.mark.parametrize(
    ("value", "given", "faults"),
    [
        ("beaucoup", {}, {"value"}), ("", {"source": ""}, {"value", "source"}), ("NaN", {}, {"value"}),
        ("1e15", {}, {"value"}), ("12", {"source": " x "}, {"source"}), ("12", {"n": 13, "total": 12}, {"total"}),
        ("12", {"at": timezone.now() + timedelta(days=2)}, {"at"}),
    ],
)  # fmt: skip
def test_a_refused_figure_names_the_field(
    objective: Objective, claire: Member, value: str, given: dict[str, Any], faults: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        declared(objective, claire, value, **given)
    assert {fault.field for fault in refused.value.faults} == faults
    assert not Fact.objects.exists()


def test_a_declared_figure_is_written_in_the_journal(objective: Objective, claire: Member) -> None:
    declared(objective, claire)
    assert AuditEntry.objects.get(verb="figure_declared").member == claire


def test_the_first_starting_point_stays(objective: Objective, claire: Member) -> None:
    objective.baseline, objective.baseline_unknown = None, True
    objective.save()
    declared(objective, claire, 120, baseline=True)
    declared(objective, claire, 500, baseline=True)
    objective.refresh_from_db()
    assert (objective.baseline, objective.baseline_unknown) == (Decimal(120), False)


def test_a_reader_declares_nothing(objective: Objective, lucie: Member) -> None:
    lucie.role = "reader"
    with pytest.raises(NotAllowed):
        declared(objective, lucie)


@pytest.mark.parametrize("minutes", [0, -5, 4801])
def test_time_has_bounds(objective: Objective, claire: Member, minutes: int) -> None:
    with pytest.raises(Refusal):
        actions.log_time(objective, minutes, by=claire)
    assert not TimeEntry.objects.exists()


def test_time_is_added_up_and_tomorrow_is_refused(objective: Objective, claire: Member, karim: Member) -> None:
    actions.log_time(objective, 90, by=claire)
    actions.log_time(objective, 30, by=karim, guessed=True)
    with pytest.raises(Refusal):
        actions.log_time(objective, 30, by=claire, on=timezone.localdate() + timedelta(days=1))
    assert queries.minutes_spent(objective) == 120


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1 h 30", 90), ("1:30", 90), ("90", 90), ("90 min", 90), ("1,5 h", 90), ("h", 0), ("longtemps", 0), ("", 0)],
)
def test_durations_as_people_write_them(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


def test_a_share_and_a_count_have_their_own_intervals(objective: Objective, claire: Member) -> None:
    share = queries.interval_of(declared(objective, claire, 50, n=50, total=100))
    count = queries.interval_of(declared(objective, claire, 134))
    assert (round(share.low), round(share.value), round(share.high), share.n) == (40, 50, 60, 100)
    assert (round(count.low), round(count.value), round(count.high)) == (112, 134, 159)


def test_nothing_is_said_before_the_interval_leaves_the_start(objective: Objective, claire: Member) -> None:
    assert queries.standing(objective, None).reading is None
    assert queries.standing(objective, declared(objective, claire, 134)).word == "inconclusive"
    assert queries.standing(objective, declared(objective, claire, 60)).word == "against"


def address(name: str, objective: Objective) -> str:
    return reverse(f"measurement:{name}", args=[objective.organisation.slug, objective.pk])


def test_strangers_find_nothing_and_members_read(
    client: Client, objective: Objective, lucie: Member, stranger: Member
) -> None:
    client.force_login(stranger.user)
    assert client.get(address("objective", objective)).status_code == 404
    Member.objects.filter(pk=lucie.pk).update(role="reader")
    client.force_login(lucie.user)
    answer = client.get(address("objective", objective))
    assert (answer.status_code, answer.context["may_declare"]) == (200, False)
    assert (
        client.post(address("declare", objective), {"value": "1", "source": "moi", "at": "2026-01-05"}).status_code
        == 403
    )


def test_the_page_says_what_is_not_known(client: Client, objective: Objective, claire: Member) -> None:
    client.force_login(claire.user)
    before = client.get(address("objective", objective)).context["unknown"]
    declared(objective, claire)
    actions.log_time(objective, 30, by=claire)
    assert (len(before), client.get(address("objective", objective)).context["unknown"]) == (2, [])


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("declare", {"value": "beaucoup", "source": "le cahier bleu", "at": "2026-01-05"}, "value"),
        ("declare", {"value": "12", "source": "le cahier bleu", "at": "hier"}, "at"),
        ("declare", {"value": "12", "source": "le cahier bleu", "at": "2026-01-05", "n": "douze"}, "n"),
        ("log", {"duration": "longtemps", "on": "2026-01-05", "what": "le cahier bleu"}, "duration"),
        ("log", {"duration": "30", "on": "", "what": "le cahier bleu"}, "on"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    client: Client, objective: Objective, claire: Member, name: str, typed: dict[str, str], field: str
) -> None:
    client.force_login(claire.user)
    answer = client.post(address(name, objective), typed)
    sheet = answer.context["figure" if name == "declare" else "logged"]
    assert (answer.status_code, set(sheet.faults)) == (422, {field})
    assert "le cahier bleu" in answer.content.decode()
    assert not Fact.objects.exists()
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("many", [1, 3, 40])
def test_twelve_queries_whatever_was_measured(client: Client, objective: Objective, claire: Member, many: int) -> None:
    for number in range(many):
        declared(objective, claire, 120 + number, at=timezone.now() - timedelta(days=7 * number))
        actions.log_time(objective, 30, by=claire)
    client.force_login(claire.user)
    for url in (address("objective", objective), reverse("measurement:measures", args=[claire.organisation.slug])):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(url)
        assert answer.status_code == 200
        assert len(seen) <= 12
        assert len(answer.content) < 60_000


def test_the_api_reads_and_declares(client: Client, objective: Objective, claire: Member) -> None:
    _, secret = make_token("mesures", by=claire, scopes=["declare_figure"])
    headers = {"Authorization": f"Bearer {secret}"}
    base = f"/api/v1/measures/{objective.pk}"
    body = json.dumps({"value": 134, "source": "la caisse"})
    made = client.post(f"{base}/figures", body, content_type="application/json", headers=headers)
    read = client.get(base, headers=headers)
    assert (made.status_code, made.json()["value"]) == (201, 134)
    assert (read.json()["verdict"], read.json()["reading"]["value"]) == ("not_conclusive", 134)
