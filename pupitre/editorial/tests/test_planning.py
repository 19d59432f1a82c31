"""Weekly slots, what comes back with a limit, the score in a calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, Refusal
from pupitre.editorial import actions
from pupitre.editorial.actions.planning import bring_back
from pupitre.editorial.models import CalendarLink, Post, Recurrence, Slot, Variant
from pupitre.editorial.planning_queries import address_of
from pupitre.editorial.rules.icalendar import Event, calendar
from pupitre.editorial.rules.slots import next_free
from pupitre.editorial.tests.conftest import Write
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery

HOME = "/o/boulangerie-levain-fils"
MONDAY = datetime(2027, 3, 22, 7, tzinfo=UTC)  # the week before the clocks change in Paris


@pytest.mark.parametrize(
    ("slots", "taken", "found"),
    [
        ([(0, 540)], [], datetime(2027, 3, 22, 8, tzinfo=UTC)),
        ([(0, 480)], [], datetime(2027, 3, 29, 6, tzinfo=UTC)),  # this Monday's has passed; the clocks have changed
        ([(0, 540), (3, 600)], [datetime(2027, 3, 22, 8, tzinfo=UTC)], datetime(2027, 3, 25, 9, tzinfo=UTC)),
        ([], [], None),
    ],
)
def test_the_next_free_slot(slots: list[tuple[int, int]], taken: list[datetime], found: datetime | None) -> None:
    assert next_free(slots, taken=taken, after=MONDAY, zone="Europe/Paris") == found


def test_a_text_takes_the_next_free_slot_of_its_channel(write: Write, claire: Member, channel: Channel) -> None:
    first, second = (write(f"Texte {n} du four.").variants.get() for n in range(2))
    with pytest.raises(Conflict):
        actions.into_next_slot(first, by=claire)
    for weekday in range(7):
        actions.add_slot(channel, weekday, 8 * 60, by=claire)
    hours = [actions.into_next_slot(note, by=claire).due_at for note in (first, second)]
    with timezone.override("Europe/Paris"):
        shown = [timezone.localtime(hour) for hour in hours]
    assert [(one.hour, one.minute) for one in shown] == [(8, 0), (8, 0)]
    assert (shown[1].date() - shown[0].date()).days == 1


def test_slots_are_the_conductor_s_and_once(claire: Member, karim: Member, stranger: Member, channel: Channel) -> None:
    for _ in range(2):
        slot = actions.add_slot(channel, 2, 600, by=claire)
    assert Slot.objects.count() == 1
    for by, refusal in ((karim, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            actions.add_slot(channel, 3, 600, by=by)
        with pytest.raises(refusal):
            actions.remove_slot(slot, by=by)
    with pytest.raises(Refusal):
        actions.add_slot(channel, 7, 600, by=claire)


def test_what_comes_back_is_a_draft_each_time_and_stops(write: Write, claire: Member, media: Media) -> None:
    post = write("La galette est de retour.", media_ids=(media.pk,))
    actions.approve(post.variants.get(), by=claire)
    first = timezone.localdate() + timedelta(days=20)
    actions.let_come_back(post, by=claire, every_days=30, times=2, first_on=first)
    now = timezone.now()
    assert [bring_back(now=now + timedelta(days=days)) for days in (0, 14, 15, 44, 80, 400)] == [0, 1, 0, 1, 0, 0]
    copies = list(Post.objects.exclude(pk=post.pk).order_by("id"))
    assert [one.attachments.count() for one in copies] == [1, 1]
    notes = [one.variants.get() for one in copies]
    draft = ("La galette est de retour.", None, None)
    assert [(note.text, note.delivery, note.approved_at) for note in notes] == [draft, draft]
    here = ZoneInfo(claire.organisation.timezone)
    days = [note.due_at.astimezone(here).date() for note in notes if note.due_at]
    assert days == [first, first + timedelta(days=30)]
    assert (Recurrence.objects.get().ended_at is None, Recurrence.objects.get().left) == (False, 0)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize(("days", "times", "ahead"), [(6, 2, 9), (30, 0, 9), (30, 53, 9), (30, 2, 0)])
def test_what_would_never_stop_is_refused(write: Write, claire: Member, days: int, times: int, ahead: int) -> None:
    with pytest.raises(Refusal):
        actions.let_come_back(
            write(), by=claire, every_days=days, times=times, first_on=timezone.localdate() + timedelta(days=ahead)
        )


@given(st.text(max_size=200), st.text(max_size=60))
def test_a_calendar_keeps_its_lines_short_and_its_words_whole(words: str, title: str) -> None:
    event = Event("note-1@pupitre", MONDAY, 15, title, words, "https://pupitre.example/", MONDAY, sure=True)
    text = calendar("Levain", [event])
    lines = text.split("\r\n")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "")
    kept = next(line for line in unfolded.split("\r\n") if line.startswith("DESCRIPTION:"))
    said = "".join(one for one in words.replace("\r\n", "\n").replace("\r", "\n") if one >= " " or one == "\n")
    back = kept.removeprefix("DESCRIPTION:").replace("\\\\", "\0").replace("\\n", "\n")
    assert back.replace("\\;", ";").replace("\\,", ",").replace("\0", "\\") == said


def test_the_score_is_read_by_its_secret_address_until_it_is_closed(
    client: Client, write: Write, claire: Member
) -> None:
    cache.clear()
    write("Un texte secret.", title="La fournée, à seize heures")
    client.force_login(claire.user)
    client.post(f"{HOME}/score/rhythm/calendar/open/")
    link = CalendarLink.objects.get()
    visitor, address = Client(), f"/calendar/{address_of(link)}.ics"
    answer = visitor.get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert ("La fournée\\, à seize heures" in text, "secret" in text, text.count("BEGIN:VEVENT")) == (True, False, 1)
    assert visitor.get(address.replace(".ics", "x.ics")).status_code == 404
    client.post(f"{HOME}/score/rhythm/calendar/close/")
    assert visitor.get(address).status_code == 404


def test_the_rhythm_page_does_what_it_says(client: Client, claire: Member, channel: Channel, write: Write) -> None:
    client.force_login(claire.user)
    post = write()
    first = timezone.localdate() + timedelta(days=9)
    client.post(f"{HOME}/score/rhythm/slots/add/", {"channel": channel.pk, "weekday": "1", "hour": "09:30"})
    client.post(f"{HOME}/posts/{post.pk}/come-back/", {"every_days": "30", "times": "2", "first_on": f"{first}"})
    page = client.get(f"{HOME}/score/rhythm/")
    slot = Slot.objects.get()
    assert (slot.weekday, slot.minute, page.status_code) == (1, 570, 200)
    assert post.title in page.content.decode()
    bad = client.post(f"{HOME}/score/rhythm/slots/add/", {"channel": channel.pk, "weekday": "1", "hour": "x"})
    assert bad.status_code == 422
    client.post(f"{HOME}/notes/{post.variants.get().pk}/slot/")
    assert timezone.localtime(Variant.objects.get().due_at).weekday() == 1
    client.post(f"{HOME}/score/rhythm/{Recurrence.objects.get().pk}/stop/")
    client.post(f"{HOME}/score/rhythm/slots/{slot.pk}/remove/")
    assert (Slot.objects.count(), Recurrence.objects.get().ended_at is None) == (0, False)
