"""A Discord room, as the product sees it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Figure,
    Incoming,
    Manifest,
    Outgoing,
    Path,
    Published,
    Ref,
    Refused,
    Unreadable,
    Vault,
)
from pupitre.connectors.http import Http
from pupitre.connectors.networks.discord.client import MESSAGE_GONE, Client
from pupitre.connectors.networks.discord.manifest import manifest
from pupitre.connectors.words import gettext_noop

LOOK_THERE = gettext_noop("A webhook cannot read its room: open the room and look.")
ANSWER_THERE = gettext_noop("A webhook cannot answer somebody: answer in the room, then tell Pupitre.")
DAY_HOURS = 24


def connect(vault: Vault, http: Http) -> "Discord":
    """For the registry."""
    return Discord(Client(vault, http))


@dataclass(frozen=True, slots=True)
class Discord:
    """Short enough to be one page."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """The webhook and its room."""
        hook = self.client.call("GET")
        self.client.vault.put(guild=str(hook.get("guild_id") or "@me"), channel=str(hook.get("channel_id") or ""))
        can = frozenset(capability for capability, path in manifest.paths.items() if path is Path.API)
        return Account(
            str(hook["id"]), hook["name"] or "webhook", hook["name"] or "webhook", self._room(), ("post",), can
        )

    def send(self, message: Outgoing) -> Published | ByHand:
        """One message. Nobody is called by it: an @everyone in a text stays text."""
        if message.reply_to:
            return ByHand(message.reply_to.extra.get("url", self._room()), ANSWER_THERE)
        body: dict[str, Any] = {"content": message.text, "allowed_mentions": {"parse": []}}
        if message.poll:
            hours = int(message.extras.get("poll_seconds", DAY_HOURS * 3600)) // 3600
            answers = [{"poll_media": {"text": option}} for option in message.poll]
            body = {"poll": {"question": {"text": message.text}, "answers": answers, "duration": hours}}
        if not message.media:
            return self._published(self.client.call("POST", writes=True, params={"wait": "true"}, json=body))
        named = [f"{rank}.{media.mime.partition('/')[2]}" for rank, media in enumerate(message.media)]
        described = enumerate(zip(named, message.media, strict=True))
        body["attachments"] = [{"id": str(n), "filename": name, "description": one.alt} for n, (name, one) in described]
        files = [
            (f"files[{rank}]", (name, media.read(), media.mime))
            for rank, (name, media) in enumerate(zip(named, message.media, strict=True))
        ]
        data = {"payload_json": json.dumps(body)}
        sent = self.client.call("POST", writes=True, params={"wait": "true"}, data=data, files=files, timeout=120)
        return self._published(sent)

    def resume(self, message: Outgoing, *, token: str) -> NoReturn:
        """Nothing is ever in processing."""
        raise Refused("nothing is in processing")

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """A webhook reads a message by its number only, and the number is what was lost."""
        raise Unreadable(LOOK_THERE, hint=LOOK_THERE)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """A webhook hears nothing; the call says whether it still lives."""
        self.client.call("GET")
        return ()

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Idem."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """Reactions, all emoji together."""
        shown = self.client.call("GET", f"/messages/{ref.id}")
        total = sum(reaction["count"] for reaction in shown.get("reactions") or [])
        return (Figure("reactions", total, self.client.http.now()),)

    def delete(self, ref: Ref) -> None:
        """A message already gone is gone."""
        try:
            self.client.call("DELETE", f"/messages/{ref.id}")
        except Refused as refused:
            if refused.code != MESSAGE_GONE:
                raise

    def _room(self) -> str:
        return f"https://discord.com/channels/{self.client.vault.get('guild')}/{self.client.vault.get('channel')}"

    def _published(self, sent: dict[str, Any]) -> Published:
        return Published(
            Ref(str(sent["id"])), f"{self._room()}/{sent['id']}", datetime.fromisoformat(sent["timestamp"])
        )
