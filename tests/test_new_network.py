"""A network is a folder: copied here, or installed from a package elsewhere, the whole product serves it as it is."""

import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels import connections
from pupitre.channels.models import Channel, Charter
from pupitre.connectors import networks as home
from pupitre.connectors import registry
from pupitre.connectors.contract import Path as Way
from pupitre.connectors.fakes.conformance import CHECKS
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.fakes.stage import FakeStage, raise_fake
from pupitre.connectors.http import Http
from pupitre.connectors.matrix import matrix
from pupitre.conversations.jobs import collect_due
from pupitre.conversations.models import Message
from pupitre.core.models import Member
from pupitre.editorial.actions import approve, save_post
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.measurement.jobs import count_due
from pupitre.measurement.models import Fact
from pupitre.publishing.keep import Terms, keep
from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import due
from pupitre.shell.glyphs import glyph
from pupitre.strategy.models import Objective, Voice

TEMPLATE = Path(home.__path__[0]) / "fake"
WORDS = "La fournée de seize heures sort du four."


@pytest.fixture(params=["a folder copied", "a package installed"])
def key(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The template under another name, offered in one of the two ways; nothing else is touched."""
    folder = request.param == "a folder copied"
    name = "carillon" if folder else "clairon"
    package = f"{home.__name__}.{name}" if folder else f"{name}_for_pupitre"
    copy(tmp_path / package.rpartition(".")[2], name, package)
    if folder:
        monkeypatch.setattr(home, "__path__", [*home.__path__, str(tmp_path)])
    else:
        about = tmp_path / f"{package}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (about / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{name} = {package}\n")
        monkeypatch.syspath_prepend(tmp_path)
    registry.forget()
    yield name
    monkeypatch.undo()
    registry.forget()
    glyph.cache_clear()
    for module in [module for module in sys.modules if module == package or module.startswith(f"{package}.")]:
        del sys.modules[module]


def copy(target: Path, name: str, package: str) -> None:
    shutil.copytree(TEMPLATE, target, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    for page in target.glob("*.py"):
        page.write_text(page.read_text().replace("pupitre.connectors.networks.fake", package))
    for page, before, after in (
        ("manifest.py", 'key="fake"', f'key="{name}"'),
        ("manifest.py", 'name="Fake"', f'name="{name.capitalize()}"'),
        ("manifest.py", "hidden=True", "hidden=False"),
        ("fake.py", 'key: ClassVar[str] = "fake"', f'key: ClassVar[str] = "{name}"'),
    ):
        written = (target / page).read_text()
        assert before in written
        (target / page).write_text(written.replace(before, after))


@pytest.fixture
def server(key: str, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Its fake, behind the product's one client."""
    fake = raise_fake(key)
    client = Http(transport=InProcess(fake), now=fake.world.clock.now, pause=fake.world.clock.advance)
    monkeypatch.setattr(connections, "http", lambda: client)
    return fake


def test_it_keeps_what_its_manifest_claims(key: str) -> None:
    claims = [one for one, path in registry.manifest(key).paths.items() if path not in {Way.BY_HAND, Way.NONE}]
    assert len(claims) > 8
    for capability in claims:
        CHECKS[capability](FakeStage(raise_fake(key)))


def test_it_is_in_the_matrix_with_its_own_glyph(key: str) -> None:
    rows = {row[0]: row for row in matrix(registry.networks())}
    assert rows[key][1] == "api"
    assert glyph(key).startswith("<svg")


def test_from_the_connection_form_to_the_figures(
    key: str, server: Fake, claire: Member, objective: Objective, voice: Voice
) -> None:
    browser = Client()
    browser.force_login(claire.user)
    channel = opened(browser, key, server, claire)

    Charter.objects.create(channel=channel, purpose="Dire ce qui sort du four", audience="Le quartier", tone="simple")
    text = Text(channel.pk, WORDS, timezone.now() + timedelta(hours=2))
    draft = Draft(title="La fournée", objective_id=objective.pk, voice_id=voice.pk, texts=(text,))
    approve(save_post(None, draft, by=claire).variants.get(), by=claire)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    terms = Terms("ours", timedelta(seconds=60), timedelta(seconds=8), connections.connector)
    for one in due(now=timezone.now(), limit=10):
        keep(one.id, one.fence, terms)

    assert [message.text for message in server.public_posts()] == [WORDS]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.permalink.startswith("https://fake.example/")) == ("sent", True)

    server.say(server.stranger("camille"), "Et dimanche ?", parent=server.found(delivery.remote_id))
    collect_due()
    assert list(Message.objects.values_list("text", "ours")) == [("Et dimanche ?", False)]
    count_due()
    assert Fact.objects.filter(delivery=delivery).exists()


def opened(browser: Client, key: str, server: Fake, by: Member) -> Channel:
    """Through the pages: the list of networks, the form drawn from the manifest, the channel's own page."""
    slug = by.organisation.slug
    form = reverse("channels:connect", args=[slug, key])
    assert form in browser.get(reverse("channels:choose", args=[slug])).content.decode()
    page = browser.get(form).content.decode()
    assert [f'name="{field.key}"' in page for field in registry.manifest(key).fields] == [True, True]
    assert browser.post(form, server.vault()).status_code == 302
    channel = Channel.objects.get()
    assert (channel.network, channel.state) == (key, "connected")
    address = reverse("channels:channel", args=[slug, channel.pk])
    assert channel.handle in browser.get(address).content.decode()
    return channel
