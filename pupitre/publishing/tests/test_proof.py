"""A success is always written down: whatever the network calls its message, it is never sent again."""

from datetime import UTC, datetime, timedelta

import pytest

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Connector, Published, Ref
from pupitre.connectors.ids import ref_of
from pupitre.publishing.batch import claim_sends, write_sent
from pupitre.publishing.keep import Answer, Terms, claim, write_down
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.moves import Move, Outcome

AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
WHOLE = "<" + "7" * 998 + "@levain.example>"
NAMED = Published(Ref(WHOLE, {"cid": "b\0"}), "https://levain.example/" + "p" * 600, AT)


def nobody(channel: Channel) -> Connector:
    raise AssertionError("nothing is called here")


TERMS = Terms("w", timedelta(minutes=2), timedelta(minutes=2), nobody)


@pytest.fixture
def delivery(channel: Channel) -> Delivery:
    return Delivery.objects.create(
        organisation=channel.organisation, channel=channel, text="Bonjour", fingerprint="x", due_at=AT, next_at=AT
    )


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_message_with_an_endless_name_is_written_sent(delivery: Delivery, way: str) -> None:
    if way == "one":
        assert claim(delivery, Move.SEND, TERMS)
        write_down(delivery, Move.SEND, Answer(Outcome.SENT, NAMED, words="\0" * 900), TERMS)
    else:
        claimed = claim_sends([delivery.pk], TERMS, now=AT)
        write_sent([(claimed[0], NAMED)])

    row = Delivery.objects.get()
    assert (row.state, len(row.remote_id), row.permalink, row.sent_at) == ("sent", 300, "", AT)
    assert (row.words, row.hint) == ("", "")
    assert ref_of(row.remote_id, row.remote_extra) == Ref(WHOLE, {"cid": "b"})
