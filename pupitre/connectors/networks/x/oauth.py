"""X's consent screen, with PKCE. A code lives thirty seconds; tokens are renewed by client.py."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Refused, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.x.client import Client

SCOPES = "tweet.read tweet.write tweet.moderate.write users.read media.write offline.access"


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    verifier = token_urlsafe(48)
    vault.put(verifier=verifier)
    query = {
        "response_type": "code",
        "client_id": vault.get("client_id") or "",
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "state": state,
        "code_challenge": urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"https://x.com/i/oauth2/authorize?{urlencode(query)}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code for tokens. Raises AccessLost when X does not recognise it."""
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    try:
        Client(vault, http).trade(given | {"code_verifier": vault.get("verifier") or ""})
    except Refused as refused:
        raise AccessLost(refused.words, hint=RECONNECT, code="code") from None
    vault.put(verifier="", refused="none", user_id="")
