"""Signing in on one's own server: Pupitre registers itself there, then the person agrees."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Refused, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.mastodon.client import Client

SCOPES = "read:accounts read:statuses read:notifications write:statuses write:media"


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """Register the application and give the address to open. A new registration each time: servers forget old ones."""
    client = Client(vault, http)
    told = {"client_name": "Pupitre", "redirect_uris": [redirect_uri], "scopes": SCOPES}
    answer = http.call("POST", client.instance + "/api/v1/apps", json=told, writes=False)
    if not answer.ok:
        raise client.failed(answer)
    app, verifier = answer.json(), token_urlsafe(48)
    vault.put(client_id=app["client_id"], client_secret=app["client_secret"], verifier=verifier)
    query = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "state": state,
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{client.instance}/oauth/authorize?{urlencode(query)}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code for a token. Raises AccessLost when the server does not recognise it."""
    client = Client(vault, http)
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": vault.get("client_id") or "",
        "client_secret": vault.get("client_secret") or "",
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "code_verifier": vault.get("verifier") or "",
    }
    answer = http.call("POST", client.instance + "/oauth/token", json=given, writes=False)
    if not answer.ok:
        problem = client.failed(answer)
        raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
    vault.put(token=answer.json()["access_token"], verifier="", account="")
