"""The address that a person pastes tells which message it is, where the network's manifest can read it."""

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.publishing.actions import it_is_out, promise
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states


@pytest.mark.parametrize(
    ("network", "link", "expected"),
    [
        ("tiktok", "https://www.tiktok.com/@levain/video/7430000000000000001?x=1", "7430000000000000001"),
        ("x", "https://x.com/levain/status/1990000000000000001", "1990000000000000001"),
        ("manual", "https://levain.example/vitrine", ""),
        ("viadeo", "https://viadeo.example/1", ""),
    ],
)
def test_what_was_done_by_hand_is_known_by_its_id(
    claire: Member, channel: Channel, network: str, link: str, expected: str
) -> None:
    delivery = promise(channel, by=claire, text="Le pétrin tourne.", due_at=timezone.now())
    Channel.objects.filter(pk=channel.pk).update(network=network)
    Delivery.objects.filter(pk=delivery.pk).update(state=states.ASKED)
    done = it_is_out(Delivery.objects.get(pk=delivery.pk), by=claire, permalink=link)
    assert (done.state, done.remote_id, done.permalink) == (states.SENT, expected, link)
