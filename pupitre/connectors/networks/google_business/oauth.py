"""Google's consent screen, then the choice of the establishment."""

from typing import Any

from pupitre.connectors.contract import Refused, Vault
from pupitre.connectors.families.google import agreed, consent
from pupitre.connectors.http import Http
from pupitre.connectors.networks.google_business.client import ACCOUNTS, PLACES, Client
from pupitre.connectors.words import gettext_noop

SCOPES = "https://www.googleapis.com/auth/business.manage"
WHICH = gettext_noop("Write the name of the establishment in the form, then connect again.")


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    return consent(vault, redirect_uri=redirect_uri, state=state, scopes=SCOPES)


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code, then find the establishment. Raises AccessLost, or Refused when it is not clear."""
    client = Client(vault, http)
    agreed(client, redirect_uri=redirect_uri, code=code)
    places = {
        f"{account['name']}/{place['name']}": str(place.get("title", ""))
        for account in listed(client, f"{ACCOUNTS}/accounts", "accounts")
        for place in listed(client, f"{PLACES}/{account['name']}/locations", "locations", readMask="name,title")
    }
    wanted = (vault.get("place") or "").strip().casefold()
    chosen = [name for name, title in places.items() if not wanted or wanted in {title.casefold(), name}]
    if len(chosen) != 1:
        raise Refused(f"{len(places)}: {', '.join(places.values())}" if places else "0", hint=WHICH, code="place")
    vault.put(location=chosen[0])


def listed(client: Client, url: str, name: str, **params: str) -> list[dict[str, Any]]:
    """A whole list, page after page."""
    found: list[dict[str, Any]] = []
    token = ""
    while True:
        told = client.ask("GET", url, params=params | ({"pageToken": token} if token else {})).json()
        found += told.get(name, [])
        token = told.get("nextPageToken", "")
        if not token:
            return found
