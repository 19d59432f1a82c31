"""From a feed to a mention with its reason, on good days and bad ones."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.connections import http
from pupitre.conversations.models import Thread as Conversation
from pupitre.core.models import Member, Task
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.listening import actions, jobs
from pupitre.listening.feeds import NotAFeed, parse
from pupitre.listening.models import Item, Mention, Source

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Le Courrier de Valserein</title>
<item><guid>1</guid><title>La boulangerie Lévain ouvre le dimanche</title><link>https://courrier.example/1</link>
<description>&lt;p&gt;Le fournil de la rue des Halles.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
<author>Anne Martin</author><pubDate>{date}</pubDate></item>
<item><guid>2</guid><title>Travaux rue Haute</title><link>https://courrier.example/2</link><pubDate>{date}</pubDate></item>
</channel></rss>"""
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<rss version='2.0'><channel><title>&c;</title></channel></rss>"
)


def rss() -> str:
    return RSS.replace("{date}", timezone.now().strftime("%a, %d %b %Y %H:%M:%S +0000"))


class Site(BaseHTTPRequestHandler):
    """A small site whose pages the test writes."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append({name.lower(): value for name, value in self.headers.items()})
        status, headers, body = self.pages.get(self.path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.pages, Site.asked = {"/feed": (200, {"ETag": '"v1"'}, rss().encode())}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_source_is_read_before_it_is_kept(claire: Member, site: str) -> None:
    source = actions.add_source(site + "/feed", by=claire)

    item = Item.objects.get(remote_id="1")
    assert (source.title, source.state, Item.objects.count()) == ("Le Courrier de Valserein", "healthy", 2)
    assert item.text == "La boulangerie Lévain ouvre le dimanche\nLe fournil de la rue des Halles."
    assert len(item.author_key) == 64
    assert "Martin" not in item.author_key


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"<html><body>Bonjour</body></html>", 200, "url"),
        (b"\x89PNG....", 200, "url"),
        (b"", 200, "url"),
        (b'{"version": 1}', 200, "url"),
        (BOMB.encode(), 200, "url"),
        (b"x" * 6_000_000, 200, "url"),
        (b"gone", 410, "url"),
    ],
    ids=["page", "image", "empty", "json", "bomb", "huge", "gone"],
)
def test_what_is_no_feed_is_refused_with_its_reason(
    claire: Member, site: str, body: bytes, status: int, field: str
) -> None:
    Site.pages["/bad"] = (status, {}, body)

    with pytest.raises(Refusal) as refusal:
        actions.add_source(site + "/bad", by=claire)

    assert [fault.field for fault in refusal.value.faults] == [field]
    assert not Source.objects.exists()


def test_a_feed_at_a_private_address_is_refused(claire: Member, site: str, settings: object) -> None:
    settings.ALLOW_PRIVATE_ADDRESSES = False  # type: ignore[attr-defined]
    http.cache_clear()
    try:
        with pytest.raises(Refusal):
            actions.add_source(site + "/feed", by=claire)
        assert Site.asked == []
    finally:
        http.cache_clear()


def test_the_bomb_is_named() -> None:
    with pytest.raises(NotAFeed, match="trapped"):
        parse(BOMB.encode())


def test_the_same_source_once(claire: Member, site: str) -> None:
    actions.add_source(site + "/feed", by=claire)

    with pytest.raises(Conflict):
        actions.add_source(site + "/feed", by=claire)


def test_a_query_answers_for_what_is_held_and_for_what_comes(claire: Member, site: str) -> None:
    source = actions.add_source(site + "/feed", by=claire)
    query = actions.save_query(by=claire, name="Nous", text="levain OR fournil")
    Site.pages["/feed"] = (200, {}, rss().replace("<guid>2<", "<guid>3<").replace("Travaux", "Un FOURNIL").encode())
    Source.objects.filter(pk=source.pk).update(due_at=timezone.now())

    jobs.read_due()

    found = {mention.item.remote_id: mention.spans for mention in Mention.objects.filter(query=query)}
    text = Item.objects.get(remote_id="1").text
    assert found["3"] == [[3, 10]]
    assert [text[a:b] for a, b in found["1"]] == ["Lévain", "fournil"]


def test_an_unchanged_feed_costs_nothing(claire: Member, site: str) -> None:
    source = actions.add_source(site + "/feed", by=claire)
    Site.pages["/feed"] = (304, {}, b"")
    Source.objects.filter(pk=source.pk).update(due_at=timezone.now())

    assert jobs.read_due() == 1

    source.refresh_from_db()
    assert Site.asked[-1]["if-none-match"] == '"v1"'
    assert (source.state, Item.objects.count()) == ("healthy", 2)


def test_a_source_that_falls_silent_is_an_alarm_until_it_speaks(claire: Member, site: str) -> None:
    source = actions.add_source(site + "/feed", by=claire)
    kept = Site.pages.pop("/feed")
    pauses = []
    for _ in range(3):
        Source.objects.filter(pk=source.pk).update(due_at=timezone.now())
        jobs.read_due()
        source.refresh_from_db()
        pauses.append(source.due_at - timezone.now())  # type: ignore[operator]
    assert (source.state, Task.objects.filter(done_at__isnull=True).count()) == ("mute", 1)
    assert pauses[0] < pauses[1] < pauses[2]

    Site.pages["/feed"] = kept
    Source.objects.filter(pk=source.pk).update(due_at=timezone.now())
    jobs.read_due()

    source.refresh_from_db()
    assert (source.state, Task.objects.filter(done_at__isnull=True).count()) == ("healthy", 0)


@pytest.mark.parametrize(("text", "place"), [("(levain", 1), ("levain AND", 8), ("NOT levain", 1), ("", 1)])
def test_a_query_that_cannot_be_asked_points_at_the_character(claire: Member, text: str, place: int) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.try_query(claire.organisation, text)

    assert refusal.value.faults[0].params["place"] == place


def test_from_a_mention_to_a_conversation(client: Client, claire: Member, stranger: Member, site: str) -> None:
    actions.add_source(site + "/feed", by=claire)
    actions.save_query(by=claire, name="Nous", text="levain")
    mention = Mention.objects.get()
    slug = claire.organisation.slug
    client.force_login(claire.user)

    page = client.get(reverse("listening:mirror", args=[slug]))
    tried = client.post(reverse("listening:query_try", args=[slug]), {"name": "n", "text": "boulangerie"})
    opened = client.post(reverse("listening:open", args=[slug, mention.pk]))
    again = client.post(reverse("listening:open", args=[slug, mention.pk]))

    thread = Conversation.objects.get()
    assert "<mark>Lévain</mark>" in page.content.decode()
    assert tried.context["trial"].count == 1
    assert opened.headers["Location"] == reverse("conversations:thread", args=[slug, thread.pk])
    assert (thread.origin, again.status_code) == ("listening", 409)
    client.force_login(stranger.user)
    assert client.post(reverse("listening:open", args=["valserein", mention.pk])).status_code == 404


def test_old_items_are_outside_the_trial(claire: Member, site: str) -> None:
    actions.add_source(site + "/feed", by=claire)
    Item.objects.filter(remote_id="1").update(at=timezone.now() - timedelta(days=31))

    assert actions.try_query(claire.organisation, "levain OR travaux").count == 1
