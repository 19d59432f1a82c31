"""Speaks LinkedIn's versioned API as one member."""

from typing import ClassVar

from pupitre.connectors.families import linkedin


class Client(linkedin.Client):
    """One member and a token of 60 days."""

    kept: ClassVar[str] = "sub"
    urn: ClassVar[str] = "urn:li:person:"
