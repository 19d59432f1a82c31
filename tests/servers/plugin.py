"""The real servers as session fixtures, started when first asked for, and a plain account of what was left out."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from tests.servers import bluesky, dovecot, mastodon, postgres, smtp, wordpress
from tests.servers.parts import PartMissing, everything_is_required
from tests.servers.relay import Relay, relay

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.servers.browser import Trouble

Server = TypeVar("Server")
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

SERVERS = {"own_postgres", "own_database", "bluesky_network", "mastodon_server", "wordpress_site", "mail_server"}
BROWSERS = {"browser"}
A_SCREEN: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "fr-FR",
    "timezone_id": "Europe/Paris",
}


@contextmanager
def served(server: Callable[[], AbstractContextManager[Server]]) -> Iterator[Server]:
    """The server for the length of the block, or the test skipped with the reason why it cannot run here."""
    with ExitStack() as stack:
        try:
            running = stack.enter_context(server())
        except PartMissing as missing:
            pytest.skip(str(missing))
        yield running


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[postgres.OwnPostgres]:
    """A PostgreSQL cluster that a test may restart or crash; it is running again when the test ends."""
    with served(postgres.own_postgres) as cluster:
        yield cluster


@pytest.fixture
def own_database(own_postgres: postgres.OwnPostgres) -> Iterator[str]:
    """The address of a new empty database on it."""
    if not own_postgres.takes_queries():
        own_postgres.restart()
    with own_postgres.database() as address:
        yield address


@pytest.fixture(scope="session")
def bluesky_network() -> Iterator[bluesky.BlueskyNetwork]:
    """A whole real Bluesky network, shared by the session: give each test accounts of its own."""
    with served(bluesky.bluesky_network) as network:
        yield network


@pytest.fixture(scope="session")
def mastodon_server() -> Iterator[mastodon.MastodonServer]:
    """A stateful server of the Mastodon API, shared by the session: give each test accounts of its own."""
    with served(mastodon.mastodon_server) as server:
        yield server


@pytest.fixture(scope="session")
def wordpress_site() -> Iterator[wordpress.WordPressSite]:
    """A real WordPress site with a conductor and an editor, shared by the session."""
    with served(wordpress.wordpress_site) as site:
        yield site


@pytest.fixture(scope="session")
def mail_server() -> Iterator[dovecot.MailServer]:
    """A real IMAP server: `mail_server.mailbox("contact@levain.example")` opens a new mailbox."""
    with served(dovecot.mail_server) as server:
        yield server


@pytest.fixture
def postbox() -> Iterator[smtp.Postbox]:
    """An SMTP server that keeps what it is sent."""
    with served(smtp.smtp_server) as box:
        yield box


@pytest.fixture
def relay_to() -> Iterator[Callable[[str], Relay]]:
    """Put a relay that can lose answers in front of any server: `relay_to(bluesky_network.pds_url)`."""
    with ExitStack() as stack:
        yield lambda upstream: stack.enter_context(relay(upstream))


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for one file of tests: asyncio cannot be started in its thread while it runs."""
    with pytest.MonkeyPatch.context() as patch:
        # Its driver runs a loop in this thread, which Django would take for an asynchronous view.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        try:
            from tests.servers.browser import chromium
        except PartMissing as missing:
            pytest.skip(str(missing))
        with served(chromium) as running:
            yield running


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """A new page of a new visitor, in French, on a desk's screen."""
    context = browser.new_context(**A_SCREEN, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: "Browser") -> "Iterator[Page]":
    """The same visitor without JavaScript."""
    context = browser.new_context(**A_SCREEN, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def trouble(page: "Page") -> "Trouble":
    """What goes wrong on `page` from now on: scripts, console, and calls to anybody but this machine."""
    from tests.servers.browser import watched

    return watched(page)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test asks for, so that `-m "not real and not browser"` is the run without any server."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & SERVERS:
            item.add_marker("real")
        if asked & BROWSERS:
            item.add_marker("browser")


def _why(report: pytest.TestReport | pytest.CollectReport) -> str:
    words = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return words.removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is required, a test that cannot run has failed."""
    return _without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    return _without_skip((yield))


def _without_skip(report: Report) -> Report:
    if everything_is_required() and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Everything is required here, and this was left out: {_why(report)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what this machine could not run, and why, in one line a reason."""
    reasons: dict[str, int] = defaultdict(int)
    for report in terminalreporter.stats.get("skipped", ()):
        reasons[_why(report)] += 1
    if not reasons:
        return
    terminalreporter.section("left out on this machine")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} test{'s' if count > 1 else ''}: {reason}")
