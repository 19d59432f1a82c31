"""A real browser: chromium without the outside world, what goes wrong on a page, and what axe-core says of it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.servers.parts import LOOPBACK, PartMissing

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, Playwright, Request, sync_playwright
except ModuleNotFoundError as absent:  # pragma: no cover - a machine without the development packages
    raise PartMissing(f"the browser's driver is not installed ({absent.name})") from absent

# Quiet, and unable to look any name up but this machine's.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
)
HERE = {LOOPBACK, "localhost", ""}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass
class Trouble:
    """What went wrong while pages were shown; a test asserts that `all` is empty."""

    script_errors: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    """Addresses outside this machine that a page asked for."""

    @property
    def all(self) -> list[str]:
        """Every trouble in one list."""
        return [*self.script_errors, *self.console_errors, *self.strangers]


def chromium_path() -> str | None:
    """The machine's own chromium, or None for the one playwright keeps."""
    for name in (os.environ.get("PUPITRE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name) if name else None
        if found:
            return found
    return None


def _launch(playwright: Playwright) -> Browser:
    own = chromium_path()
    if own is None and not os.path.exists(playwright.chromium.executable_path):
        raise PartMissing("chromium is not installed (Debian package chromium, or `playwright install chromium`)")
    return playwright.chromium.launch(executable_path=own, args=list(FLAGS))


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for the length of the block. Raises PartMissing without chromium.

    While it runs, asyncio cannot be started in the same thread: keep it to the files that show pages.
    """
    with sync_playwright() as playwright:
        browser = _launch(playwright)
        try:
            yield browser
        finally:
            browser.close()


def watched(page: Page) -> Trouble:
    """Start noting what goes wrong on this page."""
    trouble = Trouble()

    def note_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and (address.hostname or "") not in HERE:
            trouble.strangers.append(request.url)

    page.on("request", note_request)
    page.on("pageerror", lambda error: trouble.script_errors.append(str(error)))
    page.on("console", lambda said: trouble.console_errors.append(said.text) if said.type == "error" else None)
    return trouble


def axe(page: Page, *, within: str | None = None) -> list[str]:
    """What axe-core refuses on the page as it stands, one line a rule with the places; empty when all is well.

    `within` is a CSS selector that limits the look. Needs JavaScript to be on in the page.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(RULES)}}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [_line(violation) for violation in found]


def _line(violation: dict[str, Any]) -> str:
    places = "; ".join(" ".join(str(step) for step in node["target"]) for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']} — {places}"


def tab_stops(page: Page, *, at_most: int = 200) -> list[str]:
    """What the Tab key reaches from the top of the page, in order, each by its role and visible name."""
    page.evaluate("document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0)")
    stops: list[str] = []
    first: object = None
    for _press in range(at_most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here is None or here["place"] == first:
            return stops
        first = first or here["place"]
        stops.append(here["name"])
    raise AssertionError(f"the Tab key does not come round after {at_most} presses: {stops[-5:]}")


WHERE = """() => {
  const e = document.activeElement
  if (!e || e === document.body || e === document.documentElement) return null
  const all = [...document.querySelectorAll('*')]
  const label = e.labels && e.labels.length ? e.labels[0].textContent : ''
  const name = e.getAttribute('aria-label') || label || e.textContent || e.getAttribute('name') || ''
  return {place: all.indexOf(e), name: e.tagName.toLowerCase() + ' ' + name.trim().replace(/\\s+/g, ' ')}
}"""
