"""Facebook's consent screen, then the page's own token, which has no date of death of its own."""

from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Refused, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.facebook.client import Client
from pupitre.connectors.words import gettext_noop

DIALOG = "https://www.facebook.com/v26.0/dialog/oauth"
SCOPES = (
    "pages_show_list,pages_read_engagement,pages_read_user_content,pages_manage_posts,pages_manage_engagement,"
    "pages_messaging,read_insights"
)
WHICH = gettext_noop("Write the name of the page in the form, then connect again.")


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    query = {"client_id": vault.get("app_id") or "", "redirect_uri": redirect_uri, "state": state}
    return f"{DIALOG}?{urlencode(query | {'scope': SCOPES, 'response_type': 'code'})}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Code, then short token, then long token, then the page's token. Raises AccessLost or Refused."""
    client = Client(vault, http)
    app = {"client_id": vault.get("app_id") or "", "client_secret": vault.get("app_secret") or ""}
    traded = {**app, "redirect_uri": redirect_uri, "code": code}
    try:
        short = client.ask("GET", "/oauth/access_token", token="", params=traded)["access_token"]
    except Refused as refused:
        raise AccessLost(refused.words, hint=RECONNECT, code=refused.code) from None
    longer = {**app, "grant_type": "fb_exchange_token", "fb_exchange_token": short}
    long = client.ask("GET", "/oauth/access_token", token="", params=longer)["access_token"]
    pages = client.ask("GET", "/me/accounts", token=long, params={"fields": "id,name,access_token", "limit": "100"})[
        "data"
    ]
    wanted = (vault.get("page") or "").strip().casefold()
    chosen = [page for page in pages if not wanted or wanted in {page["name"].casefold(), page["id"]}]
    if len(chosen) != 1:
        names = ", ".join(page["name"] for page in pages)
        raise Refused(f"{len(pages)}: {names}" if pages else "0", hint=WHICH, code="page")
    vault.put(page_id=chosen[0]["id"], page_token=chosen[0]["access_token"])
