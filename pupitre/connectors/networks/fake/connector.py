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
        """A post and its thread leave in one call: the fake takes all or nothing."""
        body = {
            "text": message.text,
            "parts": list(message.parts),
            "language": message.language,
            "parent": message.reply_to.id if message.reply_to else "",
            "private": message.private,
            "media": [{"mime": media.mime, "alt": media.alt, "size": len(media.read())} for media in message.media],
        }
        sent = self.client.call("POST", "/posts", key=message.key, json=body)
        return Processing(sent["id"], 2) if sent["state"] == "processing" else published(sent)

    def resume(self, message: Outgoing, *, token: str) -> Published | Processing:
        """Is the video ready?"""
        sent = self.client.call("GET", f"/posts/{token}")
        return Processing(token, 2) if sent["state"] == "processing" else published(sent)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """By what a stranger could compare: same words, same place, recent enough."""
        parent = message.reply_to.id if message.reply_to else ""
        recent = self.client.call("GET", "/posts", params={"since": (since - timedelta(seconds=5)).timestamp()})
        ours = [one for one in recent if one["text"] == message.text and one["parent"] == parent]
        return published(ours[0]) if ours else None

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
