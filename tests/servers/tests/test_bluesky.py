"""The network is the real one: its own rules refuse, its own view counts, and its known races can be played at will."""

import struct
import zlib

import httpx
import psutil
import pytest

from tests.servers.bluesky import BlueskyNetwork, Person, Record


def grey_png(width: int, height: int) -> bytes:
    """A valid grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def thread(network: BlueskyNetwork, reader: Person, post: Record) -> dict:
    return network.call("app.bsky.feed.getPostThread", by=reader, uri=post.uri)["thread"]


def notified(network: BlueskyNetwork, person: Person) -> list[tuple[str, str]]:
    listed = network.call("app.bsky.notification.listNotifications", by=person)["notifications"]
    return sorted((one["author"]["handle"], one["reason"]) for one in listed)


@pytest.fixture
def three(bluesky_network: BlueskyNetwork, request: pytest.FixtureRequest) -> tuple[Person, Person, Person]:
    """A bakery and two customers, new for each test."""
    mark = f"{zlib.crc32(request.node.nodeid.encode()) % 10**6:06d}"
    return tuple(bluesky_network.account(f"{name}{mark}") for name in ("levain", "anna", "bruno"))


def test_a_post_with_an_image_is_answered_twice_and_everything_comes_back(
    bluesky_network: BlueskyNetwork, three: tuple[Person, Person, Person]
) -> None:
    bakery, anna, bruno = three
    blob = bluesky_network.upload_as(bakery, grey_png(320, 200), kind="image/png")
    image = {
        "image": blob,
        "alt": "Trois pains au levain sur une planche",
        "aspectRatio": {"width": 320, "height": 200},
    }
    post = bluesky_network.post_as(
        bakery, "Le pain de demain lève.", embed={"$type": "app.bsky.embed.images", "images": [image]}, langs=["fr"]
    )
    first = bluesky_network.reply_as(anna, "À quelle heure ?", to=post)
    bluesky_network.reply_as(bruno, "Avec du seigle ?", to=post)
    bluesky_network.like_as(bruno, post)
    bluesky_network.reply_as(bakery, "Dès 7 h.", to=first, root=post)
    bluesky_network.process()

    shown = thread(bluesky_network, bakery, post)
    replies = {(r["post"]["author"]["handle"], r["post"]["record"]["text"]) for r in shown["replies"]}
    assert replies == {(anna.handle, "À quelle heure ?"), (bruno.handle, "Avec du seigle ?")}
    assert (shown["post"]["replyCount"], shown["post"]["likeCount"]) == (2, 1)
    assert [picture["alt"] for picture in shown["post"]["embed"]["images"]] == [image["alt"]]
    assert notified(bluesky_network, bakery) == [
        (anna.handle, "reply"),
        (bruno.handle, "like"),
        (bruno.handle, "reply"),
    ]
    assert notified(bluesky_network, anna) == [(bakery.handle, "reply")]


def test_a_reply_whose_notification_is_lost_is_still_in_the_thread(
    bluesky_network: BlueskyNetwork, three: tuple[Person, Person, Person]
) -> None:
    bakery, anna, bruno = three
    post = bluesky_network.post_as(bakery, "Fermé lundi.")
    bluesky_network.reply_as(anna, "Et mardi ?", to=post)
    lost = bluesky_network.reply_as(bruno, "Toute la journée ?", to=post)

    assert bluesky_network.lose_notifications(lost) == 1

    assert notified(bluesky_network, bakery) == [(anna.handle, "reply")]
    texts = {reply["post"]["record"]["text"] for reply in thread(bluesky_network, bakery, post)["replies"]}
    assert texts == {"Et mardi ?", "Toute la journée ?"}


def test_a_new_account_may_sign_in_before_its_profile_exists(bluesky_network: BlueskyNetwork) -> None:
    with bluesky_network.held():
        early = bluesky_network.account("early", settled=False)
        body = {"identifier": early.handle, "password": early.app_password}
        session = bluesky_network.call("com.atproto.server.createSession", json=body)
        with pytest.raises(httpx.HTTPStatusError) as refused:
            bluesky_network.call("app.bsky.actor.getProfile", by=early, actor=early.did)
        post = bluesky_network.post_as(early, "Déjà là.")
    answer = refused.value.response
    assert (session["did"], answer.status_code, answer.json()["message"]) == (early.did, 400, "Profile not found")
    assert thread(bluesky_network, early, post)["post"]["record"]["text"] == "Déjà là."


def test_while_the_view_is_held_a_post_exists_and_appears_nowhere(
    bluesky_network: BlueskyNetwork, three: tuple[Person, Person, Person]
) -> None:
    bakery, _, _ = three
    with bluesky_network.held():
        post = bluesky_network.post_as(bakery, "Invisible encore.")
        assert [one["uri"] for one in bluesky_network.posts_of(bakery)] == [post.uri]
        seen = bluesky_network.call("app.bsky.feed.getAuthorFeed", by=bakery, actor=bakery.did)["feed"]
        # The server adds what its own author wrote a moment ago; a stranger sees nothing yet.
        stranger = httpx.get(
            f"{bluesky_network.appview_url}/xrpc/app.bsky.feed.getAuthorFeed", params={"actor": bakery.did}
        )
        assert stranger.json()["feed"] == []
    seen = bluesky_network.call("app.bsky.feed.getAuthorFeed", by=bakery, actor=bakery.did)["feed"]
    assert [one["post"]["uri"] for one in seen] == [post.uri]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"text": "a" * 3001}, "maximum 3000, got 3001"),
        ({"text": "é" * 301}, "maximum 300, got 301"),
        ({"text": "ok", "createdAt": "yesterday"}, "createdAt"),
    ],
)
def test_the_network_s_own_rules_refuse(
    bluesky_network: BlueskyNetwork, three: tuple[Person, Person, Person], record: dict, words: str
) -> None:
    bakery, _, _ = three
    with pytest.raises(httpx.HTTPStatusError) as refused:
        bluesky_network.create(bakery, "app.bsky.feed.post", record)
    assert refused.value.response.status_code == 400
    assert words in refused.value.response.json()["message"]
    assert bluesky_network.posts_of(bakery) == []


def test_the_same_key_twice_is_one_post(bluesky_network: BlueskyNetwork, three: tuple[Person, Person, Person]) -> None:
    bakery, _, _ = three
    record = {"$type": "app.bsky.feed.post", "text": "Une seule fois.", "createdAt": "2026-11-02T08:00:00.000Z"}
    once = bluesky_network.put(bakery, "app.bsky.feed.post", "3kpupitreonce", record)
    again = bluesky_network.put(bakery, "app.bsky.feed.post", "3kpupitreonce", record)
    assert (again, [one["uri"] for one in bluesky_network.posts_of(bakery)]) == (once, [once.uri])


def test_nothing_listens_beyond_this_machine(bluesky_network: BlueskyNetwork) -> None:
    family = [
        psutil.Process(bluesky_network.child.pid),
        *psutil.Process(bluesky_network.child.pid).children(recursive=True),
    ]
    listening = [c.laddr.ip for one in family for c in one.net_connections(kind="tcp") if c.status == "LISTEN"]
    assert len(listening) >= 5
    assert set(listening) == {"127.0.0.1"}
