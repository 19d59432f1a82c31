"""Who should answer, now, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from pupitre.channels.models import Channel
from pupitre.conversations import actions, queries
from pupitre.conversations.conducting import conducted, proposal_for
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.conducting import Last, Seat, conduct, event_of
from pupitre.conversations.rules.voices import Candidate
from pupitre.conversations.tests.test_journey import ALLERGY, said
from pupitre.conversations.tests.test_pages import many
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict
from pupitre.strategy.models import Floor, Voice

MONDAY_AT_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUSE = Candidate(1, "organisation", ())
BAKER = Candidate(2, "expert", ("pain",), owner_id=20)
SEAT = Seat(3, 30, False, "It is their hour and they are there.")
LAST = Last(40, "Lucie", 4, True)


@pytest.mark.parametrize(("kind", "flags", "text", "event"), [
    ("complaint", [], "Vingt minutes d’attente", "complaint"),
    ("complaint", [], "Votre site est en panne depuis midi", "outage"),
    ("question", [], "Is the shop down? It is not working here", "outage"),
    ("question", [], "Vous ouvrez dimanche ?", "question"),
    ("question", [], "Je suis journaliste à la Gazette, qui peut répondre ?", "press"),
    ("complaint", ["legal"], "Mon avocat vous écrira", "legal"),
    ("crisis", ["legal"], "Intoxication", "crisis"),
    ("job", [], "Vous recrutez ?", "hiring"),
    ("abuse", [], "Bande de nuls", "criticism"),
    ("praise", [], "Merci", ""),
    ("spam", [], "Gagnez 1000 euros", ""),
])  # fmt: skip
def test_a_message_is_an_event_of_the_matrix(kind: str, flags: list[str], text: str, event: str) -> None:
    assert event_of(kind, flags, text) == event


@pytest.mark.parametrize(("text", "kind", "flags", "last", "seat", "who"), [
    ("Du retard", "complaint", [], LAST, SEAT, (4, 40)),
    ("Du retard", "complaint", [], Last(40, "Lucie", 4, False), SEAT, (3, 30)),
    ("Le pain est dur", "complaint", [], None, SEAT, (2, 20)),
    ("Du retard", "complaint", [], None, SEAT, (3, 30)),
    ("Du retard", "complaint", [], None, None, (1, None)),
    ("Intoxication au pain", "crisis", [], LAST, SEAT, (3, 30)),
    ("Mon fils a une allergie au pain", "question", ["health"], LAST, SEAT, (3, 30)),
    ("Intoxication au pain", "crisis", [], LAST, None, (4, 40)),
])  # fmt: skip
def test_who_comes_first(
    text: str, kind: str, flags: list[str], last: Last | None, seat: Seat | None, who: tuple[int, int | None]
) -> None:
    turn = conduct(text, kind=kind, flags=flags, seat=seat, event="complaint", last=last, voices=[BAKER, HOUSE])

    assert (turn.voice_id, turn.member_id) == who


@pytest.fixture
def hers(channel: Channel, voice: Voice, karim: Member, lucie: Member) -> Thread:
    """A complaint for which the matrix names Karim, with Lucie as his deputy."""
    Floor.objects.create(
        organisation=channel.organisation, event="complaint", voice=voice, responsible=karim, deputy=lucie
    )
    return many(channel, 1)


def at_ten(thread: Thread) -> tuple[Member | None, bool, str]:
    with translation.override("en"):
        known = queries.remembering(queries.whole(), now=MONDAY_AT_TEN).get(pk=thread.pk)
        one = conducted(thread.organisation, [known], now=MONDAY_AT_TEN).proposed[thread.pk]
    return one.member, one.stands_in, one.why


def test_the_matrix_names_the_person_and_says_why(hers: Thread, karim: Member) -> None:
    assert at_ten(hers) == (karim, False, "Speaking matrix, “A complaint”: it is their hour and they are there")


def test_the_absent_give_way_to_their_deputy(hers: Thread, karim: Member, lucie: Member) -> None:
    karim.absent_until = (MONDAY_AT_TEN + timedelta(days=3)).date()
    karim.save()

    member, stands_in, why = at_ten(hers)

    assert (member, stands_in) == (lucie, True)
    assert "absent: the deputy takes the floor" in why


def test_a_hiring_event_goes_to_the_voice_of_those_who_hire(
    channel: Channel, voice: Voice, karim: Member, lucie: Member
) -> None:
    here = channel.organisation
    people = Voice.objects.create(organisation=here, kind="expert", name="Celle qui recrute", owner=karim)
    Floor.objects.create(organisation=here, event="hiring", voice=people, responsible=karim, deputy=lucie)
    actions.take_in(channel, [said("Votre campagne de recrutement m’intéresse, puis-je postuler comme vendeuse ?")])
    thread = Thread.objects.get()
    assert thread.kind == "job"
    proposed = conducted(here, [thread], now=MONDAY_AT_TEN).proposed[thread.pk]
    assert (proposed.member, proposed.voice) == (karim, people)

    karim.absent_until = (MONDAY_AT_TEN + timedelta(days=1)).date()
    karim.save()
    assert at_ten(thread)[:2] == (lucie, True)


def test_who_promised_last_time_goes_on(hers: Thread, lucie: Member) -> None:
    Message.objects.create(
        organisation=hers.organisation, thread=hers, ours=True, member=lucie, text="Je regarde et je vous dis demain.",
        at=MONDAY_AT_TEN - timedelta(days=2),
    )  # fmt: skip

    assert at_ten(hers) == (lucie, False, "Lucie Morel answered this person last, and goes on")


def test_one_gesture_gives_it_to_who_is_proposed(client: Client, hers: Thread, claire: Member) -> None:
    proposed = proposal_for(hers)
    assert proposed.member is not None
    client.force_login(claire.user)
    slug = claire.organisation.slug

    page = client.post(
        reverse("conversations:accept", args=[slug, hers.pk]), {"to": proposed.member.pk, "return_hours": "2"}
    )

    hers.refresh_from_db()
    assert page.status_code == 302
    assert (hers.owner, hers.voice) == (proposed.member, proposed.voice)
    assert hers.return_at is not None
    assert AuditEntry.objects.get(verb="handed_over").reason == proposed.why


def test_a_proposal_that_changed_is_not_followed(hers: Thread, claire: Member, karim: Member, lucie: Member) -> None:
    with pytest.raises(Conflict):
        actions.accept(hers, lucie, by=claire, proposed=karim, voice=None, why="")

    hers.refresh_from_db()
    assert hers.owner is None


def test_it_comes_back_to_everyone_when_nothing_was_said(hers: Thread, claire: Member, karim: Member) -> None:
    actions.hand_over(hers, karim, by=claire, return_in=timedelta(hours=2))
    hers.refresh_from_db()
    assert hers.return_at is not None

    assert actions.give_back(now=hers.return_at - timedelta(seconds=1)) == 0
    assert actions.give_back(now=hers.return_at) == 1

    hers.refresh_from_db()
    assert (hers.owner, hers.return_at) == (None, None)


def test_reading_it_for_fifty_costs_what_it_costs_for_one(channel: Channel, hers: Thread) -> None:
    many(channel, 50)
    threads = list(Thread.objects.select_related("organisation"))
    costs = []
    for some in (threads[:1], threads):
        with CaptureQueriesContext(connection) as asked:
            conducted(channel.organisation, some, now=MONDAY_AT_TEN)
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 3


def test_the_page_and_the_list_say_it(client: Client, channel: Channel, claire: Member, voice: Voice) -> None:
    Floor.objects.create(organisation=channel.organisation, event="complaint", voice=voice, responsible=claire)
    thread = many(channel, 2)
    actions.take_in(channel, [said(ALLERGY)])
    client.force_login(claire.user)
    slug = claire.organisation.slug

    shown = client.get(reverse("conversations:thread", args=[slug, thread.pk])).content.decode()
    listed = client.get(reverse("conversations:inbox", args=[slug])).content.decode()

    assert "Prise de parole" in shown
    assert "Pour Claire Aubry" in listed
