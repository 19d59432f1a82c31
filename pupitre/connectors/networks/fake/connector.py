"""The fake network, as the product sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from pupitre.connectors.contract import (
    Account,
    Author,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Processing,
    Published,
    Ref,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.fake.client import Client
from pupitre.connectors.networks.fake.manifest import manifest


def connect(vault: Vault, http: Http) -> "FakeConnector":
    """For the registry."""
    return FakeConnector(Client(vault, http))


@dataclass(frozen=True, slots=True)
class FakeConnector:
    """Every method of the contract in one call each."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who is connected."""
        me = self.client.call("GET", "/me")
        return Account(me["id"], me["handle"], me["name"], me["url"], tuple(me["rights"]), frozenset(manifest.paths))

    def send(self, message: Outgoing) -> Published | Processing:
        """A post, then its thread part by part: what an earlier attempt put out already is not said again."""
        known = self.recent(message.created_at - timedelta(minutes=5)) if message.parts else []
        parent = message.reply_to.id if message.reply_to else ""
        first = among(known, message.text, parent) or self.posted(message, 0, parent)
        if first["state"] == "processing":
            return Processing(first["id"], 2)
        return self.followed(message, first, known)

    def posted(self, message: Outgoing, rank: int, parent: str) -> dict[str, Any]:
        """One message; the files and the poll go with the first."""
        media = message.media if rank == 0 else ()
        body = {
            "text": (message.text, *message.parts)[rank],
            "language": message.language,
            "parent": parent,
            "private": message.private,
            "media": [{"mime": one.mime, "alt": one.alt, "size": len(one.read())} for one in media],
            "poll": list(message.poll) if rank == 0 else [],
            "kind": message.extras.get("kind", ""),
        }
        key = message.key if rank == 0 else f"{message.key}#{rank}"
        return dict(self.client.call("POST", "/posts", key=key, json=body))

    def followed(self, message: Outgoing, first: dict[str, Any], known: Sequence[dict[str, Any]]) -> Published:
        """The further parts, each under the one before."""
        parent = first["id"]
        for rank, text in enumerate(message.parts, start=1):
            parent = (among(known, text, parent) or self.posted(message, rank, parent))["id"]
        return published(first)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """Is the video ready? What follows it then leaves."""
        sent = self.client.call("GET", f"/posts/{token}")
        if sent["state"] == "processing":
            return Processing(token, 2)
        known = self.recent(message.created_at - timedelta(minutes=5)) if message.parts else []
        return self.followed(message, sent, known)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """By what a stranger could compare: same words, same place, recent enough; a thread when all of it is there."""
        recent = self.recent(since - timedelta(seconds=5))
        first: dict[str, Any] | None = None
        parent = message.reply_to.id if message.reply_to else ""
        for text in (message.text, *message.parts):
            one = among(recent, text, parent)
            if one is None:
                return None
            first, parent = first or one, one["id"]
        return published(first) if first else None

    def recent(self, since: datetime) -> list[dict[str, Any]]:
        """Our own messages, as the listing shows them."""
        return list(self.client.call("GET", "/posts", params={"since": since.timestamp()}))

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """What people said to us."""
        return [incoming(one) for one in self.client.call("GET", "/inbox", params=after(since))]

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Everything under one of ours."""
        return [incoming(one) for one in self.client.call("GET", f"/posts/{ref.id}/thread")]

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Counts, under the network's names."""
        now = self.client.http.now()
        return [Figure(name, value, now) for name, value in self.client.call("GET", f"/posts/{ref.id}/figures").items()]

    def delete(self, ref: Ref) -> None:
        """Gone, or already gone."""
        self.client.call("DELETE", f"/posts/{ref.id}")

    def hide(self, ref: Ref, *, hidden: bool) -> None:
        """Somebody's answer under ours."""
        self.client.call("PUT", f"/posts/{ref.id}/hidden", json={"hidden": hidden}, writes=False)


def after(since: datetime | None) -> dict[str, float]:
    """The argument of a listing."""
    return {"since": since.timestamp()} if since else {}


def among(known: Sequence[dict[str, Any]], text: str, parent: str) -> dict[str, Any] | None:
    """The one with these words in this place."""
    return next((one for one in known if one["text"] == text and one["parent"] == parent), None)


def published(sent: dict[str, Any]) -> Published:
    """From the fake's words to ours."""
    return Published(Ref(sent["id"]), sent["url"], datetime.fromisoformat(sent["at"]))


def incoming(one: dict[str, Any]) -> Incoming:
    """From the fake's words to ours."""
    who = one["author"]
    return Incoming(
        Ref(one["id"]),
        one["kind"],
        Author(who["id"], who["handle"], who["name"], who["url"]),
        one["text"],
        datetime.fromisoformat(one["at"]),
        one["root"] or one["id"],
        one["parent"],
        Ref(one["root"]) if one["root"] else None,
        one["url"],
        one["language"],
        one["public"],
        one["rating"],
    )
