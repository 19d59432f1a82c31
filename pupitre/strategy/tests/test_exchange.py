"""A strategy leaves as a file and comes back the same; the API does what the pages do."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.desk.actions import tokens
from pupitre.strategy import actions, commands
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Objective, Plan, Public
from pupitre.strategy.tests.deducing import CASES, ids
from pupitre.strategy.tests.test_strategy_pages import complete

__all__ = ["complete"]
ORDINARY = ("bakery", "machine_tools", "university", "town_hall", "law_firm", "museum", "ngo", "luxury", "startup")


@pytest.mark.parametrize("name", ORDINARY)
def test_a_file_taken_in_gives_the_channels_of_the_file(claire: Member, name: str) -> None:
    from django.utils import timezone

    from pupitre.strategy.casefile import reader
    from pupitre.strategy.catalogue import load
    from pupitre.strategy.deduction.deduce import deduce

    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    today = timezone.localdate()
    direct = deduce(reader.read(text, catalogue=load(), today=today), load(), today=today)

    actions.import_strategy(text, by=claire)
    here = reads.recommendation(claire.organisation, today=today)

    assert ids(here, "open") == ids(direct, "open")


def test_out_and_in_again_changes_nothing(complete: Member) -> None:
    before = reads.strategy_file(complete.organisation)
    actions.import_strategy(before, by=complete)
    assert (reads.case_of(complete.organisation).objectives, Objective.objects.count()) == (
        reads.reader.read(before, catalogue=reads.load(), today=reads.timezone.localdate()).objectives, 1,
    )  # fmt: skip


def test_what_is_kept_for_people_travels_with_the_rest(complete: Member, stranger: Member) -> None:
    Plan.objects.filter(organisation=complete.organisation).update(
        evidence="Douze appels par soir",
        positioning="Le seul fournil ouvert le soir",
        euros_per_month=Decimal("45.5"),
    )
    actions.import_strategy(reads.strategy_file(complete.organisation), by=stranger)

    taken = Plan.objects.get(organisation=stranger.organisation)
    assert (taken.evidence, taken.positioning, taken.euros_per_month) == (
        "Douze appels par soir", "Le seul fournil ouvert le soir", Decimal("45.5"),
    )  # fmt: skip


def test_a_file_that_cannot_be_read_names_its_line_and_writes_nothing(claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        actions.import_strategy("nom: x\nsectr: y\n", by=claire)
    assert refused.value.faults[0].params["line"] == 2
    assert not Plan.objects.exists()


def test_an_editor_takes_nothing_in(karim: Member) -> None:
    with pytest.raises(NotAllowed):
        actions.import_strategy("nom: x\n", by=karim)


def test_the_command_exports_and_imports(claire: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    commands.configure(parser)
    slug, email = claire.organisation.slug, claire.user.email

    assert commands.run(parser.parse_args(["import", slug, str(CASES / "museum.yaml"), "--by", email])) == 0
    assert commands.run(parser.parse_args(["export", slug])) == 0
    assert "familles et habitants du département" in capsys.readouterr().out
    assert commands.run(parser.parse_args(["export", "nowhere"])) == 1
    assert commands.run(parser.parse_args(["import", slug, "nowhere.yaml", "--by", email])) == 1
    bad = tmp_path / "bad.yaml"
    bad.write_text("zzz: 1\n", encoding="utf-8")
    assert commands.run(parser.parse_args(["import", slug, str(bad), "--by", email])) == 2
    assert Public.objects.count() == 1


def test_the_api_walks_the_whole_strategy(client: Client, claire: Member) -> None:
    headers = {"authorization": f"Bearer {key_of(claire)}"}

    def post(path: str, body: object, status: int) -> dict[str, object]:
        answer = client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else {}  # type: ignore[no-any-return]

    assert post("/strategy/deduction", {}, 409)["status"] == 409
    post("/strategy/file", {"text": (CASES / "bakery.yaml").read_text(encoding="utf-8")}, 200)
    refused = post("/objectives", {"reason": "Parce que tous nos concurrents y sont déjà."}, 422)
    assert refused["errors"][0]["field"] == "reason"  # type: ignore[index]
    plan = {"problem": "Pourquoi vont-ils ailleurs le vendredi ?", "evidence": "dix appels par soir",
            "positioning": "La seule qui cuit à 18 h.", "message": "À 18 h, le pain sort du four.",
        "tone": "simple"}  # fmt: skip
    answer = client.patch("/api/v1/strategy", json.dumps(plan), content_type="application/json", headers=headers)
    assert answer.status_code == 200
    made = post("/strategy/deduction", {}, 201)
    assert [p["platform"] for p in made["answer"]["fr"]["open"]] == ["instagram"]  # type: ignore[index]
    assert post("/strategy/signature", {"name": "Jeanne Levain"}, 200)["signed_name"] == "Jeanne Levain"
    assert client.get("/api/v1/strategy/file", headers=headers).json()["text"].startswith("name:")


def key_of(member: Member) -> str:
    _token, key = tokens.make_token("test", by=member, scopes=["read", "decide_strategy"])
    return key
