"""Addresses of a shelf of the library."""

from urllib.parse import urlencode

from django import template

register = template.Library()


@register.filter
def asked(value: str, name: str) -> str:
    """The query that opens one shelf: "folder=Le+four"."""
    return urlencode({name: value})
