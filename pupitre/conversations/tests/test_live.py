"""What a colleague does on a conversation is seen by the others while it happens."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations import actions
from pupitre.conversations.models import Presence, Thread
from pupitre.conversations.presence import look
from pupitre.conversations.tests.test_pages import many
from pupitre.conversations.tests.two_desks import PASSWORD
from pupitre.conversations.web import live
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict
from tests.servers.parts import free_port
from tests.servers.process import end, leashed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_others_are_seen_and_not_oneself(channel: Channel, claire: Member, lucie: Member, karim: Member) -> None:
    thread, now = many(channel, 1), timezone.now()
    actions.be_there(thread, by=claire, now=now)
    actions.be_there(thread, by=lucie, now=now, typing=True)
    actions.be_there(thread, by=karim, now=now - timedelta(seconds=13))

    seen = look(thread.pk, member_id=claire.pk, now=now)
    later = look(thread.pk, member_id=karim.pk, now=now + timedelta(seconds=7))

    assert seen is not None
    assert later is not None
    assert (seen.readers, seen.writers) == ((), ("Lucie Morel",))
    assert (later.readers, later.writers) == (("Claire Aubry", "Lucie Morel"), ())


def test_a_sign_replaces_the_one_before(channel: Channel, lucie: Member) -> None:
    thread = many(channel, 1)
    for _ in range(3):
        actions.be_there(thread, by=lucie)
    assert Presence.objects.count() == 1

    actions.leave(thread, by=lucie)
    assert Presence.objects.count() == 0


def test_asking_and_the_owner_s_word(channel: Channel, lucie: Member, karim: Member) -> None:
    thread = many(channel, 1)
    with pytest.raises(Conflict):
        actions.ask_for(thread, by=lucie)
    actions.claim(thread, by=karim)

    actions.ask_for(thread, by=lucie)
    assert (thread.owner, thread.wanted_by) == (karim, lucie)
    with pytest.raises(Conflict):
        actions.settle_asking(thread, by=lucie, give=True)
    actions.settle_asking(thread, by=karim, give=False)
    assert (thread.owner, thread.wanted_by) == (karim, None)

    actions.ask_for(thread, by=lucie)
    actions.settle_asking(thread, by=karim, give=True)
    assert (thread.owner, thread.wanted_by) == (lucie, None)


def test_the_stream_says_what_changes_and_nothing_else(channel: Channel, claire: Member, karim: Member) -> None:
    thread = many(channel, 1)
    turns = live.Turns(live.Watch(thread, claire, "fr", "jeton", thread.last_at))

    first = turns.next()
    assert first is not None
    assert first.startswith(b"event: live\ndata: ")
    assert "Personne n’est dessus" in first.decode()
    assert turns.next() == b""
    actions.claim(thread, by=karim)
    told = turns.next()
    assert told is not None
    assert "Karim Benali est dessus" in told.decode()
    assert told.count(b"\n") == 3
    Thread.objects.update(last_at=timezone.now())
    heard = turns.next()
    assert heard is not None
    assert "Quelque chose a été dit" in heard.decode()
    Thread.objects.all().delete()
    assert turns.next() is None


def test_a_process_holds_so_many_streams_and_no_more(
    client: Client, channel: Channel, claire: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("conversations:live", args=[claire.organisation.slug, many(channel, 1).pk])
    client.force_login(claire.user)

    assert client.get(address)["Content-Type"].startswith("text/event-stream")
    monkeypatch.setattr(live, "_open", live.Counter({claire.pk: live.MOST_EACH}))
    assert client.get(address).status_code == 204
    monkeypatch.setattr(live, "_open", live.Counter({0: live.MOST}))
    assert client.get(address).status_code == 204


def test_a_stream_that_ends_is_counted_no_more(channel: Channel, claire: Member) -> None:
    thread = many(channel, 1)
    stream = live.told(live.Watch(thread, claire, "fr", "jeton", None))
    assert next(stream) == b"retry: 2000\n\n"
    assert next(stream).startswith(b"event: live")
    assert (live._open[claire.pk], Presence.objects.count()) == (1, 1)

    stream.close()  # type: ignore[attr-defined]

    assert (live._open[claire.pk], Presence.objects.count()) == (0, 0)


@contextmanager
def served(folder: Path, url: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Two processes of the real server on one database: their ports, and the house's ids."""
    env = {**os.environ, "PUPITRE_DATA_DIR": str(folder), "PUPITRE_DATABASE_URL": url,
           "DJANGO_SETTINGS_MODULE": "pupitre.config.settings"}  # fmt: skip
    made = subprocess.run(
        [sys.executable, "-m", "pupitre.conversations.tests.two_desks"], env=env, capture_output=True, text=True,
        timeout=240, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-2000:]
    port = free_port()
    command = leashed([sys.executable, "-m", "pupitre.config.cli", "web", "--port", str(port)])
    with (folder / "web.log").open("wb") as log:
        child = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        at = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                httpx.get(f"{at}/accounts/login/", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield at, json.loads(made.stdout.splitlines()[-1])
    finally:
        end(child)


def desk(browser: "Browser", at: str, email: str) -> "Page":
    page = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{at}/accounts/login/")
    page.fill('input[name="login"]', email)
    page.fill('input[name="password"]', PASSWORD)
    page.click('main form button[type="submit"]')
    page.wait_for_url("**/o/**")
    return page


def two_browsers(browser: "Browser", folder: Path, url: str) -> None:
    with served(folder, url) as (at, house):
        claire, lucie = (desk(browser, at, f"{name}@levain.example") for name in ("claire", "lucie"))
        place = f"{at}/o/{house['slug']}/conversations/{house['threads'][0]}/"
        for page in (claire, lucie):
            page.goto(place)
        lucie.locator("[data-live]").get_by_text("Claire Aubry a cette page ouverte").wait_for(timeout=10_000)

        claire.locator("#reply-text").press_sequentially("Bonjour")
        lucie.locator("[data-live]").get_by_text("Claire Aubry écrit ici").wait_for(timeout=5_000)
        with claire.expect_navigation():
            claire.locator("[data-live] [data-key=m]").click()
        began = time.monotonic()
        lucie.locator("[data-live]").get_by_text("Claire Aubry est dessus").wait_for(timeout=5_000)
        assert time.monotonic() - began < 1.0

        with lucie.expect_navigation():
            lucie.get_by_role("button", name="La demander").click()
        claire.locator("[data-live]").get_by_text("Lucie Morel vous la demande").wait_for(timeout=5_000)
        with claire.expect_navigation():
            claire.get_by_role("button", name="La confier").click()
        lucie.locator("[data-live]").get_by_text("Vous êtes dessus").wait_for(timeout=5_000)

        claire.goto(f"{at}/o/{house['slug']}/conversations/")
        lucie.locator("[data-live]").get_by_text("Claire Aubry a cette page ouverte").wait_for(
            state="detached", timeout=15_000
        )
        shortcuts(claire, at, house)


def shortcuts(page: "Page", at: str, house: dict[str, Any]) -> None:
    """J and K walk through the list, Enter opens, M takes."""
    focused = "() => document.activeElement.getAttribute('href') || ''"
    page.locator("body").press("j")
    first = page.evaluate(focused)
    page.keyboard.press("j")
    second = page.evaluate(focused)
    page.keyboard.press("k")
    assert page.evaluate(focused) == first != second
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(second)
    page.locator("[data-live]").get_by_text("Personne n’est dessus").wait_for()
    with page.expect_navigation():
        page.keyboard.press("m")
    page.locator("[data-live]").get_by_text("Vous êtes dessus").wait_for()


@pytest.mark.slow
def test_two_browsers_see_each_other_on_sqlite(browser: "Browser", tmp_path: Path) -> None:
    two_browsers(browser, tmp_path, "")


@pytest.mark.slow
def test_two_browsers_see_each_other_on_postgresql(browser: "Browser", tmp_path: Path, own_database: str) -> None:
    two_browsers(browser, tmp_path, own_database)
