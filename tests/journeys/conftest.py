"""What journeys stand on: an empty installation served over HTTP, and a place that gives a feed."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from tests.journeys.visitor import Visitor

pytest.register_assert_rewrite("tests.journeys.main_job", "tests.journeys.visitor")
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


@pytest.fixture
def visit(browser: "Browser", live_server: "LiveServer", settings: Any) -> "Iterator[Callable[..., Visitor]]":
    """A new person with her own browser: `visit("fr")`, or without scripts: `visit("fr", scripts=False)`."""
    from tests.journeys.visitor import Visitor

    settings.ALLOWED_HOSTS = ["*"]
    opened = []

    def come(language: str, *, scripts: bool = True, **more: Any) -> Visitor:
        screen = {"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/Paris", **more}
        context = browser.new_context(
            locale=LOCALES[language], java_script_enabled=scripts, reduced_motion="reduce", **screen
        )
        opened.append(context)
        return Visitor(context.new_page(), live_server.url, language)

    yield come
    for context in opened:
        context.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph of 640 by 480."""
    file = tmp_path / "four.jpg"
    bytes_ = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(bytes_, "JPEG")
    file.write_bytes(bytes_.getvalue())
    return file


FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Gazette du quartier</title><link>https://gazette.example/</link>
<description>Nouvelles</description>
<item><title>La boulangerie Levain ouvre le dimanche</title><link>https://gazette.example/1</link>
<guid>https://gazette.example/1</guid><description>Le pain de seigle de Levain et Fils est attendu.</description>
</item>
<item><title>Travaux rue Haute</title><link>https://gazette.example/2</link><guid>https://gazette.example/2</guid>
<description>La rue est barrée.</description></item></channel></rss>"""


class _Gazette(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FEED.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def gazette() -> Iterator[str]:
    """The address of a feed with two items, one of which is about the bakery."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Gazette)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/feed.xml"
    server.shutdown()
    server.server_close()
    thread.join()
