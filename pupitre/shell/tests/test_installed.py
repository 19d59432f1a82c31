"""Pupitre on a home screen: what the browser is told, and what is never kept."""

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db


def kept(client: Client) -> list[str]:
    written = client.get("/worker.js").content.decode()
    found = re.search(r'JSON\.parse\("(.*)"\)', written)
    assert found is not None
    about = json.loads(json.loads(f'"{found[1]}"'))
    return [str(address) for address in about["kept"]]


def test_the_manifest_says_what_an_install_needs(client: Client) -> None:
    answer = client.get("/manifest.webmanifest", headers={"accept-language": "en"})
    said = answer.json()

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["name"], said["start_url"], said["scope"], said["display"], said["lang"]) == (
        "Pupitre",
        "/",
        "/",
        "standalone",
        "en",
    )
    assert [finders.find(icon["src"].removeprefix("/static/")) is None for icon in said["icons"]] == [False]


def test_every_page_names_its_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/accounts/login/").content.decode()


def test_the_worker_keeps_one_page_and_files_that_exist(client: Client) -> None:
    first, *files = kept(client)

    assert first == "/away/"
    assert len(files) > 10
    assert [file for file in files if finders.find(file.removeprefix("/static/")) is None] == []
    assert client.get("/worker.js").headers["Cache-Control"] == "no-cache"


def test_the_kept_page_is_the_same_for_everybody(client: Client, django_user_model: type) -> None:
    person = django_user_model.objects.create_user(  # type: ignore[attr-defined]
        email="nadia@levain.example", password="une longue phrase", language="fr"
    )
    before = client.get("/away/", headers={"accept-language": "fr"}).content
    client.force_login(person)

    assert client.get("/away/").content == before
    assert b"csrf" not in before.lower()


def test_only_reading_is_allowed(client: Client) -> None:
    assert {client.post(where).status_code for where in ("/away/", "/worker.js", "/manifest.webmanifest")} == {405}


def test_without_a_network_the_browser_shows_the_kept_page(page: "Page", live_server: "LiveServer") -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    caught = page.evaluate(
        "caches.keys().then((names) => caches.open(names[0])).then((c) => c.keys())"
        ".then((all) => all.map((one) => new URL(one.url).pathname))"
    )
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/accounts/login/")

    assert page.locator("h1").inner_text().replace("’", "'") in {"Le réseau n'est pas là.", "The network is away."}
    assert [path for path in caught if path != "/away/" and not path.startswith("/static/")] == []
