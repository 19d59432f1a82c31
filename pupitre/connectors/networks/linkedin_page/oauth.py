"""LinkedIn's consent screen for somebody who looks after a page, then the choice of the page."""

from typing import Any

from pupitre.connectors.contract import Refused, Vault
from pupitre.connectors.families.linkedin import consent, traded
from pupitre.connectors.http import Http
from pupitre.connectors.networks.linkedin_page.client import Client
from pupitre.connectors.words import gettext_noop

SCOPES = "w_organization_social r_organization_social rw_organization_admin"
WHICH = gettext_noop("Write the name of the page in the form, then connect again.")
ROLES = "q=roleAssignee&role=ADMINISTRATOR&state=APPROVED"


def begin(vault: Vault, http: Http, *, redirect_uri: str, state: str) -> str:
    """The address of the consent screen."""
    return consent(vault, redirect_uri=redirect_uri, state=state, scopes=SCOPES)


def finish(vault: Vault, http: Http, *, redirect_uri: str, code: str) -> None:
    """Trade the code for a token, then find the page. Raises AccessLost, or Refused when the page is not clear."""
    client = Client(vault, http)
    traded(client, grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
    roles = client.ask("GET", f"/rest/organizationAcls?{ROLES}").json()["elements"]
    pages = [shown(client, one["organization"].rpartition(":")[2]) for one in roles]
    wanted = (vault.get("page") or "").strip().casefold()
    chosen = [page for page in pages if not wanted or wanted in names(page)]
    if len(chosen) != 1:
        every = ", ".join(page["localizedName"] for page in pages)
        raise Refused(f"{len(pages)}: {every}" if pages else "0", hint=WHICH, code="page")
    vault.put(organization=str(chosen[0]["id"]))


def shown(client: Client, id: str) -> dict[str, Any]:
    """A page by its number."""
    return dict(client.ask("GET", f"/rest/organizations/{id}").json())


def names(page: dict[str, Any]) -> set[str]:
    """What a person may write to mean this page."""
    return {page["localizedName"].casefold(), str(page.get("vanityName", "")).casefold(), str(page["id"])}
