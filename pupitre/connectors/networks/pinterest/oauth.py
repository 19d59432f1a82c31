"""Pinterest's consent screen, then the choice of the board."""

from typing import Any
from urllib.parse import urlencode

from pupitre.connectors.contract import Refused, Vault
from pupitre.connectors.http import Http
from pupitre.connectors.networks.pinterest.client import Client
from pupitre.connectors.words import gettext_noop

DIALOG = "https://www.pinterest.com/oauth/"
SCOPES = "user_accounts:read,boards:read,pins:read,pins:write"
WHICH = gettext_noop("Write the name of the board in the form, then connect again.")


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    query = {"client_id": vault.get("app_id") or "", "redirect_uri": redirect_uri, "response_type": "code"}
    return f"{DIALOG}?{urlencode(query | {'scope': SCOPES, 'state': state})}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code, then find the board. Raises AccessLost, or Refused when the board is not clear."""
    client = Client(vault, http)
    client.traded(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
    boards = listed(client)
    wanted = (vault.get("board") or "").strip().casefold()
    chosen = [board for board in boards if not wanted or wanted in {board["name"].casefold(), board["id"]}]
    if len(chosen) != 1:
        names = ", ".join(board["name"] for board in boards)
        raise Refused(f"{len(boards)}: {names}" if boards else "0", hint=WHICH, code="board")
    vault.put(board_id=chosen[0]["id"])


def listed(client: Client) -> list[dict[str, Any]]:
    """Every board of the account, page after page."""
    found: list[dict[str, Any]] = []
    mark = ""
    while True:
        params = {"page_size": "100", **({"bookmark": mark} if mark else {})}
        told = client.call("GET", "/boards", params=params)
        found += told["items"]
        mark = told.get("bookmark") or ""
        if not mark:
            return found
