"""What a message costs before it leaves, where a network is paid by the call. Pure; never below what is billed."""

from collections.abc import Mapping

from pupitre.connectors.addresses import bare_addresses, web_addresses
from pupitre.connectors.words import gettext_noop

PRICED = gettext_noop("Sending costs %(dollars)s US dollars")


def price(costs: Mapping[str, float], text: str, *, reply: bool = False) -> float | None:
    """In US dollars, from a manifest's `costs`; None where nothing is paid by the message."""
    kinds = ["reply" if reply else "post"]
    if bare_addresses(text) or web_addresses(text):
        kinds.append("post_with_url")
    return max((costs[kind] for kind in kinds if kind in costs), default=None)
