"""Speaks the Instagram Graph API for one account."""

from typing import ClassVar

from pupitre.connectors.families.meta import Graph

GRAPH = "https://graph.instagram.com"


class Client(Graph):
    """One account and its 60-day token."""

    home: ClassVar[str] = GRAPH
    version: ClassVar[str] = "v26.0"
    renewal: ClassVar[str] = "ig_refresh_token"
