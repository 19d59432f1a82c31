"""Speaks XRPC to a personal data server; keeps its session in the vault because opening one is rationed."""

from typing import Any

from pupitre.connectors.contract import AccessLost, Failed, Vault
from pupitre.connectors.errors import RECONNECT, failure
from pupitre.connectors.http import Answer, Http

DEFAULT = "https://bsky.social"
CHAT = {"atproto-proxy": "did:web:api.bsky.chat#bsky_chat"}
STALE = {"ExpiredToken", "InvalidToken"}
DEAD = frozenset({"AccountTakedown", "AccountSuspended", "AccountDeactivated", "AuthMissing", "AuthenticationRequired"})
MINUTE = 60


class Client:
    """One account. `did` is who we are; `call` renews the session when it is stale."""

    def __init__(self, vault: Vault, http: Http) -> None:
        self.vault = vault
        self.http = http

    @property
    def did(self) -> str:
        """Our lasting identifier, known since the session was opened."""
        return self.vault.get("did") or str(self._open()["did"])

    def call(self, method: str, nsid: str, *, writes: bool = False, **options: Any) -> Any:
        """One operation, its JSON answer. `writes` only where repeating it could publish twice. Raises Failed."""
        answer = self._try(method, nsid, self.vault.get("access") or self._open()["accessJwt"], writes, options)
        if answer.status in {400, 401} and said(answer)[0] in STALE:
            answer = self._try(method, nsid, self._renew(), writes, options)
        if not answer.ok:
            raise self._failed(answer)
        return answer.json()

    def session(self) -> dict[str, Any]:
        """A session checked now. Raises AccessLost when the account is suspended."""
        found: dict[str, Any] = self.call("GET", "com.atproto.server.getSession")
        if found.get("active") is False:
            raise AccessLost(str(found.get("status") or "inactive"), hint=RECONNECT, code="inactive")
        return found

    def _try(self, method: str, nsid: str, token: str, writes: bool, options: dict[str, Any]) -> Answer:
        headers = {"Authorization": f"Bearer {token}", **(options.get("headers") or {})}
        base = (self.vault.get("pds") or self._server()) + "/xrpc/"
        return self.http.call(method, base + nsid, writes=writes, **{**options, "headers": headers})

    def _server(self) -> str:
        return (self.vault.get("server") or DEFAULT).rstrip("/")

    def _open(self) -> dict[str, Any]:
        given = {"identifier": self.vault.get("handle") or "", "password": self.vault.get("password") or ""}
        url = self._server() + "/xrpc/com.atproto.server.createSession"
        return self._keep(self.http.call("POST", url, json=given, writes=False))

    def _renew(self) -> str:
        headers = {"Authorization": f"Bearer {self.vault.get('refresh') or ''}"}
        url = (self.vault.get("pds") or self._server()) + "/xrpc/com.atproto.server.refreshSession"
        answer = self.http.call("POST", url, headers=headers, writes=False)
        stale = answer.status in {400, 401} and said(answer)[0] not in DEAD - {"AuthMissing", "AuthenticationRequired"}
        return str((self._open() if stale else self._keep(answer))["accessJwt"])

    def _keep(self, answer: Answer) -> dict[str, Any]:
        if not answer.ok:
            raise self._failed(answer)
        session: dict[str, Any] = answer.json()
        self.vault.put(
            access=session["accessJwt"],
            refresh=session["refreshJwt"],
            did=session["did"],
            pds=home(session.get("didDoc")) or self._server(),
        )
        return session

    def _failed(self, answer: Answer) -> Failed:
        code, words = said(answer)
        return failure(answer, words or code, now=self.http.now(), code=code, dead=DEAD)


def home(document: Any) -> str:
    """Where the account really lives, from its identity document."""
    for service in (document or {}).get("service", []):
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service["serviceEndpoint"]).rstrip("/")
    return ""


def said(answer: Answer) -> tuple[str, str]:
    """The server's error name and words, empty when it has none."""
    try:
        told = answer.json()
        return str(told.get("error", "")), str(told.get("message", ""))
    except (Failed, AttributeError):
        return "", answer.text[:200]
