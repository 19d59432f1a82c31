"""Stages on real servers: the same checks as on the fakes; where they differ, the fake is wrong."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pupitre.connectors.contract import Account, Connector, Ref
from pupitre.connectors.fakes.stage import Safe
from pupitre.connectors.http import Http
from pupitre.connectors.markup import plain
from pupitre.connectors.registry import connect
from tests.servers.bluesky import BlueskyNetwork, Person, Record
from tests.servers.mastodon import MastodonServer, Member
from tests.servers.wordpress import WordPressSite

NUMBERS = count(1)


@dataclass
class BlueskyStage:
    """A new account and a new stranger on a real Bluesky."""

    network: BlueskyNetwork
    us: Person = field(init=False)
    stranger: Person = field(init=False)
    connector: Connector = field(init=False)
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        rank = next(NUMBERS)
        self.us = self.network.account(f"levain-g{rank}", display_name="Levain & Fils")
        self.stranger = self.network.account(f"camille-g{rank}")
        vault = Safe({"server": self.network.pds_url, "handle": self.us.handle, "password": self.us.app_password})
        self.connector = connect("bluesky", vault, Http(allow_private=True))
        self.account = self.connector.identify()

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        said = self.network.reply_as(self.stranger, text, to=Record(ref.id, ref.extra["cid"]))
        if not notified:
            self.network.lose_notifications(said)

    def mention(self, text: str) -> None:
        named = text.replace("%s", "@" + self.us.handle)
        start = len(text.partition("%s")[0].encode())
        index = {"byteStart": start, "byteEnd": start + len(self.us.handle) + 1}
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": self.us.did}
        self.network.post_as(self.stranger, named, facets=[{"index": index, "features": [feature]}])

    def write(self, text: str) -> None:
        raise NotImplementedError("this network has no chat service")

    def review(self, text: str, rating: int) -> None:
        raise NotImplementedError("Bluesky has no reviews")

    def like(self, ref: Ref) -> None:
        self.network.like_as(self.stranger, Record(ref.id, ref.extra["cid"]))

    def public(self) -> list[str]:
        self.network.process()
        return [one["value"]["text"] for one in self.network.posts_of(self.us)][::-1]

    def wait(self, seconds: float) -> None:
        self.network.process()


@dataclass
class MastodonStage:
    """A new account and a new stranger on a server of the Mastodon API."""

    server: MastodonServer
    us: Member = field(init=False)
    stranger: Member = field(init=False)
    connector: Connector = field(init=False)
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        rank = next(NUMBERS)
        self.us = self.server.account(f"levain{rank}", display_name="Levain & Fils")
        self.stranger = self.server.account(f"camille{rank}")
        vault = Safe({"instance": self.server.url, "token": self.us.token})
        self.connector = connect("mastodon", vault, Http(allow_private=True))
        self.account = self.connector.identify()

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        named = f"@{self.us.username} {text}" if notified else text
        self.server.reply_as(self.stranger, named, to=ref.id)

    def mention(self, text: str) -> None:
        self.server.post_as(self.stranger, text.replace("%s", "@" + self.us.username))

    def write(self, text: str) -> None:
        self.server.post_as(self.stranger, f"@{self.us.username} {text}", visibility="direct")

    def review(self, text: str, rating: int) -> None:
        raise NotImplementedError("Mastodon has no reviews")

    def like(self, ref: Ref) -> None:
        self.server.api("POST", f"v1/statuses/{ref.id}/favourite", by=self.stranger)

    def public(self) -> list[str]:
        shown: list[dict[str, Any]] = self.server.api(
            "GET", f"v1/accounts/{self.us.id}/statuses", by=self.stranger, limit=40
        )
        return [plain(one["content"]) for one in shown if one["visibility"] == "public"][::-1]

    def wait(self, seconds: float) -> None:
        """Everything is immediate here."""


@dataclass
class WordPressStage:
    """A real WordPress site, emptied of its articles; another member comments."""

    site: WordPressSite
    connector: Connector = field(init=False)
    account: Account = field(init=False)

    def __post_init__(self) -> None:
        for post in self.site.api("GET", "posts", by=self.site.editor, status="publish,draft", per_page=100):
            self.site.api("DELETE", f"posts/{post['id']}", by=self.site.editor, force=True)
        editor = self.site.editor
        vault = Safe({"site": self.site.url, "user": editor.login, "password": editor.password})
        self.connector = connect("wordpress", vault, Http(allow_private=True, timeout=60))
        self.account = self.connector.identify()

    def reply(self, ref: Ref, text: str, *, notified: bool = True) -> None:
        # By a member: the site makes visitors wait fifteen seconds between two comments.
        self.site.api("POST", "comments", by=self.site.conductor, post=int(ref.id), content=text)

    def mention(self, text: str) -> None:
        raise NotImplementedError("a site hears no mention")

    def write(self, text: str) -> None:
        raise NotImplementedError("a site has no private messages")

    def review(self, text: str, rating: int) -> None:
        raise NotImplementedError("a site has no reviews")

    def like(self, ref: Ref) -> None:
        raise NotImplementedError("a site has no likes")

    def public(self) -> list[str]:
        """What a visitor reads: the title is a part of the text only when it is not repeated there."""
        shown = []
        for post in self.site.api("GET", "posts", per_page=100)[::-1]:
            title, body = plain(post["title"]["rendered"]), plain(post["content"]["rendered"])
            shown.append(body or title)
        ours = self.site.api("GET", "comments", by=self.site.editor, author=self.site.editor.id)
        return shown + [plain(one["content"]["rendered"]) for one in ours[::-1]]

    def wait(self, seconds: float) -> None:
        """Everything is immediate here."""
