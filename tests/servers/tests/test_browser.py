"""The browser is a real one, cut off from the outside, and the checks bite."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page

from tests.servers.browser import Trouble, axe, tab_stops

GOOD = """<!doctype html><html lang="fr"><head><title>Le pupitre</title></head><body>
<header><a href="#contenu">Aller au contenu</a></header>
<main id="contenu"><h1>Rien n\'attend</h1><label>Chercher <input name="q"></label><button>Répondre</button>
<p id="said">sans script</p><script>said.textContent = "avec script"</script></main></body></html>"""
BAD = """<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1><img src="/a.png"><input name="q">
<p style="color:#999;background:#aaa">gris sur gris</p>
<script>setTimeout(() => { throw new Error("cassé") })</script>
<script src="http://elsewhere.example/t.js"></script></main></body></html>"""
PAGES = {"/good": GOOD, "/bad": BAD}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = PAGES.get(self.path)
        self.send_response(200 if text else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def site() -> Iterator[str]:
    with served() as address:
        yield address


def test_a_good_page_has_no_trouble(page: Page, trouble: Trouble, site: str) -> None:
    page.goto(f"{site}/good")
    assert (axe(page), trouble.all) == (
        [],
        ["Failed to load resource: the server responded with a status of 404 (Not Found)"],
    )
    assert page.text_content("#said") == "avec script"
    assert page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]") == [
        "fr-FR",
        "Europe/Paris",
    ]


def test_without_javascript_the_page_is_the_server_s(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/good")
    assert plain_page.text_content("#said") == "sans script"


def test_every_fault_of_a_bad_page_is_named(page: Page, trouble: Trouble, site: str) -> None:
    page.goto(f"{site}/bad")
    page.wait_for_timeout(100)
    rules = {line.split(" ")[0] for line in axe(page)}
    assert {"html-has-lang", "image-alt", "label", "color-contrast"} <= rules
    assert trouble.script_errors == ["cassé"]
    assert trouble.strangers == ["http://elsewhere.example/t.js"]


def test_the_tab_key_walks_the_page_in_order(page: Page, site: str) -> None:
    page.goto(f"{site}/good")
    assert tab_stops(page) == ["a Aller au contenu", "input Chercher", "button Répondre"]
