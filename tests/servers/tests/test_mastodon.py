"""The instance keeps state, holds tokens to their rights and can be made to misbehave."""

import httpx
import pytest

from tests.servers.mastodon import MastodonServer


def refused(call: pytest.ExceptionInfo[httpx.HTTPStatusError]) -> int:
    return call.value.response.status_code


def test_a_reply_arrives_in_the_thread_and_in_the_notifications(mastodon_server: MastodonServer) -> None:
    bakery, anna = mastodon_server.account("levain1"), mastodon_server.account("anna1")
    post = mastodon_server.post_as(bakery, "Le pain de demain lève.", visibility="public", language="fr")
    reply = mastodon_server.reply_as(anna, "@levain1 À quelle heure ?", to=post["id"])

    thread = mastodon_server.api("GET", f"v1/statuses/{post['id']}/context", by=bakery)
    notices = mastodon_server.api("GET", "v1/notifications", by=bakery)
    counted = mastodon_server.api("GET", f"v1/statuses/{post['id']}", by=bakery)

    assert [one["id"] for one in thread["descendants"]] == [reply["id"]]
    assert [(one["type"], one["account"]["username"]) for one in notices] == [("mention", "anna1")]
    assert counted["replies_count"] == 1


def test_without_a_token_nothing_is_written(mastodon_server: MastodonServer) -> None:
    with pytest.raises(httpx.HTTPStatusError) as call:
        mastodon_server.api("POST", "v1/statuses", status="Personne")
    assert refused(call) == 401


@pytest.mark.parametrize(("effect", "more", "status"), [("ratelimit", {}, 429), ("status", {"status": 503}, 503)])
def test_a_fault_lasts_for_the_block_and_nothing_is_posted(
    mastodon_server: MastodonServer, effect: str, more: dict[str, int], status: int
) -> None:
    bakery = mastodon_server.account(f"levain{status}")
    with (
        mastodon_server.fault(effect, path="/api/v1/statuses", **more),
        pytest.raises(httpx.HTTPStatusError) as call,
    ):
        mastodon_server.post_as(bakery, "Refusé")
    assert refused(call) == status
    assert mastodon_server.api("GET", f"v1/accounts/{bakery.id}/statuses", by=bakery) == []
    mastodon_server.post_as(bakery, "Accepté")
    assert len(mastodon_server.api("GET", f"v1/accounts/{bakery.id}/statuses", by=bakery)) == 1


def test_reset_forgets_everybody(mastodon_server: MastodonServer) -> None:
    before = mastodon_server.account("passing")
    mastodon_server.reset()
    with pytest.raises(httpx.HTTPStatusError) as call:
        mastodon_server.api("GET", "v1/accounts/verify_credentials", by=before)
    assert refused(call) == 401
    assert mastodon_server.account("passing").username == "passing"
