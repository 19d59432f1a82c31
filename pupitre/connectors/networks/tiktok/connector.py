"""A TikTok account, as the product sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pupitre.connectors.contract import (
    Account,
    ByHand,
    Capability,
    Figure,
    Incoming,
    Manifest,
    Media,
    Outgoing,
    Processing,
    Published,
    Ref,
    Refused,
    Unreadable,
    Vault,
)
from pupitre.connectors.errors import CHANGE_IT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.tiktok.client import Client
from pupitre.connectors.networks.tiktok.manifest import manifest
from pupitre.connectors.words import gettext_noop

INBOX = "https://www.tiktok.com/inbox"
IN_INBOX = gettext_noop(
    "The film is in your TikTok inbox: open it in the application, paste the text, publish, then tell Pupitre."
)
ANSWER_THERE = gettext_noop("TikTok shows its comments to no application: answer there, then tell Pupitre.")
LOOK_THERE = gettext_noop("Open your TikTok profile and look.")
LONGEST = 67_108_864  # bytes of a piece; the last one takes what is left
NAMED = {"view_count": "views", "like_count": "likes", "comment_count": "comments", "share_count": "shares"}


def connect(vault: Vault, http: Http) -> "TikTok":
    """For the registry."""
    return TikTok(Client(vault, http))


@dataclass(frozen=True, slots=True)
class TikTok:
    """Short enough to be one page."""

    client: Client
    manifest: ClassVar[Manifest] = manifest

    def identify(self) -> Account:
        """Who it is, what was granted, and when the access dies."""
        me = self._me()
        scopes = tuple(sorted((self.client.vault.get("scopes") or "").replace(",", " ").split()))
        can = frozenset({Capability.FIGURES} if not scopes or "video.list" in scopes else ())
        return Account(
            me["open_id"], me["display_name"], me["display_name"], "https://www.tiktok.com", scopes, can,
            expires_at=self.client.dies,
        )  # fmt: skip

    def send(self, message: Outgoing) -> Processing | ByHand:
        """The film goes to the account's own inbox: nobody else sees it."""
        if message.reply_to or message.private:
            return ByHand(INBOX, ANSWER_THERE)
        if not message.media:
            raise Refused("a film is missing", hint=CHANGE_IT, code="media")
        return Processing(self._laid(message.media[0]), 15)

    def resume(self, message: Outgoing, *, token: str) -> Processing | ByHand:
        """Once it is in the inbox, a person does the rest."""
        told = self.client.call("POST", "/post/publish/status/fetch/", json={"publish_id": token})
        state = told.get("status", "")
        if state == "FAILED":
            raise Refused(str(told.get("fail_reason") or state), hint=CHANGE_IT, code="failed")
        return ByHand(INBOX, IN_INBOX) if state in {"SEND_TO_USER_INBOX", "PUBLISH_COMPLETE"} else Processing(token, 30)

    def find(self, message: Outgoing, *, since: datetime) -> Published | None:
        """The words are pasted by a person, who may change them: only a person can tell."""
        raise Unreadable(LOOK_THERE, hint=LOOK_THERE)

    def inbox(self, *, since: datetime | None) -> Sequence[Incoming]:
        """Nothing may be read; the call says whether the access still lives."""
        self._me()
        return ()

    def thread(self, ref: Ref) -> Sequence[Incoming]:
        """Idem."""
        return ()

    def figures(self, ref: Ref) -> Sequence[Figure]:
        """The counts of a film whose address a person gave."""
        if not ref.id.isdecimal():
            return ()
        asked = {"filters": {"video_ids": [ref.id]}}
        params = {"fields": "id," + ",".join(NAMED)}
        found = self.client.call("POST", "/video/query/", params=params, json=asked).get("videos", [])
        now = self.client.http.now()
        return [Figure(NAMED[name], float(value), now) for one in found for name, value in one.items() if name in NAMED]

    def delete(self, ref: Ref) -> None:
        """A person takes it back there."""
        raise Refused("no application deletes a film on TikTok", hint=LOOK_THERE, code="by_hand")

    def _me(self) -> dict[str, str]:
        return dict(self.client.call("GET", "/user/info/", params={"fields": "open_id,display_name"})["user"])

    def _laid(self, media: Media) -> str:
        """The number of the draft."""
        content = media.read()
        size, count = pieces(len(content))
        source = {"source": "FILE_UPLOAD", "video_size": len(content), "chunk_size": size, "total_chunk_count": count}
        place = self.client.call("POST", "/post/publish/inbox/video/init/", json={"source_info": source})
        for start, end in spans(len(content), size, count):
            where = {"Content-Range": f"bytes {start}-{end - 1}/{len(content)}", "Content-Type": media.mime}
            put = self.client.http.call(
                "PUT", place["upload_url"], content=content[start:end], headers=where, writes=False, timeout=600
            )
            if not put.ok:
                raise self.client.failed(put)
        return str(place["publish_id"])


def pieces(total: int, *, longest: int = LONGEST) -> tuple[int, int]:
    """The size of a piece and how many: whole when it fits, else the last one takes what is left."""
    return (total, 1) if total <= longest else (longest, total // longest)


def spans(total: int, size: int, count: int) -> Iterator[tuple[int, int]]:
    """From which byte to which."""
    for rank in range(count):
        yield rank * size, total if rank == count - 1 else (rank + 1) * size
