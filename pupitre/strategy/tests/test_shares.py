"""Where a public says it is: counted among its people, before what is generally known."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.strategy import actions
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Objective, Public
from pupitre.strategy.tests.test_strategy_pages import complete
from tests.house.routes import key_of

pytestmark = pytest.mark.django_db
__all__ = ["complete"]


@pytest.fixture
def families(complete: Member) -> Public:
    return Public.objects.get()


def at(name: str, *args: object) -> str:
    return reverse(f"strategy:{name}", args=["boulangerie-levain-fils", *args])


def test_their_own_count_passes_before_what_is_generally_known(complete: Member, families: Public) -> None:
    """Nobody of those asked is on the network that came first: it is refused for that, and says so."""
    today = timezone.localdate()
    before = reads.recommendation(complete.organisation, today=today)
    first = before.open[0].platform
    actions.deduce_channels(by=complete)
    actions.count_public(families, by=complete, asked=20, there={first: 0})
    after = reads.recommendation(complete.organisation, today=today)

    assert first not in {placed.platform for placed in after.open}
    assert next(placed.gate for placed in (*after.refused, *after.listen) if placed.platform == first) == "G3"
    assert reads.is_stale(reads.last_deduction(complete.organisation))  # type: ignore[arg-type]
    assert f"{first}: 0 %" in reads.strategy_file(complete.organisation)


def test_a_count_goes_out_with_the_file_and_comes_back(complete: Member, families: Public) -> None:
    actions.count_public(families, by=complete, asked=20, there={"instagram": 13, "facebook": None})
    text = reads.strategy_file(complete.organisation)
    Public.objects.all().delete()
    actions.import_strategy(text, by=complete)

    assert Public.objects.get().shares == {"instagram": 0.65}
    assert "instagram: 65 %" in reads.strategy_file(complete.organisation)


@pytest.mark.parametrize(
    ("asked", "there", "fields"),
    [
        (4, {"instagram": 2}, ["asked"]),
        (None, {"instagram": 2}, ["asked"]),
        (20, {"instagram": 21}, ["instagram"]),
        (20, {"instagram": -1}, ["instagram"]),
        (20, {"nowhere": 2}, ["nowhere"]),
        (20, {"blog": 2}, ["blog"]),
    ],
)
def test_a_count_that_cannot_be_true_is_refused(
    complete: Member, families: Public, asked: int | None, there: dict[str, int], fields: list[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.count_public(families, by=complete, asked=asked, there=there)
    assert [fault.field for fault in refused.value.faults] == fields
    assert Public.objects.get().shares == {}


def test_the_page_changes_the_public_in_place_and_keeps_its_count(
    client: Client, complete: Member, families: Public
) -> None:
    client.force_login(complete.user)
    page = at("public", families.pk)

    assert client.post(page, {"name": "Les familles du quartier", "ages": "28-45"}).status_code == 302
    assert client.post(page, {"name": "Tout le monde"}).status_code == 422
    assert client.post(page, {"asked": "20", "instagram": "12", "facebook": "0"}).status_code == 302
    assert client.post(page, {"asked": "20", "instagram": "douze"}).status_code == 422
    kept, shown = Public.objects.get(), client.get(page).content.decode()
    assert (kept.name, kept.ages, kept.asked) == ("Les familles du quartier", "28-45", 20)
    assert kept.shares == {"instagram": 0.6, "facebook": 0.0}
    assert 'value="12"' in shown
    assert "20 personnes ont dit où elles sont." in client.get(at("publics")).content.decode()
    assert client.post(page, {"asked": ""}).status_code == 302
    assert (Public.objects.get().shares, Public.objects.get().asked) == ({}, None)


def test_the_api_counts_and_changes(client: Client, complete: Member, families: Public) -> None:
    here, key = f"/api/v1/strategy/publics/{families.pk}", key_of(complete)
    saved = client.put(here, {"name": "Les familles", "place": "quartier"}, "application/json", headers=key)
    counted = client.post(f"{here}/count", {"asked": 10, "there": {"instagram": 4}}, "application/json", headers=key)
    refused = client.post(f"{here}/count", {"asked": 1, "there": {"instagram": 4}}, "application/json", headers=key)

    assert (saved.status_code, saved.json()["name"]) == (200, "Les familles")
    assert (counted.json()["shares"], counted.json()["asked"]) == ({"instagram": 0.4}, 10)
    assert refused.status_code == 422


def test_only_who_decides_counts(karim: Member, families: Public, objective: Objective) -> None:
    with pytest.raises(NotAllowed):
        actions.count_public(families, by=karim, asked=20, there={"instagram": 3})
