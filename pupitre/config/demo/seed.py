"""Filling an empty installation with the two organisations of the demonstration."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.config.demo import travel
from pupitre.config.demo.around import meet_neighbours
from pupitre.config.demo.care import care
from pupitre.config.demo.circles import fill_circles
from pupitre.config.demo.crisis import live_through
from pupitre.config.demo.exercises import rehearse
from pupitre.config.demo.history import play
from pupitre.config.demo.house import ZONE, House, set_up
from pupitre.config.demo.letters import deliver
from pupitre.config.demo.told import told
from pupitre.connectors.fakes.fake import Fake
from pupitre.core import actions as core
from pupitre.listening.actions import add_source, save_query
from pupitre.measurement.actions import declare_figure, log_time

ORGANISATIONS = ("levain", "valserein")
BEFORE = timedelta(days=16)


def seed(fakes: Mapping[str, Fake], *, password: str, say: Callable[[str], None]) -> None:
    """Both organisations, with their history until now."""
    start = timezone.now().replace(second=0, microsecond=0)
    for name in ORGANISATIONS:
        file = told(name)
        say(file["name"])
        mine = {key.removeprefix(f"{name}-"): fake for key, fake in fakes.items() if key.startswith(f"{name}-")}
        with travel.at(start - BEFORE, *(fake.world.clock for fake in mine.values())):
            house = set_up(file, fakes=mine, password=password, start=start)
        care(house)
        play(house)
        deliver(house)
        listen(house)
        measure(house)
        meet_neighbours(house)
        fill_circles(house)
        live_through(house, name)
        if name == ORGANISATIONS[0]:
            rehearse(house)
        for task in file.get("tasks", ()):
            core.add_task(task["text"], by=house.boss)
        Channel.objects.filter(organisation=house.organisation, state="connected").update(
            inbox_since=start, inbox_read_at=start, inbox_due_at=start
        )


def listen(house: House) -> None:
    """One source and one question, both through their own actions; the paper answers."""
    save_query(by=house.boss, **house.told["watch"])
    add_source(house.told["feed"], by=house.boss)


def measure(house: House) -> None:
    """Figures read at the till or the front desk each Friday, and the minutes given week by week."""
    today = house.start.astimezone(ZONE).date()
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    for one in house.told["objectives"]:
        objective, values = house.objectives[one["key"]], one.get("fridays", [])
        for weeks in range(len(values) - 1, -1, -1):
            at = datetime.combine(friday - timedelta(weeks=weeks), time(19, 45), ZONE)
            with travel.at(min(at + timedelta(hours=14), house.start)):
                declare_figure(objective, values[-1 - weeks], by=house.boss, source=one["source"], at=at)
    for one in house.told["time"]:
        objective, who = house.objectives[one["objective"]], house.people[one["by"]]
        for weeks, minutes in enumerate(reversed(one["minutes"])):
            log_time(objective, minutes, by=who, what=one["what"], on=friday - timedelta(weeks=weeks))
