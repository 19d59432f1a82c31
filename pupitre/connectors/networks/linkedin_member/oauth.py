"""LinkedIn's consent screen. The token lives 60 days and a member's own application gets no refresh token."""

from pupitre.connectors.contract import Vault
from pupitre.connectors.families.linkedin import consent, traded
from pupitre.connectors.http import Http
from pupitre.connectors.networks.linkedin_member.client import Client

SCOPES = "openid profile w_member_social"


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    return consent(vault, redirect_uri=redirect_uri, state=state, scopes=SCOPES)


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code for a token and learn who it is. Raises AccessLost."""
    client = Client(vault, http)
    traded(client, grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
    vault.put(sub=client.ask("GET", "/v2/userinfo").json()["sub"])
