"""Instagram's consent screen, then a 60-day token."""

from urllib.parse import urlencode

from pupitre.connectors.contract import AccessLost, Refused, Vault
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.http import Http
from pupitre.connectors.networks.instagram.client import GRAPH, Client

DIALOG = "https://www.instagram.com/oauth/authorize"
SHORT = "https://api.instagram.com/oauth/access_token"
SCOPES = (
    "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments,"
    "instagram_business_manage_messages,instagram_business_manage_insights"
)


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    query = {"client_id": vault.get("app_id") or "", "redirect_uri": redirect_uri, "state": state}
    return f"{DIALOG}?{urlencode(query | {'scope': SCOPES, 'response_type': 'code'})}"


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Code, then a token of one hour, then one of 60 days. Raises AccessLost."""
    client, secret = Client(vault, http), vault.get("app_secret") or ""
    given = {"client_id": vault.get("app_id") or "", "client_secret": secret, "grant_type": "authorization_code"}
    answer = http.call("POST", SHORT, data={**given, "redirect_uri": redirect_uri, "code": code}, writes=False)
    if not answer.ok:
        problem = client.failed(answer)
        raise AccessLost(problem.words, hint=RECONNECT, code="code") if isinstance(problem, Refused) else problem
    told = answer.json()
    told = told["data"][0] if "data" in told else told
    params = {"grant_type": "ig_exchange_token", "client_secret": secret, "access_token": told["access_token"]}
    longer = http.get(f"{GRAPH}/access_token", params=params)
    if not longer.ok:
        raise client.failed(longer)
    scopes = told.get("permissions") or ""
    vault.put(user_id=str(told["user_id"]), scopes=scopes if isinstance(scopes, str) else ",".join(scopes))
    client.keep(longer.json())
