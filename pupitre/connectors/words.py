"""Marks the sentences that a screen will translate; the connectors themselves know no language."""


def gettext_noop(message: str) -> str:
    """The same text, seen by the catalogue's extraction: translation happens where a person reads it."""
    return message
