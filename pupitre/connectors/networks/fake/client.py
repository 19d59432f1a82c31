"""Speaks the fake network's small API."""

from typing import Any

from pupitre.connectors.contract import Vault
from pupitre.connectors.errors import failure
from pupitre.connectors.http import Answer, Http

DEFAULT = "http://127.0.0.1:8901/fake"


class Client:
    """One account on one server."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    def call(self, method: str, path: str, *, key: str = "", **options: Any) -> Any:
        """One call, its JSON answer. Raises Failed."""
        headers = {"Authorization": f"Bearer {self.vault.get('token') or ''}"}
        if key:
            headers["Idempotency-Key"] = key
        url = (self.vault.get("server") or DEFAULT).rstrip("/") + path
        answer = self.http.call(method, url, headers=headers, **options)
        if not answer.ok:
            code, words = said(answer)
            raise failure(answer, words, now=self.http.now(), code=code)
        return answer.json() if answer.body else None


def said(answer: Answer) -> tuple[str, str]:
    """The network's code and words."""
    try:
        told = answer.json()
        return str(told["error"]), str(told["message"])
    except Exception:
        return "", answer.text[:200]
