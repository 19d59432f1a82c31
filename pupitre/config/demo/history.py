"""Two weeks of an organisation, played in order by the product's own actions, each at its own moment."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from pupitre.channels.connections import connector
from pupitre.channels.models import Channel
from pupitre.config.demo import travel
from pupitre.config.demo.house import ZONE, House, Told
from pupitre.conversations import actions as talk
from pupitre.conversations.hours import due
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.priorities import promised
from pupitre.core.models import Member
from pupitre.editorial import actions as score
from pupitre.editorial.models import Variant
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context
from pupitre.publishing.actions import it_is_out
from pupitre.publishing.keep import Terms, keep
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

TERMS = Terms("demo-history", timedelta(minutes=2), timedelta(minutes=2), connector)
MINUTE = timedelta(minutes=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Event(NamedTuple):
    """Something that happens at a moment."""

    at: datetime
    rank: int
    do: Callable[[], object]


def play(house: House) -> None:
    """Play everything until the start, oldest first."""
    events = [event for told in house.told["posts"] for event in _post(house, told)]
    events += [_counter(house, told) for told in house.told.get("by_hand", ())]
    clocks = [fake.world.clock for fake in house.fakes.values()]
    for event in sorted(events, key=lambda one: (one.at, one.rank)):
        with travel.at(min(event.at, house.start), *clocks):
            event.do()


def _post(house: House, told: Told) -> list[Event]:
    """A post written the day before, agreed, gone at its hour, and what people said of it."""
    hour = _moment(told, house.start)
    written = min((hour or house.start) - timedelta(hours=20), house.start - timedelta(hours=18))
    made: list[Variant] = []
    events = [Event(written, 0, lambda: made.append(_write(house, told, hour)))]
    if told.get("draft"):
        return events
    if told.get("asked"):
        return [*events, Event(written + MINUTE, 1, lambda: score.ask_approval(made[0].post, by=house.boss))]
    events.append(Event(written + MINUTE, 1, lambda: score.approve(made[0], by=house.boss)))
    if hour is None or hour >= house.start:
        return events
    events.append(Event(hour, 2, lambda: _leave(house, told, made[0])))
    for said in told.get("said", ()):
        events += _said(house, said, hour, made, told["channel"])
    return events


def _moment(told: Told, start: datetime) -> datetime | None:
    """`on` counts days from today, at an hour of the clock; `soon` counts minutes from the start."""
    if "soon" in told:
        return start + timedelta(minutes=told["soon"])
    if "on" not in told:
        return None
    word, hour = told["on"].split()
    day = _day(word, start.astimezone(ZONE).date())
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZONE)


def _day(text: str, today: date) -> date:
    """A day by its distance ("-3", "+1") or by its name in another week ("sat-1" was last week's Saturday)."""
    if text[:3] not in WEEK:
        return today + timedelta(days=int(text))
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=int(text[3:]), days=WEEK.index(text[:3]))


def _write(house: House, told: Told, hour: datetime | None) -> Variant:
    channel = house.channels[told["channel"]]
    draft = Draft(
        title=told["title"], objective_id=house.objectives[told["objective"]].pk,
        voice_id=house.voices[told["voice"]].pk,
        relation=told.get("relation", "proximity"), expression=told.get("expression", "text"),
        reaction=told.get("reaction", "none"), media_ids=(house.media[told["media"]].pk,) if "media" in told else (),
        minutes=told.get("minutes", 25), texts=(Text(channel.pk, told["text"], hour),),
    )  # fmt: skip
    return score.save_post(None, draft, by=house.boss).variants.get()


def _leave(house: House, told: Told, variant: Variant) -> None:
    """It leaves through the outbox, or a person puts it out and says where."""
    variant.refresh_from_db()
    delivery = variant.delivery
    assert delivery is not None
    send(delivery)
    if "by_hand" in told:
        it_is_out(delivery, by=house.boss, permalink=told["by_hand"])
    elif "likes" in told:
        house.fakes[told["channel"]].found(delivery.remote_id).counts["likes"] = told["likes"]


def send(delivery: Delivery) -> None:
    """One turn of the outbox for one message. Raises when it does not leave: the demonstration would lie."""
    keep(delivery.pk, delivery.fence, TERMS)
    delivery.refresh_from_db()
    if delivery.state not in {states.SENT, states.ASKED}:
        raise RuntimeError(f"{delivery}: {delivery.state} {delivery.words}")


def _said(house: House, said: Told, hour: datetime, made: list[Variant], place: str) -> list[Event]:
    """Somebody speaks under a post; we answer, close with a reason, or it still waits."""
    at = hour + MINUTE * said["after"] if "after" in said else max(hour + 5 * MINUTE, _waiting(house, said))
    if at > house.start:
        at = house.start - MINUTE
    events = [Event(at, 3, lambda: _speak(house, said, made[0], place))]
    if "answer" in said:
        then = min(at + MINUTE * said["answered_after"], house.start - MINUTE)
        events.append(Event(then, 4, lambda: _answer(house, said)))
    if "closure" in said:
        events.append(Event(at + 30 * MINUTE, 4, lambda: _close(house, said)))
    return events


def _close(house: House, said: Told) -> None:
    talk.close(_thread(house, said), said["closure"], by=house.boss, reason=said["why"])


def _waiting(house: House, said: Told) -> datetime:
    """When it must have been said, so that its answer is due in `due_in` opening minutes from the start."""
    verdict = judge(said["text"], Context(language="fr"))
    minutes = promised(house.organisation.reply_minutes, kind=verdict.kind, flags=verdict.flags)
    goal = due(house.organisation, house.start, minutes=said["due_in"])
    at = house.start - MINUTE
    while goal and (when := due(house.organisation, at, minutes=minutes)) and when > goal:
        at -= 5 * MINUTE
    return at


def _speak(house: House, said: Told, variant: Variant, place: str) -> None:
    variant.refresh_from_db()
    assert variant.delivery is not None
    fake, channel = house.fakes[place], house.channels[place]
    handle = said["by"].lower().replace(" ", "-")
    fake.say(fake.stranger(handle, said["by"]), said["text"], parent=fake.found(variant.delivery.remote_id))
    read(channel, since=timezone.now() - timedelta(hours=1))


def read(channel: Channel, *, since: datetime) -> None:
    """Take in what the account has heard."""
    talk.take_in(channel, connector(channel).inbox(since=since))


def _thread(house: House, said: Told) -> Thread:
    found = Message.objects.filter(organisation=house.organisation, author_name=said["by"], ours=False)
    return found.select_related("thread").latest("id").thread


def _answer(house: House, said: Told) -> None:
    by: Member = house.people[said["answered_by"]]
    message = talk.answer(_thread(house, said), said["answer"], by=by)
    assert message.delivery is not None
    send(message.delivery)
    talk.mark_answered(house.organisation)


def _counter(house: House, told: Told) -> Event:
    """Told at the counter, by mail or where no machine reads, and written down by a person."""
    at = _waiting(house, told)
    by = house.people.get(told.get("noted_by", ""), house.boss)
    channel = house.channels[told["channel"]]
    return Event(
        at, 3,
        lambda: talk.add_by_hand(by=by, text=told["text"], author_name=told["by"], at=at, channel=channel, public=True),
    )  # fmt: skip
