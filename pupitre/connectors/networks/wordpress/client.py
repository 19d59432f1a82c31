"""Speaks the REST API of a WordPress site, wherever the site keeps it."""

import re
from base64 import b64encode
from typing import Any

from pupitre.connectors.contract import Failed, Vault
from pupitre.connectors.errors import failure
from pupitre.connectors.http import Answer, Http

DEAD = frozenset(
    {"incorrect_password", "invalid_username", "invalid_email", "rest_not_logged_in", "application_passwords_disabled"}
)
LINK = re.compile(r'<([^>]+)>;\s*rel="https://api\.w\.org/"')


class Client:
    """One member of one site."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def site(self) -> str:
        """The site's address, with its scheme, without a slash at the end."""
        given = (self.vault.get("site") or "").strip().rstrip("/")
        return given if "://" in given else f"https://{given}"

    @property
    def me(self) -> int:
        """Our own id on the site, asked once."""
        if not self.vault.get("member"):
            self.vault.put(member=str(self.call("GET", "users/me")["id"]))
        return int(self.vault.get("member") or 0)

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call on wp/v2, its JSON answer. `writes` only where repeating it could publish twice. Raises Failed."""
        answer = self.ask(method, path, writes=writes, **options)
        if not answer.ok:
            code, words = said(answer)
            raise failure(answer, words, now=self.http.now(), code=code, dead=DEAD)
        return answer.json()

    def ask(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Answer:
        """One call, whatever its status."""
        pair = f"{self.vault.get('user') or ''}:{self.vault.get('password') or ''}"
        headers = {"Authorization": "Basic " + b64encode(pair.encode()).decode(), **options.pop("headers", {})}
        params = options.pop("params", None)
        base = self.vault.get("api") or f"{self.site}/wp-json/"
        if "?rest_route=" in base:  # a site without readable addresses takes the route as an argument
            base, _mark, root = base.partition("?rest_route=")
            params = {"rest_route": f"{root.rstrip('/')}/wp/v2/{path}", **(params or {})}
            return self.http.call(method, base, params=params, headers=headers, writes=writes, **options)
        return self.http.call(method, f"{base}wp/v2/{path}", params=params, headers=headers, writes=writes, **options)

    def discover(self) -> None:
        """Learn from the site's front page where its API is."""
        found = LINK.search(self.http.get(self.site + "/").headers.get("link", ""))
        self.vault.put(api=found.group(1) if found else f"{self.site}/wp-json/")


def said(answer: Answer) -> tuple[str, str]:
    """The site's code and words."""
    try:
        told = answer.json()
        return str(told.get("code", "")), str(told.get("message", ""))
    except (Failed, AttributeError):
        return "", answer.text[:200]
