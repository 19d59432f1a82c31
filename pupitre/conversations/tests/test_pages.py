"""What the pages show, to whom, and for how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations import actions
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.tests.test_journey import ALLERGY, said
from pupitre.core.models import Member
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Voice

LATE = "Commande pas prête à 18 h, vingt minutes à attendre, personne ne prévient. {}"


def many(channel: Channel, count: int) -> Thread:
    """So many people who complain of one thing, a minute apart; the first one's thread."""
    start = timezone.now() - timedelta(hours=2)
    actions.take_in(channel, [
        said(LATE.format(number), id=f"q{number}", author=Author(f"p{number}", f"p{number}", f"Personne {number}"),
             at=start + timedelta(minutes=number))
        for number in range(count)
    ])  # fmt: skip
    return Thread.objects.earliest("id")


@pytest.mark.parametrize("count", [1, 3, 50])
def test_pages_cost_the_same_however_many_wait(
    client: Client, channel: Channel, claire: Member, voice: Voice, count: int
) -> None:
    thread = many(channel, count)
    for number in range(count):
        actions.add_note(thread, f"Note {number}", by=claire)
    client.force_login(claire.user)
    slug = claire.organisation.slug
    costs = {}
    for name, address in {
        "inbox": reverse("conversations:inbox", args=[slug]),
        "thread": reverse("conversations:thread", args=[slug, thread.pk]),
        "search": reverse("conversations:search", args=[slug]) + "?q=commande",
    }.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(address)
        costs[name] = len(queries.captured_queries)
        assert page.status_code == 200
        assert len(page.content) < 60_000
        assert page.content.decode().count("<h1") == 1

    assert {name: cost for name, cost in costs.items() if cost > 12} == {}


def test_pages_follow_each_other_by_key(client: Client, channel: Channel, claire: Member) -> None:
    many(channel, 70)
    client.force_login(claire.user)
    address = reverse("conversations:inbox", args=[claire.organisation.slug])
    seen: list[int] = []
    following = ""
    for _ in range(3):
        page = client.get(address + following)
        seen += [row["thread"].pk for section in page.context["sections"] for row in section["rows"]]
        following = page.context["older"]

    assert following == ""
    assert seen == list(Thread.objects.order_by("due_at", "id").values_list("pk", flat=True))


@pytest.mark.parametrize("words", [
    "?after=x", "?after=2026-01-01T10:00:00~1", "?after=~1", "?after=2026-01-01T10:00:00Z~" + "9" * 40, "?after=²~²",
    "?channel=²", "?channel=" + "9" * 30, "?kind=nothing&only=nobody",
])  # fmt: skip
def test_nonsense_in_an_address_shows_the_list(client: Client, channel: Channel, claire: Member, words: str) -> None:
    many(channel, 1)
    client.force_login(claire.user)

    assert client.get(reverse("conversations:inbox", args=[claire.organisation.slug]) + words).status_code == 200


def test_the_filters(client: Client, channel: Channel, claire: Member) -> None:
    many(channel, 2)
    actions.take_in(channel, [said(ALLERGY)])
    mine = Thread.objects.get(remote_id="m1")
    actions.claim(mine, by=claire)
    client.force_login(claire.user)
    address = reverse("conversations:inbox", args=[claire.organisation.slug])

    def shown(query: str) -> set[int]:
        page = client.get(address + query)
        return {row["thread"].pk for section in page.context["sections"] for row in section["rows"]}

    others = set(Thread.objects.exclude(pk=mine.pk).values_list("pk", flat=True))
    assert shown("?only=mine") == {mine.pk}
    assert shown("?only=free") == others
    assert shown("?kind=complaint") == others
    assert shown("?only=private") == set()
    assert shown(f"?channel={channel.pk}") == others | {mine.pk}


def test_a_draft_is_read_over_with_its_marks(client: Client, channel: Channel, claire: Member) -> None:
    thread = many(channel, 3)
    client.force_login(claire.user)
    draft = "Bonjour, vous avez mal lu : il n’y a aucun retard <b>ici</b>."

    page = client.post(reverse("conversations:advice", args=[claire.organisation.slug, thread.pk]), {"text": draft})

    reading = page.context["advice"].values["reading"]
    html = page.content.decode()
    assert "".join(piece.text for piece in reading.pieces) == draft
    assert [fault.number for fault in reading.faults] == list(range(1, len(reading.faults) + 1))
    assert {fault.category: fault.strength for fault in reading.faults}["denial"] == 3
    assert "plusieurs personnes décrivent" in html
    assert html.count('<mark class="advice') == len([piece for piece in reading.pieces if piece.remark])
    assert "<b>ici</b>" not in html
    assert {duty.category: duty.met for duty in reading.duties}["greets"]
    assert Message.objects.filter(ours=True).count() == 0
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(("verb", "values"), [
    ("answer", {"text": "", "voice": ""}), ("advice", {"text": " "}), ("close", {"closure": "answered", "reason": ""}),
    ("hand_over", {"to": "", "return_hours": "²"}), ("pause", {"reason": "busy"}), ("note", {"note": ""}),
    ("correct", {"kind": "x"}), ("resume", {}), ("release", {}), ("reopen", {}),
])  # fmt: skip
def test_a_refused_form_comes_back_with_what_was_typed(
    client: Client, channel: Channel, claire: Member, verb: str, values: dict[str, str]
) -> None:
    thread = many(channel, 1)
    client.force_login(claire.user)

    page = client.post(reverse(f"conversations:{verb}", args=[claire.organisation.slug, thread.pk]), values)

    assert page.status_code in {409, 422}
    thread.refresh_from_db()
    assert (thread.state, thread.owner) == ("open", None)


def test_a_reader_reads_and_does_nothing(client: Client, channel: Channel, claire: Member, lucie: Member) -> None:
    thread = many(channel, 1)
    lucie.role = "reader"
    lucie.save()
    client.force_login(lucie.user)
    slug = claire.organisation.slug

    assert client.get(reverse("conversations:thread", args=[slug, thread.pk])).status_code == 200
    for verb, values in {
        "answer": {"text": "Oui."},
        "close": {"closure": "answered", "reason": "de vive voix"},
    }.items():
        assert client.post(reverse(f"conversations:{verb}", args=[slug, thread.pk]), values).status_code == 403


def test_every_address_hides_from_strangers(client: Client, channel: Channel, stranger: Member) -> None:
    thread = many(channel, 1)
    client.force_login(stranger.user)
    verbs = (
        "answer",
        "advice",
        "close",
        "reopen",
        "claim",
        "release",
        "hand_over",
        "pause",
        "resume",
        "note",
        "correct",
    )

    for slug in (thread.organisation.slug, stranger.organisation.slug):
        seen = {client.post(reverse(f"conversations:{verb}", args=[slug, thread.pk])).status_code for verb in verbs}
        assert seen == {404}
