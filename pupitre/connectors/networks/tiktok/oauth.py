"""TikTok's consent screen."""

from urllib.parse import urlencode

from pupitre.connectors.contract import Vault
from pupitre.connectors.http import Http
from pupitre.connectors.networks.tiktok.client import Client

SCOPES = "user.info.basic,video.upload,video.list"


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    query = {"client_key": vault.get("client_key") or "", "response_type": "code", "scope": SCOPES, "state": state}
    return f"https://www.tiktok.com/v2/auth/authorize/?{urlencode(query | {'redirect_uri': redirect_uri})}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code for tokens. Raises AccessLost when TikTok does not recognise it."""
    Client(vault, http).trade(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
