"""Speaks Google's interfaces for one establishment."""

from typing import Any

from pupitre.connectors.contract import AccessLost
from pupitre.connectors.errors import RECONNECT
from pupitre.connectors.families import google

REVIEWS = "https://mybusiness.googleapis.com/v4"  # reviews and local posts live only here
ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com/v1"
PLACES = "https://mybusinessbusinessinformation.googleapis.com/v1"


class Client(google.Client):
    """One establishment: accounts/A/locations/L."""

    @property
    def place(self) -> str:
        """Its whole name. Raises AccessLost before the first consent."""
        known = self.vault.get("location")
        if not known:
            raise AccessLost("No establishment was chosen yet.", hint=RECONNECT, code="location")
        return known

    def call(self, method: str, path: str, *, writes: bool = False, **options: Any) -> Any:
        """One call about reviews or local posts, its JSON answer. Raises Failed."""
        return self.ask(method, f"{REVIEWS}/{path}", writes=writes, **options).json()
