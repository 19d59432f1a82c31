"""An outbox whose accounts live on fake networks in this process: answers come at once, time is moved by hand."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
from pupitre.connectors import registry
from pupitre.connectors.contract import Connector
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.serving import InProcess
from pupitre.connectors.fakes.stage import raise_fake
from pupitre.connectors.http import Http
from pupitre.core.models import Member, Organisation
from pupitre.publishing.actions import promise
from pupitre.publishing.keep import Terms, keep
from pupitre.publishing.models import Attempt, Delivery
from pupitre.publishing.queries import due
from pupitre.publishing.rules.moves import Outcome

WORDS = "La fournée de dix-sept heures sort dans une heure."


@dataclass
class Outbox:
    """One organisation's promises, and one fake network behind each of its accounts."""

    by: Member
    organisation: Organisation
    networks: dict[int, Fake] = field(default_factory=dict)

    def account(self, mode: str = "plain") -> Channel:
        """A connected account, alone on its own network."""
        fake = raise_fake("fake")
        name = f"{mode}-{len(self.networks)}"
        channel = Channel.objects.create(
            organisation=self.organisation, network="fake", remote_id=name, handle=f"@{name}", name=name
        )
        ChannelVault(channel).put(**fake.vault(mode))  # type: ignore[attr-defined]
        self.networks[channel.pk] = fake
        return channel

    def connect(self, channel: Channel) -> Connector:
        fake = self.networks[channel.pk]
        http = Http(transport=InProcess(fake), now=fake.world.clock.now, pause=fake.world.clock.advance)
        return registry.connect("fake", ChannelVault(channel), http)

    def promise(self, channel: Channel, text: str = WORDS) -> Delivery:
        return promise(channel, by=self.by, text=text, due_at=timezone.now() - timedelta(seconds=1))

    def turn(self, *, worker: str = "ours") -> list[Outcome | None]:
        """What is due now is moved, once."""
        terms = Terms(worker, lease=timedelta(seconds=60), look=timedelta(seconds=8), connect=self.connect)
        moved = []
        for delivery, fence, *_ in due(now=timezone.now(), limit=100):
            moved.append(keep(delivery, fence, terms))
        return moved

    def later(self, *, seconds: float = 30) -> None:
        """The networks' clocks advance; whatever waits for its hour has reached it."""
        for fake in self.networks.values():
            fake.world.clock.advance(seconds)
        now = timezone.now()
        Delivery.objects.filter(next_at__gt=now).update(next_at=now)
        Channel.objects.filter(resume_at__gt=now).update(resume_at=now)

    def settle(self, *, turns: int = 12) -> None:
        """Turn after turn until nothing waits any more."""
        for _ in range(turns):
            self.turn()
            if not Delivery.objects.filter(next_at__isnull=False).exists():
                return
            self.later()

    def public(self, channel: Channel) -> list[str]:
        """What strangers see of this account."""
        return [message.text for message in self.networks[channel.pk].public_posts()]

    def tries(self, delivery: Delivery) -> list[tuple[str, str]]:
        return list(Attempt.objects.filter(delivery=delivery).order_by("id").values_list("kind", "outcome"))


@pytest.fixture
def outbox(claire: Member, bakery: Organisation) -> Outbox:
    return Outbox(by=claire, organisation=bakery)
