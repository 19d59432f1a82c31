"""A platform closes: nothing leaves by accident, nothing is lost, and each piece finds where its use lives on."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.archive import actions, farewell_queries
from pupitre.archive.models import Farewell
from pupitre.channels.models import Channel
from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal
from pupitre.editorial.models import Post, Variant
from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import due

SOON = date(2031, 4, 2)
DATES = {"announced": date(2030, 10, 8), "api_end": date(2031, 3, 7), "closes": SOON}
WHY = "Annoncé par sa maison le 8 octobre, dans la presse."


@pytest.fixture
def elsewhere(claire: Member) -> Channel:
    return Channel.objects.create(
        organisation=claire.organisation, network="manual", remote_id="2", handle="le-quartier", name="Le quartier",
        url="https://quartier.example/levain",
    )  # fmt: skip


@pytest.fixture
def promised(channel: Channel, claire: Member) -> dict[str, Delivery]:
    """A post of a variant, one of the API's, an answer to somebody, and one that may be out."""
    at = timezone.now() + timedelta(days=2)
    made = {
        kind: Delivery.objects.create(
            organisation=channel.organisation, channel=channel, text=f"Fournée, {kind}", fingerprint=kind, due_at=at,
            next_at=at, promised_by=claire, kind="reply" if kind == "answer" else "post",
            state="unknown" if kind == "leaving" else "scheduled",
        )
        for kind in ("written", "plain", "answer", "leaving")
    }  # fmt: skip
    post = Post.objects.create(organisation=channel.organisation, title="Fournée", created_by=claire)
    Variant.objects.create(
        post=post, organisation=channel.organisation, channel=channel, text="Fournée, written", due_at=at,
        delivery=made["written"], approved_by=claire, approved_at=at,
    )  # fmt: skip
    return made


def state(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state


def test_its_queue_stops_and_its_people_are_still_answered(
    channel: Channel, elsewhere: Channel, promised: dict[str, Delivery], claire: Member
) -> None:
    farewell = actions.begin_farewell(channel, by=claire, reason=WHY, dates=DATES)

    assert {kind: state(one) for kind, one in promised.items()} == {
        "written": "held", "plain": "held", "answer": "scheduled", "leaving": "unknown",
    }  # fmt: skip
    left = {one.id for one in due(now=timezone.now() + timedelta(days=3), limit=9)}
    assert left == {promised["answer"].pk, promised["leaving"].pk}
    word = Variant.objects.get(post=farewell.word)
    assert (word.channel, word.delivery, word.approved_at) == (channel, None, None)
    assert "ferme le mercredi 2 avril 2031" in word.text.replace("\u00a0", " ")
    assert "https://quartier.example/levain" in word.text
    tasks = Task.objects.filter(subject__startswith="farewell:").order_by("due_on").values_list("due_on", flat=True)
    assert list(tasks) == [date(2031, 3, 7), SOON]
    assert AuditEntry.objects.get(verb="farewell_begun").detail["held"] == 2


def test_said_again_it_corrects_the_dates(channel: Channel, claire: Member) -> None:
    first = actions.begin_farewell(channel, by=claire, reason=WHY, dates=DATES)
    again = actions.begin_farewell(channel, by=claire, reason=WHY, dates={**DATES, "closes": date(2031, 5, 1)})
    assert (again.pk, again.word_id) == (first.pk, first.word_id)
    open_tasks = Task.objects.filter(subject=f"farewell:{channel.pk}:closes", done_at__isnull=True)
    assert [task.due_on for task in open_tasks] == [date(2031, 5, 1)]
    with pytest.raises(Refusal) as refusal:
        actions.begin_farewell(channel, by=claire, reason="", dates={**DATES, "api_end": date(2031, 6, 1)})
    assert [fault.field for fault in refusal.value.faults] == ["reason", "api_end"]


def test_each_piece_goes_where_it_can_be_carried(
    channel: Channel, elsewhere: Channel, promised: dict[str, Delivery], claire: Member
) -> None:
    actions.begin_farewell(channel, by=claire, reason=WHY, dates=DATES)
    waiting = list(farewell_queries.waiting(channel))
    places = {one.pk: there for one, there in farewell_queries.places(channel, waiting)}
    assert places == {promised["written"].pk: [elsewhere], promised["plain"].pk: [elsewhere]}

    for kind in ("written", "plain"):
        one = Delivery.objects.select_related("channel", "variant__post").get(pk=promised[kind].pk)
        actions.place_elsewhere(one, elsewhere, by=claire)
    there = Variant.objects.filter(channel=elsewhere).order_by("text")
    assert [(one.text, one.approved_at, one.delivery) for one in there] == [
        ("Fournée, plain", None, None), ("Fournée, written", None, None),
    ]  # fmt: skip
    assert there[1].post.variants.count() == 2
    assert there[1].due_at == promised["written"].due_at
    assert [state(promised[kind]) for kind in ("written", "plain")] == ["cancelled", "cancelled"]
    with pytest.raises(Refusal):
        actions.place_elsewhere(promised["answer"], channel, by=claire)


def test_at_the_end_the_channel_and_its_charter_are_closed(
    channel: Channel, promised: dict[str, Delivery], claire: Member
) -> None:
    farewell = actions.begin_farewell(channel, by=claire, reason=WHY, dates=DATES)
    actions.end_farewell(farewell, by=claire)

    channel.refresh_from_db()
    assert channel.state == "closed"
    assert [state(promised[kind]) for kind in ("written", "plain")] == ["cancelled", "cancelled"]
    closed = AuditEntry.objects.get(verb="charter_closed")
    assert (closed.reason, closed.detail) == (WHY, {"purpose": "Dire ce qui sort du four"})
    assert not Task.objects.filter(subject__startswith="farewell:", done_at__isnull=True).exists()
    with pytest.raises(Conflict):
        actions.end_farewell(Farewell.objects.get(), by=claire)
    with pytest.raises(Conflict):
        actions.begin_farewell(channel, by=claire, reason=WHY, dates=DATES)


def test_only_the_owner_says_goodbye(channel: Channel, karim: Member) -> None:
    karim.role = "conductor"
    karim.save()
    with pytest.raises(NotAllowed):
        actions.begin_farewell(channel, by=karim, reason=WHY, dates=DATES)


def test_the_page_leads_from_the_announcement_to_the_end(
    channel: Channel, elsewhere: Channel, promised: dict[str, Delivery], claire: Member
) -> None:
    browser = Client()
    browser.force_login(claire.user)
    slug = claire.organisation.slug
    page = reverse("archive:farewell", args=[slug, channel.pk])
    assert "ferme-t-elle" in browser.get(page).content.decode()
    begin = reverse("archive:farewell_begin", args=[slug, channel.pk])
    assert browser.post(begin, {"reason": WHY, "closes": "le printemps"}).status_code == 422
    assert browser.post(begin, {"reason": WHY, "closes": "2031-04-02"}).status_code == 302
    html = browser.get(page).content.decode()
    assert ("Fournée, plain" in html, "Le quartier" in html) == (True, True)
    place = reverse("archive:elsewhere", args=[slug, promised["plain"].pk])
    assert browser.post(place, {"there": "999999"}).status_code == 422
    assert browser.post(place, {"there": elsewhere.pk}).status_code == 302
    assert "Fournée, plain" not in browser.get(page).content.decode()
    assert browser.post(reverse("archive:farewell_end", args=[slug, channel.pk])).status_code == 302
    assert "est fermé" in browser.get(page).content.decode()
