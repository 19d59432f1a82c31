"""The fakes' own machinery: world, publics, faults, the line over HTTP, forms."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import OutcomeUnknown, RetryLater
from pupitre.connectors.fakes.conformance import message
from pupitre.connectors.fakes.exchange import Part, Request
from pupitre.connectors.fakes.faults import Effect, Fault
from pupitre.connectors.fakes.publics import SHARES, Publics, reactions, script
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.stage import FakeStage, Safe
from pupitre.connectors.fakes.world import Clock, Message, World
from pupitre.connectors.http import Http
from pupitre.connectors.networks.fake.fake import MODES, FakeServer


def said(id: str, *, at: float, author: str = "us", parent: str = "") -> Message:
    return Message(id, author, f"texte {id}", at, parent=parent)


def test_a_world_lists_by_time_and_shows_late_what_is_late() -> None:
    world = World(clock=Clock(frozen=100))
    world.late = 5
    for id, at in [("b", 99.0), ("a", 90.0), ("c", 95.0)]:
        world.add(said(id, at=at))
    assert [one.id for one in world.by("us")] == ["a", "c"]
    assert [one.id for one in world.by("us", since=95, listed=False)] == ["c", "b"]
    world.clock.advance(4)
    assert [one.id for one in world.by("us", since=95)] == ["c", "b"]


def test_a_thread_is_read_at_any_depth_in_order() -> None:
    world = World(clock=Clock(frozen=100))
    for id, at, parent in [("root", 1, ""), ("x", 3, "root"), ("y", 2, "root"), ("z", 4, "y"), ("other", 5, "")]:
        world.add(said(id, at=at, parent=parent))
    assert [one.id for one in world.under("root")] == ["y", "x", "z"]
    world.remove("y")
    assert [one.id for one in world.under("root")] == ["x"]


def test_a_world_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    fake = FakeServer()
    stage = FakeStage(fake)
    sent = stage.connector.send(message("Bonjour"))
    stage.reply(sent.ref, "Bonjour aussi")  # type: ignore[union-attr]
    fake.world.save(tmp_path / "world.json")
    again = FakeServer()
    again.world.load(tmp_path / "world.json")
    assert FakeStage(again).connector.thread(sent.ref) == stage.connector.thread(sent.ref)  # type: ignore[union-attr]
    assert FakeStage(again).connector.inbox(since=None) == stage.connector.inbox(since=None)


def test_the_public_is_the_same_for_the_same_post_and_not_for_another() -> None:
    first = reactions("Fermeture le 11", cast="bakery", seed=1)
    assert first == reactions("Fermeture le 11", cast="bakery", seed=1)
    assert first != reactions("Fermeture le 12", cast="bakery", seed=1)
    assert first == sorted(first)


def test_every_kind_of_voice_is_heard_in_both_casts() -> None:
    for cast in script()["casts"]:
        heard = {one.kind for rank in range(300) for one in reactions(f"post {rank}", cast=cast, seed=7)}
        assert heard == {*SHARES, "like"}


def test_people_answer_while_time_passes_and_thank_us_once_answered() -> None:
    fake = FakeServer(World(clock=Clock(frozen=1_800_000_000)), publics=Publics(seed=3))
    stage = FakeStage(fake)
    for rank in range(5):
        stage.connector.send(message(f"Fournée {rank}", key=str(rank)))
    assert stage.connector.inbox(since=None) == []
    stage.wait(86_400)
    inbox = stage.connector.inbox(since=None)
    assert len(inbox) > 5
    assert [one.at for one in inbox] == sorted({one.at for one in inbox})
    for rank, one in enumerate(one for one in inbox if one.kind == "reply"):
        stage.connector.send(replace(message(f"Réponse {rank}", key=f"r{rank}"), reply_to=one.ref))
    before = len(stage.connector.inbox(since=None))
    stage.wait(86_400)
    after = stage.connector.inbox(since=None)
    assert len(after) > before
    followups = {text for texts in script()["followups"].values() for text in texts}
    assert {one.text for one in after[before:]} <= followups


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (Fault(Effect.DOWN), [True, False, False, False]),
        (Fault(Effect.DOWN, times=-1, every=2), [False, True, False, True]),
        (Fault(Effect.DOWN, times=2), [True, True, False, False]),
        (Fault(Effect.DOWN, on="GET /x"), [False] * 4),
        (Fault(Effect.DOWN, times=-1, window=(2, 4)), [False, True, True, False]),
    ],
)
def test_a_fault_strikes_when_it_was_planned(fault: Fault, struck: list[bool]) -> None:
    found = [fault.strikes("POST /posts", publishing=r"POST /posts\Z", now=now) for now in (1, 2, 3, 4)]
    assert found == struck


def test_the_same_fake_answers_over_http_to_many_at_once() -> None:
    fake = FakeServer()
    with serving({"fake": fake}) as server:
        http = Http(allow_private=True, reroute=server.reroute())
        stage = FakeStage(fake, http=http)
        with ThreadPoolExecutor(8) as pool:
            sent = list(pool.map(lambda rank: stage.connector.send(message(f"n° {rank}", key=str(rank))), range(100)))
        assert len({one.ref.id for one in sent}) == 100  # type: ignore[union-attr]
        assert sorted(stage.public()) == sorted(f"n° {rank}" for rank in range(100))
        http.close()


@pytest.mark.parametrize(
    ("effect", "error"),
    [(Effect.RESET_AFTER, OutcomeUnknown), (Effect.TIMEOUT_AFTER, OutcomeUnknown), (Effect.DOWN, OutcomeUnknown)],
)
def test_a_broken_line_over_http_is_the_same_as_in_process(effect: Effect, error: type[Exception]) -> None:
    fake = FakeServer()
    with serving({"fake": fake}) as server:
        http = Http(allow_private=True, reroute=server.reroute(), timeout=0.5)
        fake.fail(effect)
        with pytest.raises(error):
            FakeStage(fake, http=http).connector.send(message("Une fois"))
        http.close()
    assert len(fake.public_posts()) == (0 if effect is Effect.DOWN else 1)


def test_a_fake_that_stopped_is_unreachable() -> None:
    fake = FakeServer()
    with serving({"fake": fake}) as server:
        routes = server.reroute()
    http = Http(allow_private=True, reroute=routes, timeout=0.5)
    with pytest.raises(RetryLater):
        FakeStage(fake, http=http).connector.send(message("Rien"))
    http.close()


@pytest.mark.parametrize(("mode", "posts"), [("plain", 2), ("keyed", 1), ("late", 2)])
def test_only_the_keyed_mode_forgives_a_blind_repeat(mode: str, posts: int) -> None:
    fake = FakeServer()
    stage = FakeStage(fake, vault=Safe(fake.vault(mode)))
    stage.connector.send(message("Deux fois ?"))
    stage.connector.send(message("Deux fois ?"))
    assert len(stage.public()) == posts


def test_the_dropping_mode_publishes_all_and_confesses_two_in_three() -> None:
    fake = FakeServer()
    stage = FakeStage(fake, vault=Safe(fake.vault("drops")))
    lost = 0
    for rank in range(30):
        try:
            stage.connector.send(message(f"n° {rank}", key=str(rank)))
        except OutcomeUnknown:
            lost += 1
    assert len(stage.public()) == 30
    assert 5 <= lost <= 15


def test_the_late_mode_shows_a_post_five_seconds_after() -> None:
    fake = FakeServer()
    stage = FakeStage(fake, vault=Safe(fake.vault("late")))
    wanted = message("En retard")
    stage.connector.send(wanted)
    since = wanted.created_at - timedelta(minutes=1)
    assert stage.connector.find(wanted, since=since) is None
    stage.wait(6)
    assert stage.connector.find(wanted, since=since) is not None


def test_every_mode_has_its_own_account() -> None:
    fake = FakeServer()
    found = {FakeStage(fake, vault=Safe(fake.vault(mode))).connector.identify().remote_id for mode in MODES}
    assert found == {f"us-{mode}" for mode in MODES}


@given(st.dictionaries(st.sampled_from(["status", "a b", "é"]), st.text(max_size=30), max_size=3))
def test_a_form_is_read_as_it_was_written(fields: dict[str, str]) -> None:
    made = httpx.Request("POST", "http://x", data=fields)
    headers = {name.lower(): value for name, value in made.headers.items()}
    read = Request("POST", "/", headers, made.read()).parts
    assert {name: parts[0].content.decode() for name, parts in read.items()} == fields


def test_a_file_in_a_form_keeps_its_name_type_and_bytes() -> None:
    content = bytes(range(256))
    made = httpx.Request("POST", "http://x", data={"alt": "é"}, files={"file": ("a.png", content, "image/png")})
    headers = {name.lower(): value for name, value in made.headers.items()}
    read = Request("POST", "/", headers, made.read()).parts
    assert read == {"alt": [Part("é".encode(), "", "text/plain")], "file": [Part(content, "a.png", "image/png")]}
