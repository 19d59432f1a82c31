"""An exercise in the real rooms: walled, led by its clock, felt by its public, and written on its sheet."""

import socket
from datetime import timedelta
from typing import NoReturn

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.actions import connect_channel
from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.connectors.contract import Refused
from pupitre.conversations.actions import answer
from pupitre.conversations.models import Message, Thread
from pupitre.core.models import AuditEntry, Certificate, Member, Organisation
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal
from pupitre.crisis import actions as crisis
from pupitre.crisis.models import Crisis, LogLine
from pupitre.publishing.actions import promise
from pupitre.publishing.keep import keep
from pupitre.publishing.models import Delivery
from pupitre.strategy.queries import missing, objectives
from pupitre.training import actions
from pupitre.training.actions.clock import TERMS, dated
from pupitre.training.models import Drill
from pupitre.training.queries import course, minutes_played

FACT = "Une panne bloque les cartes et l’application depuis ce matin."
WORD = "Une panne bloque les cartes et l’application. Nous cherchons encore la cause. Nous reparlons ici à 14 h 30."
SEED = 7


@pytest.fixture
def drill(claire: Member, lucie: Member) -> Drill:
    return actions.start_drill("bank", by=claire, seed=SEED)


@pytest.fixture
def leader(drill: Drill, claire: Member) -> Member:
    """Claire, as she is inside."""
    return Member.objects.select_related("organisation", "user").get(organisation=drill.place, user=claire.user)


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("an exercise called the outside")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def speak(leader: Member, text: str, *keys: str) -> Crisis:
    """Open the case if need be, and publish this word on these channels."""
    case = Crisis.objects.filter(organisation=leader.organisation).first()
    case = case or crisis.open_crisis(by=leader, title="Cartes refusées", situation="accident")
    word = crisis.write_statement(case, text, by=leader)
    channels = Channel.objects.filter(organisation=leader.organisation, remote_id__in=keys)
    crisis.publish(word, list(channels.order_by("id")), by=leader, alone="Seule à cette heure")
    return case


def test_the_place_is_walled_and_everybody_is_there(drill: Drill, claire: Member, lucie: Member) -> None:
    assert drill.place.walled
    assert {one.user_id for one in drill.place.members.all()} == {claire.user_id, lucie.user_id}
    assert {one.network for one in drill.place.channels.all()} == {"fake"}
    with pytest.raises(NotAllowed):
        actions.start_drill("bank", by=Member.objects.get(organisation=drill.place, user=claire.user))
    with pytest.raises(Refusal):
        actions.start_drill("flood", by=claire)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_place_has_a_reason_so_that_one_may_write_there(claire: Member, language: str) -> None:
    drill = actions.start_drill("bank", by=claire, language=language)

    assert [missing(one) for one in objectives(drill.place)] == [()]


def test_nothing_leaves_its_walls(drill: Drill, leader: Member, no_sockets: None) -> None:
    """No door connects a real account there; a row that pretends to be one is refused at the outbox, without a call."""
    with pytest.raises(NotAllowed):
        connect_channel("mastodon", {"server": "https://social.example", "token": "x"}, by=leader)
    strays = [
        Channel.objects.create(organisation=drill.place, network=key, remote_id=key, handle="@x", name=key)
        for key in ("mastodon", "bluesky", "telegram", "discord", "facebook", "x", "linkedin_page", "mailbox")
    ]
    for one in strays:
        sent = promise(one, by=leader, text="Bonjour", due_at=timezone.now(), promotional=False)
        keep(sent.pk, sent.fence, TERMS)
        sent.refresh_from_db()
        assert (sent.state, sent.remote_id) == ("refused", "")
        with pytest.raises(Refused):
            connector(one).identify()
    actions.let_pass(drill, 240, by=drill.started_by)
    assert Delivery.objects.filter(organisation=drill.place, state="sent", channel__network="fake").count() == 3
    assert not Delivery.objects.filter(channel__in=strays, state="sent").exists()


def test_a_real_house_is_not_walled(bakery: Organisation, channel: Channel) -> None:
    assert not bakery.walled
    assert type(connector(channel)).__name__ == "FakeConnector"


def test_time_moves_what_is_written_there_and_nothing_elsewhere(drill: Drill, leader: Member, channel: Channel) -> None:
    case = speak(leader, WORD, "square")
    elsewhere = promise(channel, by=drill.started_by, text="Demain", due_at=timezone.now() + timedelta(hours=3))
    written = AuditEntry.objects.filter(organisation=drill.place).order_by("id").values_list("at", flat=True)
    journal, lines = list(written), list(LogLine.objects.filter(crisis=case).order_by("id").values_list("at"))
    opened, due = case.opened_at, elsewhere.due_at
    started = drill.started_at
    actions.let_pass(drill, 600, by=drill.started_by)

    case.refresh_from_db()
    elsewhere.refresh_from_db()
    assert opened - case.opened_at == timedelta(minutes=600) == started - drill.started_at
    now = LogLine.objects.filter(crisis=case).order_by("id").values_list("at")
    assert [before[0] - after[0] for before, after in zip(lines, now, strict=True)] == [timedelta(minutes=600)] * len(
        lines
    )
    assert (elsewhere.due_at, list(written)) == (due, journal)
    assert {"Message", "Thread", "Delivery", "Attempt", "Crisis", "Task", "Channel"} <= {
        one.__name__ for one, *_ in dated()
    }


