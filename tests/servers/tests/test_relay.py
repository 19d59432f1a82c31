"""The relay loses the answer, never the work: the server's own state says so."""

from collections.abc import Callable

import httpx
import pytest

from tests.servers.mastodon import MastodonServer, Member
from tests.servers.relay import CUT, REFUSE_BEFORE, SILENCE, Relay

STATUSES = "/api/v1/statuses"


@pytest.fixture
def bakery(mastodon_server: MastodonServer, request: pytest.FixtureRequest) -> Member:
    return mastodon_server.account(f"relay{abs(hash(request.node.name)) % 10**8}")


@pytest.fixture
def between(mastodon_server: MastodonServer, relay_to: Callable[[str], Relay]) -> Relay:
    return relay_to(mastodon_server.url)


def post(between: Relay, member: Member, text: str, *, patience: float = 10) -> httpx.Response:
    headers = {"authorization": f"Bearer {member.token}"}
    return httpx.post(between.url + STATUSES, json={"status": text}, headers=headers, timeout=patience)


def really_there(server: MastodonServer, member: Member) -> int:
    return len(server.api("GET", f"v1/accounts/{member.id}/statuses", by=member))


def test_without_misfortune_it_is_not_there(mastodon_server: MastodonServer, between: Relay, bakery: Member) -> None:
    answer = post(between, bakery, "Bonjour")
    assert (answer.status_code, answer.json()["account"]["id"]) == (200, bakery.id)
    assert between.answered == [("POST", STATUSES, 200)]
    assert really_there(mastodon_server, bakery) == 1


@pytest.mark.parametrize(("what", "seen"), [(CUT, httpx.RemoteProtocolError), (SILENCE, httpx.ReadTimeout)])
def test_the_line_drops_after_the_work(
    mastodon_server: MastodonServer, between: Relay, bakery: Member, what: str, seen: type[Exception]
) -> None:
    between.next_time(STATUSES, what, seconds=1.5)
    with pytest.raises(seen):
        post(between, bakery, "Perdu en route", patience=1)
    assert really_there(mastodon_server, bakery) == 1
    assert post(between, bakery, "Entendu").status_code == 200


def test_an_error_in_place_of_the_answer(mastodon_server: MastodonServer, between: Relay, bakery: Member) -> None:
    between.next_time(STATUSES, 500)
    assert post(between, bakery, "Fait, et dit non").status_code == 500
    assert really_there(mastodon_server, bakery) == 1


def test_refused_before_the_server_hears_of_it(mastodon_server: MastodonServer, between: Relay, bakery: Member) -> None:
    between.next_time(STATUSES, REFUSE_BEFORE, status=429, times=2)
    assert [post(between, bakery, "Non").status_code for _ in range(3)] == [429, 429, 200]
    assert between.answered == [("POST", STATUSES, 200)]
    assert really_there(mastodon_server, bakery) == 1
