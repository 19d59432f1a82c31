"""Setting an organisation of the demonstration up: people, reasons, voices, channels with their charters, images."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pupitre.channels.actions import connect_channel, save_charter
from pupitre.channels.models import Channel
from pupitre.config.demo.pictures import draw
from pupitre.config.demo.reasons import surround, visit
from pupitre.connectors.fakes.fake import Fake
from pupitre.core import actions as core
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.roles import Role
from pupitre.library.actions import add_media
from pupitre.library.models import Media
from pupitre.strategy import actions as strategy
from pupitre.strategy.models import Objective, Voice

Told = Mapping[str, Any]  # one table of the organisation's file
ZONE = ZoneInfo("Europe/Paris")
ANSWERS = (
    "reason", "subject", "presence", "change", "audience", "measure", "unit", "source", "baseline", "target",
    "hours_per_week", "kind", "track",
)  # fmt: skip


@dataclass
class House:
    """An organisation with everything the history names, by the name it is given in the file."""

    told: Told
    boss: Member
    start: datetime
    fakes: Mapping[str, Fake]  # by channel key
    people: dict[str, Member] = field(default_factory=dict)
    objectives: dict[str, Objective] = field(default_factory=dict)
    voices: dict[str, Voice] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)

    @property
    def organisation(self) -> Organisation:
        return self.boss.organisation


def set_up(told: Told, *, fakes: Mapping[str, Fake], password: str, start: datetime) -> House:
    """Everything before the first word, done by its conductor. `start` is when the demonstration begins."""
    first = told["conductor"]
    boss = core.set_up(
        name=told["name"], email=first["email"], password=password, person=first["name"], kind=told["kind"],
        hours=told["hours"], first=False,
    )  # fmt: skip
    house = House(told, boss, start, fakes, {first["name"]: boss})
    core.update_member(boss, by=boss, title=first["title"], hours_per_week=first["hours"])
    core.set_organisation(by=boss, reply_minutes=told["reply_minutes"], hourly_cost=told["hourly_cost"])
    for one in told["members"]:
        _join(house, one, password)
    for one in told["objectives"]:
        house.objectives[one["key"]] = _objective(house, one)
    for one in told["voices"]:
        house.voices[one["name"]] = _voice(house, one)
    _plan(house)
    for one in told["channels"]:
        house.channels[one["key"]] = _channel(house, one)
    for one in told["media"]:
        picture = io.BytesIO(draw(one["picture"]))
        house.media[one["key"]] = add_media(picture, by=boss, name=one["name"], alt=one["alt"], rights=one["rights"])
    return house


def _join(house: House, one: Told, password: str) -> None:
    member = core.add_member(
        by=house.boss, name=one["name"], email=one["email"], password=password, role=one["role"], title=one["title"],
        hours_per_week=one["hours"],
    )  # fmt: skip
    house.people[one["name"]] = member
    if one.get("owner"):  # who owns the house is not who conducts: set here as no page lets the owner be replaced
        Member.objects.filter(pk=house.boss.pk).update(role=Role.CONDUCTOR)
        Member.objects.filter(pk=member.pk).update(role=Role.OWNER)
        house.boss.role, member.role = Role.CONDUCTOR, Role.OWNER
        core.set_deputy(member, house.boss, by=house.boss)


def _objective(house: House, one: Told) -> Objective:
    visibility, expertise, proximity = one["weights"]
    return strategy.save_objective(
        by=house.boss, due_on=(house.start + timedelta(days=one["due_in"])).date(), owner=house.people[one["owner"]],
        visibility=visibility, expertise=expertise, proximity=proximity,
        **{name: one[name] for name in ANSWERS if name in one},
    )  # fmt: skip


def _voice(house: House, one: Told) -> Voice:
    return strategy.save_voice(
        by=house.boss, name=one["name"], kind=one["kind"], owner=house.people[one["owner"]], mandate=one["mandate"],
        objectives=[house.objectives[key] for key in one["objectives"]], tone=one["tone"], topics=one["topics"],
    )  # fmt: skip


def _plan(house: House) -> None:
    """The strategy from its problem to its deduction, signed by who owns the house."""
    boss, told = house.boss, house.told
    strategy.save_plan(by=boss, **told["plan"])
    for public in told["publics"]:
        strategy.save_public(by=boss, **public)
    for finding in told["findings"]:
        strategy.save_finding(by=boss, **finding)
    for heard in told["heard"]:
        strategy.hear(by=boss, **heard)
    visit(told.get("site", {}), by=boss)
    surround(told, by=boss, people=house.people, voices=house.voices, objectives=house.objectives, start=house.start)
    strategy.deduce_channels(by=boss)
    owner = next(member for member in house.people.values() if member.role == Role.OWNER)
    strategy.sign_plan(by=owner, name=owner.user.name)


def _channel(house: House, one: Told) -> Channel:
    channel = connect_channel(one["network"], one["form"], by=house.boss)
    save_charter(
        channel, by=house.boss, purpose=one["purpose"], audience=one["audience"], tone=one["tone"],
        least_per_week=one["least"], most_per_week=one["most"], longest_silence=one["silence"],
        posture=one.get("posture", "open"), minutes_per_reply=6,
    )  # fmt: skip
    return channel
