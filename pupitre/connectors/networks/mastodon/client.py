"""Speaks the Mastodon API of any server of the family, tolerant of what each leaves out."""

from datetime import datetime
from typing import Any

from pupitre.connectors.contract import Failed, Limits, MediaRule, TextRule, Unit, Vault
from pupitre.connectors.errors import failure
from pupitre.connectors.http import Answer, Http
from pupitre.connectors.networks.mastodon.manifest import manifest


class Client:
    """One account on one server."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def instance(self) -> str:
        """The server's address, with its scheme, without a slash at the end."""
        given = (self.vault.get("instance") or "").strip().rstrip("/")
        return given if "://" in given else f"https://{given}"

    @property
    def me(self) -> str:
        """Our account's id, asked once."""
        known = self.vault.get("account")
        if not known:
            known = str(self.call("GET", "/api/v1/accounts/verify_credentials")["id"])
            self.vault.put(account=known)
        return known

    def call(self, method: str, path: str, *, writes: bool = False, key: str = "", **options: Any) -> Any:
        """One call, its JSON answer. `writes` only where repeating it could publish twice. Raises Failed."""
        answer = self.ask(method, path, writes=writes, key=key, **options)
        if not answer.ok:
            raise self.failed(answer)
        return answer.json()

    def ask(self, method: str, path: str, *, writes: bool = False, key: str = "", **options: Any) -> Answer:
        """One call, whatever its status."""
        headers = {"Authorization": f"Bearer {self.vault.get('token') or ''}"}
        if key:
            headers["Idempotency-Key"] = key
        return self.http.call(method, self.instance + path, headers=headers, writes=writes, **options)

    def failed(self, answer: Answer) -> Failed:
        """The error with the server's own words."""
        return failure(answer, said(answer), now=self.http.now())

    def first(self, *paths: str) -> Any:
        """The answer of the first path that this server knows."""
        for path in paths[:-1]:
            answer = self.ask("GET", path)
            if answer.status not in {404, 405, 410, 501}:
                if not answer.ok:
                    raise self.failed(answer)
                return answer.json()
        return self.call("GET", paths[-1])

    def limits(self) -> Limits:
        """The server's own rules, from its second or its first way of telling them."""
        told = self.first("/api/v2/instance", "/api/v1/instance").get("configuration") or {}
        statuses, media, polls = (told.get(name) or {} for name in ("statuses", "media_attachments", "polls"))
        usual = manifest.limits
        rule = MediaRule(
            images=statuses.get("max_media_attachments", usual.media.images),
            formats=tuple(kind for kind in media.get("supported_mime_types", ()) if kind.startswith("image/"))
            or usual.media.formats,
            max_bytes=media.get("image_size_limit", usual.media.max_bytes),
            alt_limit=media.get("description_limit", usual.media.alt_limit),
            videos=1,
            video_max_bytes=media.get("video_size_limit", usual.media.video_max_bytes),
        )
        flat = statuses.get("characters_reserved_per_url", usual.text.url_length)
        text = TextRule(int(statuses.get("max_characters", 500)), Unit.GRAPHEMES, url_length=flat, local_mentions=True)
        return Limits(text, rule, poll_options=(2, int(polls.get("max_options", 4))))


def said(answer: Answer) -> str:
    """The server's words, whichever way it says them."""
    try:
        told = answer.json()
    except Failed:
        return answer.text[:200]
    if not isinstance(told, dict):
        return ""
    return str(told.get("error_description") or told.get("error") or told.get("message") or "")


def moment(text: str) -> datetime:
    """A date of the API."""
    return datetime.fromisoformat(text)