def test_speeds_and_pause_follow_the_real_clock(drill: Drill, claire: Member) -> None:
    actions.set_speed(drill, 60, by=claire)
    Drill.objects.update(ticked_at=timezone.now() - timedelta(seconds=30), started_at=timezone.now())
    drill.refresh_from_db()
    assert actions.tick(drill)
    assert minutes_played(drill, now=timezone.now()) == 29
    stale = Drill.objects.get()
    actions.tick(drill)
    assert not actions.tick(stale), "another worker had just ticked"
    actions.set_speed(drill, 0, by=claire)
    before = drill.started_at
    Drill.objects.update(ticked_at=timezone.now() - timedelta(minutes=10))
    drill.refresh_from_db()
    actions.tick(drill)
    assert drill.started_at - before >= timedelta(minutes=10), "time stood still: the beginning came along"


def test_the_public_hears_what_the_rooms_do(drill: Drill, leader: Member, claire: Member) -> None:
    actions.let_pass(drill, 12, by=claire)
    heard = Message.objects.filter(organisation=drill.place, ours=False).count()
    assert heard == len([one for one in course(drill, now=timezone.now()).wave.said if one.minute < 12])
    case = speak(leader, WORD, "square", "thread")
    crisis.tell(case.audiences.get(kind="staff"), by=leader, way="de vive voix")
    thread = Thread.objects.filter(organisation=drill.place, state="open", kind="complaint").order_by("id")[0]
    answer(thread, "Votre carte refonctionne dès que la panne est levée ; aucun frais pour vous.", by=leader)
    actions.let_pass(drill, 30, by=claire)
    acts = course(drill, now=timezone.now()).played.acts
    assert {(one.what, one.where) for one in acts if one.what == "word"} == {("word", "square"), ("word", "thread")}
    assert {"staff", "answer"} <= {one.what for one in acts}
    thread.refresh_from_db()
    assert Message.objects.filter(thread=thread, ours=True, delivery__state="sent").count() == 1
    assert not Delivery.objects.filter(organisation=drill.place, state="sent", promotional=True).exists(), "frozen"


def test_a_denial_that_leaves_is_felt_and_read_on_the_sheet(drill: Drill, leader: Member, claire: Member) -> None:
    actions.let_pass(drill, 5, by=claire)
    square = Channel.objects.get(organisation=drill.place, remote_id="square")
    promise(square, by=leader, text="Nous n’avons constaté aucune panne.", due_at=timezone.now(), promotional=False)
    actions.let_pass(drill, 60, by=claire)
    ended = actions.end_drill(drill, by=claire)
    met = {line["key"]: (line["met"], line["figure"]) for line in ended.sheet["lines"]}
    assert met["denials"] == ("no", "1")
    assert met["word"][0] == met["publics"][0] == "no"
    assert (ended.passed, Certificate.objects.count()) == (False, 0)
    with pytest.raises(Conflict):
        actions.let_pass(ended, 5, by=claire)


def test_the_fact_once_written_stops_the_denial_in_the_rooms(drill: Drill, leader: Member) -> None:
    case = crisis.open_crisis(by=leader, title="Cartes refusées", situation="accident")
    crisis.add_fact(case, FACT, by=leader, status="confirmed", source="Exploitation")
    with pytest.raises(Refusal):
        crisis.write_statement(case, "Nous n’avons constaté aucune panne.", by=leader)


def test_every_page_of_the_place_says_that_it_is_an_exercise(drill: Drill, leader: Member, claire: Member) -> None:
    client = Client()
    client.force_login(claire.user)
    case = crisis.open_crisis(by=leader, title="Cartes refusées", situation="accident")
    slug = drill.place.slug
    for address in (
        f"/o/{slug}/",
        reverse("crisis:case", args=[slug, case.pk]),
        reverse("conversations:inbox", args=[slug]),
    ):
        assert "Exercice\u202f: rien ne sort" in client.get(address).content.decode().replace("\u00a0", "\u202f"), (
            address
        )
    assert "rien ne sort" not in client.get(f"/o/{claire.organisation.slug}/").content.decode()
    assert client.get("/").url == f"/o/{claire.organisation.slug}/"


def test_who_only_reads_does_not_lead(drill: Drill, stranger: Member, lucie: Member) -> None:
    Member.objects.filter(pk=lucie.pk).update(role="reader")
    hers, his = Client(), Client()
    hers.force_login(lucie.user)
    his.force_login(stranger.user)
    address = reverse("training:end", args=[drill.organisation.slug, drill.pk])
    assert (hers.post(address).status_code, his.post(address).status_code) == (403, 404)
    assert Drill.objects.get().ended_at is None
