"""The conformance checks again, on real servers."""

from datetime import timedelta

import pytest

from pupitre.connectors.contract import Capability, OutcomeUnknown, RetryLater
from pupitre.connectors.fakes.conformance import CHECKS, message, publish, words
from pupitre.connectors.registry import manifest
from pupitre.connectors.tests.real import BlueskyStage, MastodonStage, WordPressStage
from tests.servers.bluesky import BlueskyNetwork
from tests.servers.mastodon import MastodonServer
from tests.servers.wordpress import WordPressSite

pytestmark = pytest.mark.real
NO_CHAT = {Capability.DMS}
NO_FILM = {Capability.VIDEO}  # this server's reader of films stops on the checks' few bytes


@pytest.mark.parametrize("capability", sorted(set(manifest("bluesky").paths) - NO_CHAT))
def test_a_real_bluesky_keeps_what_the_manifest_claims(bluesky_network: BlueskyNetwork, capability: Capability) -> None:
    CHECKS[capability](BlueskyStage(bluesky_network))


def test_a_real_bluesky_without_chat_claims_no_direct_messages(bluesky_network: BlueskyNetwork) -> None:
    account = BlueskyStage(bluesky_network).account
    assert account.capabilities == set(manifest("bluesky").paths) - NO_CHAT
    assert account.name == "Levain & Fils"


def test_a_repeat_on_a_real_bluesky_is_one_post(bluesky_network: BlueskyNetwork) -> None:
    stage = BlueskyStage(bluesky_network)
    wanted = message("Une fois")
    assert publish(stage, wanted) == publish(stage, wanted)
    assert stage.public() == ["Une fois"]


def test_a_lost_notice_of_a_real_bluesky_comes_by_the_thread(bluesky_network: BlueskyNetwork) -> None:
    stage = BlueskyStage(bluesky_network)
    sent = publish(stage, message("Qui vient ?"))
    stage.reply(sent.ref, "Moi.", notified=False)
    stage.wait(1)
    assert words(stage.connector.inbox(since=None)) == ["Moi."]


@pytest.mark.parametrize("capability", sorted(manifest("mastodon").paths))
def test_a_mastodon_server_keeps_what_the_manifest_claims(
    mastodon_server: MastodonServer, capability: Capability
) -> None:
    CHECKS[capability](MastodonStage(mastodon_server))


def test_who_is_connected_on_a_mastodon_server(mastodon_server: MastodonServer) -> None:
    account = MastodonStage(mastodon_server).account
    assert account.name == "Levain & Fils"
    assert account.limits is not None
    assert account.limits.text.limit == 500


@pytest.mark.parametrize(("status", "error"), [(500, OutcomeUnknown), (429, RetryLater)])
def test_what_a_mastodon_server_says_when_it_fails(
    mastodon_server: MastodonServer, status: int, error: type[Exception]
) -> None:
    stage = MastodonStage(mastodon_server)
    wanted = message("Une fois", key=f"fault-{status}")
    with mastodon_server.fault("status", path="/api/v1/statuses", status=status), pytest.raises(error):
        publish(stage, wanted)
    assert stage.connector.find(wanted, since=wanted.created_at - timedelta(minutes=2)) is None
    publish(stage, wanted)
    assert stage.public() == ["Une fois"]


@pytest.mark.parametrize("capability", sorted(set(manifest("wordpress").paths) - NO_FILM))
def test_a_real_wordpress_keeps_what_the_manifest_claims(wordpress_site: WordPressSite, capability: Capability) -> None:
    CHECKS[capability](WordPressStage(wordpress_site))


def test_a_repeat_on_a_real_wordpress_is_one_article(wordpress_site: WordPressSite) -> None:
    stage = WordPressStage(wordpress_site)
    wanted = message("Une fois, à une adresse", key="real-repeat")
    assert publish(stage, wanted) == publish(stage, wanted)
    assert stage.public() == ["Une fois, à une adresse"]
