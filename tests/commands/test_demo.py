"""The demonstration tells the truth: what it shows was really sent, said and answered on its networks."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from pupitre.channels import connections
from pupitre.config.commands import demo
from pupitre.config.demo import networks, travel
from pupitre.config.demo.pictures import PICTURES, SIZE, draw
from pupitre.config.demo.told import told
from pupitre.connectors.fakes.conformance import unnamed
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import serving
from pupitre.connectors.fakes.world import Clock
from pupitre.connectors.fakes.world import Message as Said
from pupitre.conversations.models import Message, Thread
from pupitre.core.models import AuditEntry, Member, Organisation
from pupitre.listening.models import Mention
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.strategy.models import Objective
from pupitre.strategy.queries import missing


@pytest.fixture
def played(db: None, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Fake]]:
    """Both organisations, their history played."""
    from pupitre.config.demo.seed import seed

    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    fakes = networks.open_networks(told("gazette"))
    with serving(fakes) as server:
        monkeypatch.setenv("PUPITRE_REROUTE", json.dumps(networks.reroute(server)))
        connections.http.cache_clear()
        seed(fakes, password="quatre mots pour ouvrir", say=lambda _: None)
        yield fakes
    connections.http.cache_clear()


@pytest.mark.slow
def test_the_history_holds_together(played: dict[str, Fake]) -> None:
    now = timezone.now()
    houses = Organisation.objects.filter(walled=False).order_by("id")
    assert list(houses.values_list("slug", flat=True)) == [
        "boulangerie-levain-fils", "ville-de-valserein",
    ]  # fmt: skip
    conducting = Member.objects.filter(conductor=True, organisation__in=houses).order_by("id")
    assert list(conducting.values_list("user__name", "role")) == [
        ("Claire Aubry", "conductor"), ("Inès Nadeau", "conductor"),
    ]  # fmt: skip
    assert [missing(objective) for objective in Objective.objects.all()] == [()] * Objective.objects.count()

    waiting = Thread.objects.filter(state="open", organisation__in=houses).values_list("organisation__slug", flat=True)
    assert sorted(waiting) == ["boulangerie-levain-fils"] * 4 + ["ville-de-valserein"] * 3
    assert not Thread.objects.filter(state="closed", closure="").exists()
    assert not Message.objects.filter(at__gt=now).exists()
    assert not AuditEntry.objects.filter(at__gt=now).exists()
    assert AuditEntry.objects.filter(at__lt=now - timedelta(days=10)).count() > 20
    assert set(Mention.objects.filter(organisation__in=houses).values_list("organisation__slug", flat=True)) == {
        "boulangerie-levain-fils", "ville-de-valserein",
    }  # fmt: skip

    networks_say = [unnamed(one.text) for fake in played.values() if fake.key != "gazette" for one in _ours(fake)]
    promised = Delivery.objects.filter(organisation__in=houses)
    sent = promised.filter(state=states.SENT).exclude(remote_id="")
    assert len(sent) > 15
    assert sorted(networks_say) == sorted(sent.values_list("text", flat=True))
    assert [one for one in sent if abs(one.sent_at - one.due_at) > timedelta(minutes=2)] == []  # type: ignore[operator]
    states_left = set(promised.exclude(state=states.SENT).values_list("state", flat=True))
    assert states_left == {states.SCHEDULED}
    assert [one.violations for one in played.values()] == [[]] * len(played)


def _ours(fake: Fake) -> list[Said]:
    return list(fake.world.by(fake.account().id, listed=False))


@pytest.mark.parametrize("key", sorted(PICTURES))
def test_each_picture_is_small_and_whole(key: str) -> None:
    made = draw(key)
    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", SIZE)
    assert len(made) < 60_000


def test_being_at_another_moment_ends_even_when_it_fails() -> None:
    clock, then = Clock(), timezone.now() - timedelta(days=5)
    with travel.at(then, clock):
        assert (timezone.now(), clock.now()) == (then, then)
    with pytest.raises(KeyError), travel.at(then, clock):
        raise KeyError
    assert timezone.now() - then > timedelta(days=4)
    assert clock.now() - then > timedelta(days=4)


def test_the_paper_appears_in_its_time() -> None:
    paper = networks.open_networks(told("gazette"))["gazette"]
    items = told("gazette")["items"]

    def shown(minutes: float) -> int:
        from pupitre.connectors.fakes.exchange import Request

        since = float(paper.world.store["since"])
        paper.world.clock.frozen, paper.world.clock.ahead = since + minutes * 60, 0
        return paper.handle(Request("GET", "/rss")).body.count(b"<item>")

    before = sum("ago" in one for one in items)
    assert [shown(0), shown(5), shown(60 * 24)] == [before, before + 1, len(items)]


def test_people_speak_again_at_each_start() -> None:
    fakes = networks.open_networks(told("gazette"))
    fake = fakes["levain-bluesky"]
    fake.world.clock.frozen = timezone.now().timestamp()
    from dataclasses import replace

    from pupitre.connectors.fakes.conformance import message
    from pupitre.connectors.fakes.stage import FakeStage

    FakeStage(fake).connector.send(replace(message("La fournée est prête."), created_at=timezone.now()))
    networks.enliven(fakes, pace=networks.PACE, seed=1)
    fake.world.clock.advance(1800)
    fake.live()
    assert [one for one in fake.world.messages.values() if one.author != fake.account().id] != []


def test_a_taken_port_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < demo.free_port(port) <= port + 200


def test_the_sign_in_is_made_once_for_each_folder(tmp_path: Path) -> None:
    one, two = demo._folder(tmp_path / "one", fresh=False), demo._folder(tmp_path / "two", fresh=False)
    assert one["password"] != two["password"]
    (tmp_path / "one" / demo.KEPT).write_text(json.dumps({**one, "seeded": True}))
    assert demo._folder(tmp_path / "one", fresh=False)["password"] == one["password"]
    assert demo._folder(tmp_path / "one", fresh=True)["password"] != one["password"]


def test_a_history_cut_short_is_begun_again(tmp_path: Path) -> None:
    demo._folder(tmp_path / "demo", fresh=False)
    (tmp_path / "demo" / "pupitre.sqlite3").write_text("half")
    demo._folder(tmp_path / "demo", fresh=False)
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [demo.KEPT]


@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, fresh: bool) -> None:
    (tmp_path / "thesis.odt").write_text("three years")
    with pytest.raises(SystemExit, match="something else"):
        demo._folder(tmp_path, fresh=fresh)
    assert (tmp_path / "thesis.odt").read_text() == "three years"
