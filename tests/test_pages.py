"""Every page that can be visited, as a house that is in use shows it: light, bounded, sound, in one language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.shell import catalogues
from pupitre.shell.catalogues import said
from pupitre.strategy.models import Objective, Voice
from tests.house.furnished import furnish
from tests.house.routes import Place, ids, places

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
QUERIES, BYTES = 12, 60_000
NOT_PAGES = {
    "archive:file",
    "archive:export",
    "links:qr",
    "measurement:report",  # kept in its own language
    "library:file",
    "strategy:pdf",
    "crisis:thread_pdf",
    "strategy:export",
    "listening:opml",
}  # files
ASKS = ("src", "action", "hx-get", "hx-post", "formaction")
SILENT = {"script", "style", "svg", "code"}


class Page(HTMLParser):
    """What matters of a page: its titles, the addresses it asks, and what it says to the reader, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.titles, self.asked, self.said, self.open = 0, [], [], []  # type: ignore[var-annotated]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.titles += tag == "h1"
        self.asked += [
            str(given[key]) for key in ("src", "action", "hx-get", "hx-post", "formaction") if given.get(key)
        ]
        self.asked += [str(given["href"])] if tag == "link" and given.get("href") else []
        self.said += [str(given[key]) for key in ("aria-label", "placeholder", "title") if given.get(key)]
        if tag in SILENT:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open and data.strip():
            self.said.append(" ".join(data.split()))


class Seen(NamedTuple):
    """One visit: the page's name and address, how many queries it took, its answer."""

    name: str
    address: str
    queries: int
    html: str
    policy: str


def visited(member: Member, language: str = "fr", *, newest: bool = False) -> list[Seen]:
    """Every page of her house, each at the first of its rows, or the newest, that shows something."""
    member.user.language = language
    member.user.save()
    client = Client()
    client.force_login(member.user)
    client.get(f"/o/{member.organisation.slug}/")
    rows = [sorted(keys) for keys in ids(member.organisation.pk).values() if keys]
    known = sorted({pk for keys in rows for pk in (keys[:2] + keys[-2:])}, reverse=newest)
    return [seen for place in places() if place.name not in NOT_PAGES for seen in visit(client, member, place, known)]


def visit(client: Client, member: Member, place: Place, known: list[int]) -> Iterator[Seen]:
    """The first answer that is a page. Its row goes to the front: addresses that follow are about the same thing."""
    for pk in list(known) if "pk" in place.asks else [0]:
        address = place.address(member.organisation.slug, pk=pk, network="manual")
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        if answer.status_code == 405:
            return
        if answer.status_code in {200, 409} and "html" in answer.headers["Content-Type"]:
            known.sort(key=lambda other, found=pk: other != found)
            policy = answer.headers.get("Content-Security-Policy", "")
            yield Seen(place.name, address, len(asked), answer.content.decode(), policy)
            return


@pytest.fixture
def small(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Member:
    furnish(claire, objective, voice, channel)
    return claire


@pytest.fixture
def large(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Member:
    furnish(claire, objective, voice, channel, times=40)
    return claire


def test_pages_are_light_and_bounded_whatever_is_kept(large: Member) -> None:
    pages = visited(large)

    assert len(pages) > 35
    assert [f"{one.name}: {one.queries} queries" for one in pages if one.queries > QUERIES] == []
    assert [f"{one.name}: {len(one.html)} bytes" for one in pages if len(one.html.encode()) > BYTES] == []


def test_pages_are_light_when_little_is_kept(small: Member) -> None:
    pages = visited(small) + visited(small, newest=True)

    assert sorted({f"{one.address}: {one.queries} queries" for one in pages if one.queries > QUERIES}) == []


def test_every_page_says_its_state_once_and_asks_nobody_else(small: Member) -> None:
    pages = [(seen, Page(seen.html)) for seen in visited(small)]

    assert [seen.name for seen, page in pages if page.titles != 1] == []
    assert [(s.name, url) for s, page in pages for url in page.asked if not re.match(r"/(?!/)|\?|#|data:", url)] == []
    assert {seen.policy.split(";")[0] for seen, _ in pages} == {"default-src 'self'"}
    assert [seen.name for seen, _ in pages if "'unsafe" in seen.policy] == []


def test_french_pages_speak_french(small: Member) -> None:
    assert foreign(visited(small, "fr"), english_only()) == []


def test_english_pages_speak_english(small: Member, objective: Objective) -> None:
    own = {plain(words) for words in (objective.reason, objective.subject, objective.presence)}

    assert foreign(visited(small, "en"), french_only() - own) == []


def foreign(pages: list[Seen], words: set[str]) -> list[tuple[str, str]]:
    """What these pages say that is in this set."""
    return sorted({(seen.name, text) for seen in pages for text in Page(seen.html).said if plain(text) in words})


def pairs() -> Iterator[tuple[str, str]]:
    """Every sentence of the catalogues in English and in French, without those that hold a value."""
    for room in catalogues.rooms():
        for message in catalogues.catalogue(room):
            if message.id and isinstance(message.id, str) and "%" not in message.id:
                yield plain(message.id), plain(str(message.string))


def english_only() -> set[str]:
    french = {there for _, there in pairs()}
    return {here for here, there in pairs() if here != there and len(here) > 3} - french


def french_only() -> set[str]:
    english = {here for here, _ in pairs()} | {one.msgid for one in said()}
    return {there for here, there in pairs() if here != there and len(there) > 3} - english - {"Pupitre"}  # the name


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").replace("’", "'").split())
