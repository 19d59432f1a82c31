"""An organisation says why, speaks on a real network, is answered, answers back, and sees what it brought."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pupitre.conversations.models import Message
from tests.journeys import lanes, main_job, said

if TYPE_CHECKING:
    from tests.journeys.visitor import Visitor
    from tests.servers.bluesky import BlueskyNetwork
    from tests.servers.mastodon import MastodonServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def reasons(visitor: "Visitor") -> None:
    main_job.set_up(visitor)
    main_job.nothing_before_why(visitor)
    main_job.why(visitor)
    main_job.voice(visitor)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_a_real_bluesky_network(
    bluesky_network: "BlueskyNetwork", visit: "Callable[..., Visitor]", picture: Path, gazette: str, language: str
) -> None:
    from tests.servers.bluesky import Record

    network = bluesky_network
    bakery = network.account(f"levain{language}", display_name="Levain & Fils")
    anna, paul = (network.account(f"{name}{language}", display_name=name.title()) for name in ("anna", "paul"))
    visitor = visit(language)

    reasons(visitor)
    opened = main_job.channel(
        visitor, "bluesky", server=network.pds_url, handle=bakery.handle, password=bakery.app_password
    )
    delivery = main_job.out(visitor, main_job.post(visitor, opened, picture))
    [published] = network.posts_of(bakery)
    assert published["value"]["text"] == said.POST[language]
    assert [image["alt"] for image in published["value"]["embed"]["images"]] == [said.ALT[language]]

    ours: Record = Record(published["uri"], published["cid"])
    hours, nuts = said.ASKED[language]
    network.reply_as(anna, hours, to=ours)
    unannounced = network.reply_as(paul, nuts, to=ours)
    network.like_as(anna, ours)
    network.like_as(paul, ours)
    assert network.lose_notifications(unannounced) >= 1
    network.process()
    main_job.two_people_wait(visitor)

    main_job.answer(visitor)
    network.process()
    told = next(one for one in network.posts_of(bakery) if one["uri"] != ours.uri)
    assert told["value"]["text"] == said.ANSWER[language]
    assert told["value"]["reply"] == {"root": ours.reference(), "parent": unannounced.reference()}
    lanes.collect()
    assert Message.objects.filter(text=said.ANSWER[language]).count() == 1
    main_job.close(visitor)

    main_job.what_it_brought(visitor, delivery, likes=2)
    main_job.listen(visitor, gazette)
    assert visitor.wrongs == []


@pytest.mark.parametrize("language", ["en"])
def test_on_a_server_of_the_mastodon_api(
    mastodon_server: "MastodonServer", visit: "Callable[..., Visitor]", picture: Path, gazette: str, language: str
) -> None:
    server = mastodon_server
    bakery, anna, paul = (server.account(f"{name}_{language}") for name in ("levain", "anna", "paul"))
    visitor = visit(language)

    reasons(visitor)
    opened = main_job.channel(visitor, "mastodon", instance=server.url, token=bakery.token)
    delivery = main_job.out(visitor, main_job.post(visitor, opened, picture))
    [published] = server.api("GET", f"v1/accounts/{bakery.id}/statuses", by=anna)
    assert [image["description"] for image in published["media_attachments"]] == [said.ALT[language]]

    for person, words in zip((anna, paul), said.ASKED[language], strict=True):
        server.reply_as(person, f"@{bakery.username} {words}", to=published["id"])
        server.api("POST", f"v1/statuses/{published['id']}/favourite", by=person)
    main_job.two_people_wait(visitor)

    main_job.answer(visitor)
    main_job.close(visitor)
    main_job.what_it_brought(visitor, delivery, likes=2)
    main_job.listen(visitor, gazette)
    assert visitor.wrongs == []
