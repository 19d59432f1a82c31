"""Threads' consent screen, then a 60-day token."""

from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Failed, Refused, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.threads.client import GRAPH, SITE, Client

SCOPES = (
    "threads_basic,threads_content_publish,threads_read_replies,threads_manage_replies,"
    "threads_manage_mentions,threads_manage_insights,threads_delete"
)


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    query = {"client_id": vault.get("app_id") or "", "redirect_uri": redirect_uri, "state": state}
    return f"{SITE}/oauth/authorize?{urlencode(query | {'scope': SCOPES, 'response_type': 'code'})}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Code, then a token of one hour, then one of 60 days. Raises AccessLost."""
    client, secret = Client(vault, http), vault.get("app_secret") or ""
    given = {"client_id": vault.get("app_id") or "", "client_secret": secret, "grant_type": "authorization_code"}
    url = f"{GRAPH}/oauth/access_token"
    answer = http.call("POST", url, data={**given, "redirect_uri": redirect_uri, "code": code}, writes=False)
    if not answer.ok:
        problem = client.failed(answer)
        raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
    told = answer.json()
    params = {"grant_type": "th_exchange_token", "client_secret": secret, "access_token": told["access_token"]}
    longer = http.get(f"{GRAPH}/access_token", params=params)
    if not longer.ok:
        raise client.failed(longer)
    client.keep(longer.json())
    vault.put(user_id=str(told["user_id"]), scopes=granted(client))


def granted(client: Client) -> str:
    """The rights really given; nothing when Threads does not say, and then each call tells."""
    try:
        told = client.call("GET", "/debug_token", params={"input_token": client.vault.get("token") or ""})
        return ",".join(told["data"]["scopes"])
    except (Failed, KeyError, TypeError):
        return ""
