"""The plainest way to knock: a body signed with the token."""

from pupitre.connectors.contract import Vault
from pupitre.connectors.hooks import Knock, Reply, Rung, in_hex, marked, require_same
from pupitre.connectors.http import Http


def challenge(vault: Vault, knock: Knock) -> Reply | None:
    """Anybody may ask whether we are there."""
    return Reply("here") if knock.method == "GET" else None


def rung(vault: Vault, http: Http, knock: Knock) -> Rung:
    """The signature."""
    require_same(knock.headers.get("x-fake-signature", ""), in_hex(vault.get("token"), knock.body))
    return Rung(marked(knock.body))
