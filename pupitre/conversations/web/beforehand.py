"""What is said of an answer before it leaves: its price where a network is paid, and whether a person carries it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pupitre.connectors.prices import PRICED, price
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.conversations.models import Message, Thread

A_LINK = " https://pupitre.example/"


def beforehand(thread: Thread, last: Message | None, draft: str) -> str:
    """The sentence beside *Send*; empty where an answer leaves by itself and costs nothing."""
    if thread.channel is None or last is None:
        return ""
    try:
        told = manifest(thread.channel.network)
    except UnknownNetwork:
        return ""
    if told.summons and last.remote_extra.get(told.summons) != "yes":
        words = _("%(network)s lets no application answer who did not name you: this one is done by hand, free.")
        return words % {"network": told.name}
    asked = price(told.costs, draft, reply=True)
    if asked is None or not thread.public:
        return ""
    linked = price(told.costs, draft + A_LINK, reply=True) or asked
    said = _(PRICED) % {"dollars": number_format(round(asked, 3))}
    return (
        f"{said}." if linked <= asked else said + _("; with a link, %(dollars)s.") % {"dollars": number_format(linked)}
    )
