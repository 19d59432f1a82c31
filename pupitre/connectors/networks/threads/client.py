"""Speaks the Threads graph for one account."""

from typing import ClassVar

from pupitre.connectors.families.meta import Graph

GRAPH = "https://graph.threads.net"
SITE = "https://www.threads.net"


class Client(Graph):
    """One account and its 60-day token."""

    home: ClassVar[str] = GRAPH
    version: ClassVar[str] = "v1.0"
    renewal: ClassVar[str] = "th_refresh_token"
