"""A real Bluesky network on loopback: directory, personal data server, application view, all by their own authors."""

from tests.servers.bluesky.network import BlueskyNetwork, Person, Record, bluesky_network

__all__ = ["BlueskyNetwork", "Person", "Record", "bluesky_network"]
