"""A real WordPress site on loopback, with its database, two members and visitors who comment."""

from tests.servers.wordpress.site import Author, WordPressSite, wordpress_site

__all__ = ["Author", "WordPressSite", "wordpress_site"]
