"""The speaking matrix: one first speaker each, and who takes the floor now."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotFound, Refusal
from pupitre.desk.actions import tokens
from pupitre.strategy import actions, floor_queries
from pupitre.strategy.models import Floor, Objective, Voice
from pupitre.strategy.rules import speaking
from tests.house.routes import key_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 10:00 in Paris


@pytest.mark.parametrize(
    ("known", "asked", "clashes"),
    [
        (("outage", "b2c"), ("outage", "b2c"), True),
        (("outage", "b2c"), ("outage", "b2b"), False),
        (("outage", "all"), ("outage", "b2b"), True),
        (("outage", "b2b"), ("outage", "all"), True),
        (("outage", "all"), ("launch", "all"), False),
    ],
)
def test_one_event_has_one_first_speaker(known: tuple[str, str], asked: tuple[str, str], clashes: bool) -> None:
    line = speaking.Line(1, *known)

    assert (speaking.clash([line], event=asked[0], track=asked[1]) is line) is clashes
    assert speaking.clash([line], event=asked[0], track=asked[1], but=1) is None


@pytest.mark.parametrize(
    ("responsible", "deputy", "conductor", "opened", "expected"),
    [
        (True, True, True, True, (1, speaking.ON_TIME)),
        (False, True, True, True, (2, speaking.ABSENT)),
        (True, True, True, False, (2, speaking.CLOSED)),
        (None, True, True, True, (2, speaking.ABSENT)),
        (False, False, True, True, (3, speaking.CONDUCTED)),
        (False, None, False, True, (None, speaking.NOBODY)),
    ],
)
def test_the_floor_goes_to_whom_is_there(
    responsible: bool | None, deputy: bool | None, conductor: bool | None, opened: bool,
    expected: tuple[int | None, str],
) -> None:  # fmt: skip
    def somebody(number: int, present: bool | None) -> speaking.Somebody | None:
        return None if present is None else speaking.Somebody(number, present)

    found = speaking.turn(
        somebody(1, responsible), deputy=somebody(2, deputy), conductor=somebody(3, conductor), opened=opened
    )

    assert (found.member_id, found.reason) == expected


@pytest.mark.parametrize(
    ("clock", "weekday", "expected"),
    [("09:00", 0, True), ("12:30", 0, False), ("10:00", 5, False)],
)
def test_hours_open_at_their_start_and_close_at_their_end(clock: str, weekday: int, expected: bool) -> None:
    assert speaking.is_open({"0": [["09:00", "12:30"]]}, weekday=weekday, clock=clock) is expected
    assert speaking.is_open({}, weekday=weekday, clock=clock)


def given(claire: Member, karim: Member, lucie: Member, voice: Voice) -> Floor:
    return actions.give_floor(
        by=claire, event="hiring", track="employer", voice=voice, responsible=karim, deputy=lucie, consulted=[claire],
        informed=[lucie], hours="9:00-12:00",
    )  # fmt: skip


def test_an_absent_speaker_leaves_the_floor_to_the_deputy(
    claire: Member, karim: Member, lucie: Member, voice: Voice
) -> None:
    floor = given(claire, karim, lucie, voice)

    first = floor_queries.speaker_for(claire.organisation, "hiring", now=MONDAY)
    late = floor_queries.speaker_for(claire.organisation, "hiring", now=MONDAY + timedelta(hours=4))
    karim.absent_until = MONDAY.date()
    karim.save()
    absent = floor_queries.speaker_for(claire.organisation, "hiring", now=MONDAY, track="employer")

    assert first == floor_queries.Speaker(voice, karim, False, speaking.ON_TIME, floor)
    assert late == floor_queries.Speaker(voice, lucie, True, speaking.CLOSED, floor)
    assert absent == floor_queries.Speaker(voice, lucie, True, speaking.ABSENT, floor)
    assert floor_queries.speaker_for(claire.organisation, "hiring", now=MONDAY, track="b2b") is None
    assert floor_queries.speaker_for(claire.organisation, "outage", now=MONDAY) is None


def test_two_first_speakers_are_refused(
    claire: Member, karim: Member, lucie: Member, voice: Voice, objective: Objective
) -> None:
    given(claire, karim, lucie, voice)
    other = Voice.objects.create(organisation=claire.organisation, kind="expert", name="Le fournil")

    with pytest.raises(Conflict) as refused:
        actions.give_floor(by=claire, event="hiring", track="all", voice=other, responsible=lucie)

    assert [(fault.field, fault.params) for fault in refused.value.faults] == [("voice", {"voice": "La boulangerie"})]
    assert Floor.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event": "rain"}, "event"), ({"track": "dogs"}, "track"), ({"voice": None}, "voice"),
        ({"responsible": None}, "responsible"), ({"hours": "soon"}, "hours"),
    ],
)  # fmt: skip
def test_a_line_names_all_it_needs(
    claire: Member, karim: Member, voice: Voice, change: dict[str, object], field: str
) -> None:
    typed = {"event": "outage", "track": "all", "voice": voice, "responsible": karim} | change

    with pytest.raises(Refusal) as refused:
        actions.give_floor(by=claire, **typed)  # type: ignore[arg-type]

    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_character_never_speaks_in_a_crisis_nor_a_stranger_at_all(
    claire: Member, karim: Member, stranger: Member
) -> None:
    character = Voice.objects.create(
        organisation=claire.organisation, kind="persona", name="Miette", disclosure="Je suis un personnage."
    )

    with pytest.raises(Refusal) as refused:
        actions.give_floor(by=claire, event="crisis", track="all", voice=character, responsible=karim)
    with pytest.raises(NotFound):
        actions.give_floor(by=claire, event="local", track="all", voice=character, responsible=stranger)

    assert [fault.field for fault in refused.value.faults] == ["voice"]


def address(member: Member, name: str = "floor", *args: int) -> str:
    return reverse(f"strategy:{name}", args=[member.organisation.slug, *args])


def test_the_page_writes_shows_and_takes_back_a_line(
    client: Client, claire: Member, karim: Member, voice: Voice
) -> None:
    client.force_login(claire.user)
    typed = {"event": "complaint", "track": "all", "voice": voice.pk, "responsible": karim.pk, "informed": claire.pk}

    empty = client.get(address(claire))
    kept = client.post(address(claire), typed)
    refused = client.post(address(claire), typed | {"hours": "9:00-12:00"})
    floor = Floor.objects.get()
    shown = client.get(address(claire)).content.decode()
    client.post(address(claire, "floor_take_back", floor.pk))

    assert (empty.status_code, kept.status_code, refused.status_code) == (200, 302, 409)
    assert "9:00-12:00" in refused.content.decode()
    assert shown.count("Karim Benali") >= 2
    assert not Floor.objects.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="floor").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["floor_given", "floor_taken_back"]


@pytest.mark.parametrize("lines", [1, 8])
def test_the_page_asks_as_little_for_eight_lines_as_for_one(
    client: Client, claire: Member, karim: Member, voice: Voice, django_assert_max_num_queries: object, lines: int
) -> None:
    for event in list(speaking.EVENTS)[:lines]:
        actions.give_floor(by=claire, event=event, track="all", voice=voice, responsible=karim, informed=[claire])
    client.force_login(claire.user)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(client.get(address(claire)).context["lines"]) == lines


def test_doors_are_closed_to_strangers_and_to_writers(
    client: Client, claire: Member, karim: Member, stranger: Member, voice: Voice
) -> None:
    client.force_login(stranger.user)
    assert client.get(address(claire)).status_code == 404
    client.force_login(karim.user)
    typed = {"event": "complaint", "track": "all", "voice": voice.pk, "responsible": karim.pk}
    assert (client.get(address(claire)).status_code, client.post(address(claire), typed).status_code) == (200, 403)


def test_the_api_gives_the_floor_and_says_who_has_it_now(client: Client, claire: Member, voice: Voice) -> None:
    _token, key = tokens.make_token("test", by=claire, scopes=["read", "set_voice"])
    headers = {"authorization": f"Bearer {key}"}
    body = {"event": "outage", "track": "b2c", "voice": voice.pk, "responsible": claire.pk}

    given = client.post("/api/v1/floors", body, content_type="application/json", headers=headers)
    again = client.post("/api/v1/floors", body, content_type="application/json", headers=headers)
    now = client.get("/api/v1/floors/now?event=outage&track=b2c", headers=headers)
    unknown = client.get("/api/v1/floors/now?event=launch", headers=headers)

    assert (given.status_code, again.status_code, now.status_code, unknown.status_code) == (201, 409, 200, 404)
    assert (now.json()["voice"], now.json()["now"]) == (voice.pk, claire.pk)
    assert [line["id"] for line in client.get("/api/v1/floors", headers=headers).json()] == [given.json()["id"]]
    assert client.post(f"/api/v1/floors/{given.json()['id']}/take_back", headers=headers).status_code == 204


def test_a_line_is_changed_in_its_place(
    client: Client, claire: Member, karim: Member, lucie: Member, voice: Voice
) -> None:
    client.force_login(claire.user)
    floor = actions.give_floor(
        by=claire, event="complaint", track="all", voice=voice, responsible=karim, informed=[claire],
        hours="9:00-12:30",
    )  # fmt: skip
    page = address(claire, "floor_line", floor.pk)
    shown = client.get(page).context["sheet"].values
    typed = {**shown, "responsible": lucie.pk, "deputy": karim.pk, "hours": ""}

    assert (shown["event"], shown["hours"], shown["informed"]) == ("complaint", "09:00-12:30", [str(claire.pk)])
    assert client.post(page, typed).status_code == 302
    floor.refresh_from_db()
    assert (floor.responsible, floor.deputy, floor.hours) == (lucie, karim, {})
    assert client.post(page, {**typed, "deputy": lucie.pk}).status_code == 422
    body = {"event": "outage", "voice": voice.pk, "responsible": karim.pk}
    changed = client.put(f"/api/v1/floors/{floor.pk}", body, "application/json", headers=key_of(claire))
    assert (changed.status_code, changed.json()["event"], Floor.objects.count()) == (200, "outage", 1)
