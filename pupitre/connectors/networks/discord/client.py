"""Speaks to one incoming webhook. Its address is its secret, so no address is ever written down."""

import re
from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Vault
from pupitre.connectors.errors import RECONNECT, failure
from pupitre.connectors.http import Answer, Http

API = "https://discord.com/api/v10"
ADDRESS = re.compile(r"https://(?:\w+\.)?discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(\d+)/([\w-]+)")
GONE = {"10015", "50027"}  # unknown webhook, invalid webhook token
MESSAGE_GONE = "10008"


class Client:
    """One webhook."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def base(self) -> str:
        """The address of the API for this webhook. Raises AccessLost when what was given is none."""
        found = ADDRESS.match((self.vault.get("webhook") or "").strip())
        if not found:
            raise AccessLost("This is not the address of a Discord webhook.", hint=RECONNECT, code="address")
        return f"{API}/webhooks/{found.group(1)}/{found.group(2)}"

    def call(self, method: str, path: str = "", *, writes: bool = False, **options: Any) -> Any:
        """One call, its JSON answer. Raises Failed."""
        answer = self.http.call(method, self.base + path, writes=writes, **options)
        if not answer.ok:
            code, words = said(answer)
            if code in GONE:
                raise AccessLost(words, hint=RECONNECT, code=code)
            raise failure(answer, words, now=self.http.now(), code=code)
        return answer.json() if answer.body else None


def said(answer: Answer) -> tuple[str, str]:
    """Discord's code and words, with the reason of a refused form."""
    try:
        told = answer.json()
        reasons = re.findall(r"'message': '([^']+)'", str(told.get("errors", "")))
        return str(told.get("code", "")), " ".join([str(told.get("message", "")), *reasons])
    except (Failed, AttributeError):
        return "", answer.text[:200]
