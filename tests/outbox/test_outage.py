"""Networks that are out for hours: nothing is lost, nothing is said twice, and their return is no burst."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from unittest import mock

import pytest

from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
from pupitre.connectors import registry
from pupitre.connectors.contract import Connector
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.faults import Effect
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.connectors.http import Http
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.publishing.actions import promise
from pupitre.publishing.actions.late import set_late_rule
from pupitre.publishing.keep import Terms, keep
from pupitre.publishing.models import Delivery
from pupitre.publishing.outage import watch_outages
from pupitre.publishing.queries import due
from pupitre.publishing.rules.late import Late

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
OUT = (MORNING + timedelta(minutes=30), MORNING + timedelta(hours=10, minutes=30))  # ten hours
TURN = timedelta(minutes=1)


@dataclass
class Day:
    """A house, its accounts on fake networks, and one clock for all of them."""

    by: Member
    now: datetime = MORNING
    fakes: dict[int, Fake] = field(default_factory=dict)

    def moment(self) -> datetime:
        return self.now

    def account(self, network: str) -> Channel:
        fake = raise_fake(network)
        fake.world.clock.frozen = self.now.timestamp()
        channel = Channel.objects.create(
            organisation=self.by.organisation, network=network, remote_id=network, handle=network, name=network
        )
        ChannelVault(channel).put(**fake.vault())
        self.fakes[channel.pk] = fake
        return channel

    def connect(self, channel: Channel) -> Connector:
        http = Http(transport=InProcess(self.fakes[channel.pk]), now=self.moment, pause=lambda _seconds: None)
        return registry.connect(channel.network, ChannelVault(channel), http)

    def promise(self, channel: Channel, text: str, at: datetime, rule: str = "send") -> Delivery:
        return promise(channel, by=self.by, text=text, due_at=at, late=Late(rule))

    def pass_until(self, end: datetime, seen: "Callable[[], None] | None" = None) -> None:
        """Minute after minute: the outbox moves what is due, then the outages are watched."""
        terms = Terms("ours", timedelta(seconds=60), timedelta(seconds=30), self.connect)
        while self.now < end:
            self.now += TURN
            for fake in self.fakes.values():
                fake.world.clock.frozen, fake.world.clock.ahead = self.now.timestamp(), 0
            for one in due(now=self.now, limit=100):
                keep(one.id, one.fence, terms)
            watch_outages(self.connect, now=self.now)
            if seen:
                seen()

    def silence(
        self, channel: Channel, effect: Effect = Effect.UNREACHABLE, span: tuple[datetime, datetime] = OUT
    ) -> None:
        window = (span[0].timestamp(), span[1].timestamp())
        self.fakes[channel.pk].fail(effect, on=".", times=-1, window=window)

    def posts(self, channel: Channel) -> list[tuple[str, datetime]]:
        return [(one.text, one.when) for one in self.fakes[channel.pk].public_posts()]


@pytest.fixture
def day(claire: Member) -> Iterator[Day]:
    made = Day(claire)
    with mock.patch("django.utils.timezone.now", made.moment), mock.patch("pupitre.publishing.keep.clock", made.moment):
        yield made


def out(channel: Channel) -> bool:
    return Channel.objects.get(pk=channel.pk).outage_since is not None


def test_ten_hours_without_two_networks_of_one_owner(day: Day) -> None:
    """Posts every hour on three accounts; two of them, of one owner, fall for ten hours, one after an answer lost."""
    threads, facebook, other = day.account("threads"), day.account("facebook"), day.account("mastodon")
    rules = ["send", "send", "ask", "drop"]
    for hour in range(14):
        for channel in (threads, facebook, other):
            rule = rules[hour % 4] if channel is not other else "send"
            day.promise(channel, f"{channel.network} {hour} h", MORNING + timedelta(hours=hour, minutes=15), rule)
    day.fakes[threads.pk].fail(Effect.TIMEOUT_AFTER, window=(OUT[0].timestamp(), OUT[1].timestamp()))
    lost = MORNING + timedelta(hours=1, minutes=15)  # its post is out, its echo never came
    day.silence(threads, span=(lost + timedelta(minutes=1, seconds=30), OUT[1]))
    day.silence(facebook, Effect.DOWN)

    asked_meanwhile: list[int] = []
    day.pass_until(OUT[1], lambda: asked_meanwhile.append(Delivery.objects.filter(state="asked").count()))
    assert out(threads)
    assert out(facebook)
    assert not out(other)
    assert max(asked_meanwhile) > 0, "time-bound posts are asked again while the network is still out"
    day.pass_until(MORNING + timedelta(hours=15))

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "asked", "expired"}
    for channel in (threads, facebook):
        check_return(day, channel)
    assert [at for _text, at in day.posts(other)] == [MORNING + timedelta(hours=hour, minutes=15) for hour in range(14)]
    assert not Channel.objects.filter(pacing=True).exists()
    assert not AuditEntry.objects.filter(verb="outage_began", subject_id=other.pk).exists()


def check_return(day: Day, channel: Channel) -> None:
    """0 lost, 0 twice, each late one by its rule, no two posts closer than a quarter of an hour after the return."""
    mine = Delivery.objects.filter(channel=channel)
    texts = [text for text, _at in day.posts(channel)]
    assert sorted(texts) == sorted(mine.filter(state="sent").values_list("text", flat=True))
    assert len(texts) == len(set(texts))
    assert mine.count() == 14
    assert not mine.filter(late_rule="send").exclude(state="sent").exists()
    late = mine.filter(due_at__gt=OUT[0], due_at__lt=OUT[1] - timedelta(hours=1, minutes=5))
    assert set(late.filter(late_rule="ask").values_list("state", flat=True)) == {"asked"}
    assert set(late.filter(late_rule="drop").values_list("state", flat=True)) == {"expired"}
    after = [at for _text, at in day.posts(channel) if at >= OUT[1]]
    assert len(after) > 4
    assert min(later - before for before, later in pairwise(after)) >= timedelta(minutes=15)
    assert after[0] < OUT[1] + timedelta(minutes=10)
    verbs = AuditEntry.objects.filter(subject_kind="channels.channel", subject_id=channel.pk).order_by("id")
    assert [verb for verb in verbs.values_list("verb", flat=True) if verb.startswith("outage")] == [
        "outage_began", "outage_ended",
    ]  # fmt: skip


def test_an_account_that_is_out_is_asked_every_five_minutes_and_never_sent_to(day: Day) -> None:
    channel = day.account("mastodon")
    for minute in range(10):
        day.promise(channel, f"Fournée {minute}", MORNING + timedelta(minutes=31 + minute))
    day.silence(channel)
    day.pass_until(OUT[0] + timedelta(minutes=15))
    assert out(channel)
    before = len(day.fakes[channel.pk].calls)
    day.pass_until(OUT[0] + timedelta(hours=2, minutes=15))
    assert len(day.fakes[channel.pk].calls) - before == 24
    assert max(Delivery.objects.values_list("attempts", flat=True)) <= 3


def test_a_sister_network_of_an_owner_that_fell_is_asked_first_and_goes_on_if_it_is_well(day: Day) -> None:
    facebook, threads, instagram = (day.account(network) for network in ("facebook", "threads", "instagram"))
    for channel in (facebook, threads):
        day.silence(channel)
        for minute in range(4):
            day.promise(channel, f"{channel.name} {minute}", OUT[0] + timedelta(minutes=minute))
    heard: list[bool] = []
    day.pass_until(OUT[0] + timedelta(hours=1), lambda: heard.append(out(instagram)))
    assert heard.count(True) == 5
    assert not out(instagram)
    assert out(facebook)
    assert out(threads)


def test_a_network_that_says_when_to_come_back_is_not_out(day: Day) -> None:
    channel = day.account("mastodon")
    day.fakes[channel.pk].fail(Effect.QUOTA, times=5, seconds=120)
    day.promise(channel, "Fournée", MORNING + timedelta(minutes=1))
    began: list[bool] = []
    day.pass_until(MORNING + timedelta(minutes=30), lambda: began.append(out(channel)))
    assert not any(began)
    assert [text for text, _at in day.posts(channel)] == ["Fournée"]


def test_answers_do_not_wait_for_each_other_when_a_network_is_back(day: Day, claire: Member) -> None:
    channel = day.account("mastodon")
    Channel.objects.filter(pk=channel.pk).update(pacing=True)
    asked = day.fakes[channel.pk].say(day.fakes[channel.pk].stranger("camille"), "Ouvert ?", kind="mention")
    for number in range(3):
        day.promise(channel, f"Fournée {number}", MORNING)
        promise(channel, by=claire, text=f"Oui {number}", due_at=MORNING, kind="reply", reply_to={"id": asked.id})
    day.pass_until(MORNING + timedelta(minutes=2))
    said = sorted(text.rpartition("@camille ")[2] for text, _at in day.posts(channel))
    assert said == ["Fournée 0", "Oui 0", "Oui 1", "Oui 2"]


def test_a_message_moves_to_another_owner_s_network_once(day: Day, claire: Member) -> None:
    channel, refuge = day.account("threads"), day.account("mastodon")
    moved = day.promise(channel, "Fermé demain", OUT[0] + timedelta(hours=2))
    set_late_rule(moved, Late("move"), by=claire, move_to=refuge)
    for minute in range(4):
        day.promise(channel, f"Fournée {minute}", OUT[0] + timedelta(minutes=minute))
    day.silence(channel)
    day.pass_until(MORNING + timedelta(hours=14))
    assert [text for text, _at in day.posts(refuge)] == ["Fermé demain"]
    assert "Fermé demain" not in [text for text, _at in day.posts(channel)]
    moved.refresh_from_db()
    assert (moved.state, bool(moved.held_reason)) == ("cancelled", True)


def test_what_cannot_move_asks_a_person(day: Day, claire: Member) -> None:
    channel, refuge = day.account("threads"), day.account("mastodon")
    delivery = day.promise(channel, "Fermé demain", OUT[0] + timedelta(hours=2))
    set_late_rule(delivery, Late("move"), by=claire, move_to=refuge)
    Channel.objects.filter(pk=channel.pk).update(outage_since=MORNING)
    Channel.objects.filter(pk=refuge.pk).update(state="closed")
    day.silence(channel, span=(MORNING, OUT[1]))
    day.pass_until(OUT[0] + timedelta(hours=3))
    delivery.refresh_from_db()
    assert (delivery.state, bool(delivery.hint)) == ("asked", True)


def test_the_rule_is_chosen_before_it_leaves_and_among_accounts_that_can_carry_it(day: Day, claire: Member) -> None:
    channel, refuge = day.account("facebook"), day.account("mastodon")
    delivery = day.promise(channel, "x" * 600, MORNING + timedelta(hours=2))
    for rule, there in (("never", None), ("move", None), ("move", channel), ("move", refuge)):
        with pytest.raises(Refusal):
            set_late_rule(delivery, Late(rule), by=claire, move_to=there)
    assert set_late_rule(delivery, Late("drop"), by=claire).late_rule == "drop"
    Delivery.objects.filter(pk=delivery.pk).update(state="attempting")
    with pytest.raises(Conflict):
        set_late_rule(delivery, Late("ask"), by=claire)
