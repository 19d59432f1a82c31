"""Google's consent screen, then the channel of who agreed."""

from pupitre.connectors.contract import Refused, Vault
from pupitre.connectors.families.google import agreed, consent
from pupitre.connectors.http import Http
from pupitre.connectors.networks.youtube.analytics import RIGHT
from pupitre.connectors.networks.youtube.client import Client
from pupitre.connectors.words import gettext_noop

SCOPES = f"https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.force-ssl {RIGHT}"
NO_CHANNEL = gettext_noop("This Google account has no channel: create one on YouTube, then connect again.")


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    return consent(vault, redirect_uri=redirect_uri, state=state, scopes=SCOPES)


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code, then find the channel. Raises AccessLost, or Refused when there is none."""
    client = Client(vault, http)
    agreed(client, redirect_uri=redirect_uri, code=code)
    mine = client.call("GET", "channels", params={"part": "id", "mine": "true"}).json().get("items", [])
    if not mine:
        raise Refused("0", hint=NO_CHANNEL, code="channel")
    vault.put(channel=mine[0]["id"])
