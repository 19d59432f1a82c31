"""Speaks LinkedIn's versioned API as one page."""

from datetime import timedelta
from typing import ClassVar
from urllib.parse import quote

from pupitre.connectors.contract import Failed
from pupitre.connectors.families import linkedin

FRESH_FOR = timedelta(days=10)  # a token is renewed when it has less than this to live


class Client(linkedin.Client):
    """One page, a token of 60 days and, for an approved application, a refresh token of 365."""

    kept: ClassVar[str] = "organization"
    urn: ClassVar[str] = "urn:li:organization:"

    def renew(self) -> None:
        """A fresh 60 days while the refresh token lives; the old token stays when LinkedIn says no."""
        refresh = self.vault.get("refresh_token")
        if not refresh or self.dies is None or self.dies - self.http.now() > FRESH_FOR:
            return
        try:
            linkedin.traded(self, grant_type="refresh_token", refresh_token=refresh)
        except Failed:
            return


def coded(urn: str) -> str:
    """A URN as a path or an argument wants it."""
    return quote(urn, safe="")
