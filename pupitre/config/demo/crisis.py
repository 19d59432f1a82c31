"""A crisis that was lived through and closed, played by the room's own actions, each at its minute."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

from pupitre.config.demo import travel
from pupitre.config.demo.history import TERMS
from pupitre.config.demo.house import ZONE, House, Told
from pupitre.config.demo.told import told
from pupitre.crisis import actions
from pupitre.crisis.models import Crisis
from pupitre.publishing.keep import keep

MINUTE, CALM = timedelta(minutes=1), timedelta(hours=49)


def live_through(house: House, name: str) -> None:
    """Nothing for an organisation that had no crisis."""
    story = told("crisis").get(name)
    if story is None:
        return
    day = house.start.astimezone(ZONE).date() - timedelta(days=story["days_ago"])
    began = datetime.combine(day, time(8, 33), ZONE)
    clocks = [fake.world.clock for fake in house.fakes.values()]

    def at(minute: float, do: Callable[[], object]) -> None:
        with travel.at(began + minute * MINUTE, *clocks):
            do()

    with travel.at(began, *clocks):
        crisis = actions.open_crisis(by=house.boss, title=story["title"], situation=story["situation"])
    for minute, do in sorted(_steps(house, crisis, story, began), key=lambda step: step[0]):
        at(minute, do)
    at(420, lambda: actions.thaw_all(crisis, by=house.boss))
    at(430, lambda: actions.set_quiet(crisis, by=house.boss))
    at(431, lambda: actions.set_debrief(crisis, by=house.boss, on=day + timedelta(days=6), owner=house.boss))
    closing = 430 + CALM / MINUTE
    at(closing, lambda: actions.close(Crisis.objects.get(pk=crisis.pk), by=house.boss))
    at(closing + 1440, lambda: actions.debrief(_fresh(crisis), by=house.boss, answers=story["learnt"]))
    house.boss.organisation.refresh_from_db()


def _fresh(crisis: Crisis) -> Crisis:
    return Crisis.objects.get(pk=crisis.pk)


def _steps(house: House, crisis: Crisis, story: Told, began: datetime) -> list[tuple[float, Callable[[], object]]]:
    by = house.boss
    seen, chosen = story["evidence"], story["decision"]
    steps: list[tuple[float, Callable[[], object]]] = [
        (chosen["minute"], lambda: actions.decide(crisis, chosen["option"], by=by, reason=chosen["reason"])),
        (seen["minute"], lambda: actions.keep_evidence(crisis, by=by, url=seen["url"], text=seen["text"])),
    ]
    steps += [(one["minute"], partial(_fact, house, crisis, one)) for one in story["facts"]]
    steps += [(one["after"], partial(_settle, house, crisis, one)) for one in story["facts"] if "settled" in one]
    steps += [(one["minute"], partial(_say, house, crisis, story, one, began)) for one in story["words"]]
    steps += [(one["minute"], partial(_tell, house, crisis, one)) for one in story["publics"]]
    steps += [(one["minute"], partial(_hear, house, crisis, one)) for one in story["criticisms"]]
    steps += [(one["minute"] + 200, partial(_answer, house, crisis, one)) for one in story["criticisms"]]
    return steps


def _fact(house: House, crisis: Crisis, one: Told) -> None:
    source = one.get("source", "")
    actions.add_fact(crisis, one["text"], by=house.boss, status=one["status"], source=source, owner=house.boss)


def _settle(house: House, crisis: Crisis, one: Told) -> None:
    fact = crisis.facts.get(text=one["text"])
    actions.settle_fact(crisis, fact, by=house.boss, status=one["settled"], source=one["found"])


def _say(house: House, crisis: Crisis, story: Told, one: Told, began: datetime) -> None:
    """Written, read over by somebody else, out at once."""
    next_at = began + (one["minute"] + one["next"]) * MINUTE
    word = actions.write_statement(_fresh(crisis), one["text"], by=house.boss, next_at=next_at)
    actions.read_over(word, by=house.people[story["reader"]])
    actions.publish(word, [house.channels[story["channel"]]], by=house.boss)
    for sent in word.deliveries.all():
        keep(sent.pk, sent.fence, TERMS)


def _tell(house: House, crisis: Crisis, one: Told) -> None:
    actions.tell(crisis.audiences.get(kind=one["kind"]), by=house.boss, way=one["way"])


def _hear(house: House, crisis: Crisis, one: Told) -> None:
    actions.add_criticism(crisis, one["text"], by=house.boss, said=one["said"], where=one["where"])


def _answer(house: House, crisis: Crisis, one: Told) -> None:
    criticism = crisis.criticisms.get(text=one["text"])
    answer, reason = one.get("answer", ""), one.get("reason", "")
    actions.settle_criticism(criticism, by=house.boss, answer=answer, reason=reason)
