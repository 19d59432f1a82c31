"""Every network x every capability that its manifest claims by a machine, against its fake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from pupitre.connectors.contract import Capability, Path, Refused
from pupitre.connectors.fakes.conformance import CHECKS, answered, below, film, message, publish, seen, shown
from pupitre.connectors.fakes.stage import FakeStage, raise_fake
from pupitre.connectors.registry import networks

CLAIMS = [
    (key, capability)
    for key, manifest in networks().items()
    for capability, path in manifest.paths.items()
    if path not in {Path.BY_HAND, Path.NONE}
]


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Iterator[FakeStage]:
    fake = raise_fake(request.param)
    yield FakeStage(fake)
    assert fake.violations == []


@pytest.mark.parametrize(("stage", "capability"), CLAIMS, indirect=["stage"])
def test_a_network_keeps_what_its_manifest_claims(stage: FakeStage, capability: Capability) -> None:
    CHECKS[capability](stage)


@pytest.mark.parametrize("stage", sorted({key for key, _capability in CLAIMS}), indirect=True)
def test_we_are_told_who_is_connected(stage: FakeStage) -> None:
    account = stage.connector.identify()
    assert account.remote_id
    assert account.handle
    assert account.capabilities <= set(stage.connector.manifest.paths)
    assert account.name == stage.fake.account().name


def test_every_capability_has_its_check() -> None:
    assert set(CHECKS) == set(Capability)


@pytest.mark.parametrize("stage", sorted(key for key, one in networks().items() if one.first_comment), indirect=True)
def test_our_own_first_comment_stands_under_our_message(stage: FakeStage) -> None:
    sent = publish(stage, message("La fournée.", stage=stage))
    ours = replace(message("La recette.", key="first-1"), reply_to=sent.ref, root=sent.ref)
    comment = publish(stage, ours)
    stage.wait(stage.connector.manifest.indexing_delay + 2)
    found = stage.connector.find(ours, since=ours.created_at - timedelta(minutes=2))
    assert (found.ref.id if found else None, shown(stage)) == (comment.ref.id, ["La fournée.", "La recette."])


@pytest.mark.parametrize("stage", sorted(key for key, one in networks().items() if "reel" in one.kinds), indirect=True)
def test_a_reel_is_one_film_published_once(stage: FakeStage) -> None:
    wanted = replace(message("Le pétrin tourne", stage=stage), media=(film(),), extras={"kind": "reel"})
    sent = publish(stage, wanted)
    stage.wait(stage.connector.manifest.indexing_delay + 2)
    found = stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=2))
    assert (found.ref.id if found else None, shown(stage)) == (sent.ref.id, ["Le pétrin tourne"])


@pytest.mark.parametrize(
    "stage", sorted(key for key, one in networks().items() if one.private_answer_days), indirect=True
)
def test_a_comment_is_answered_privately_once_and_in_time(stage: FakeStage) -> None:
    sent, asked = answered(stage, "Vous livrez à Valserein ?")
    ours = replace(message("Oui, voici le tarif.", key="private-1"), reply_to=asked.ref, root=sent.ref, private=True)
    since = ours.created_at - timedelta(minutes=2)
    assert stage.connector.find(ours, since=since) is None
    whispered = publish(stage, ours)
    stage.wait(stage.connector.manifest.indexing_delay + 2)
    found = stage.connector.find(ours, since=since)
    assert (found.ref.id if found else None, len(stage.public())) == (whispered.ref.id, 1)
    with pytest.raises(Refused):
        publish(stage, replace(ours, key="private-2", text="Et encore ceci."))

    stage.reply(sent.ref, "Et le dimanche ?")
    late = seen(below(stage, sent), "Et le dimanche ?")
    stage.wait((stage.connector.manifest.private_answer_days or 0) * 86_400 + 60)
    with pytest.raises(Refused):
        publish(stage, replace(ours, key="private-3", reply_to=late.ref))


def test_a_story_is_offered_where_the_network_takes_it_by_itself() -> None:
    machine = {Path.API, Path.PAID, Path.REVIEW}
    for one in networks().values():
        assert ("story" in one.kinds) is (one.paths.get(Capability.STORY) in machine), one.key
