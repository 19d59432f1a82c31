"""The card each account shows, beside the kit of the house: what is missing, what has drifted. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pupitre.judge.echo import echo

N_ = str
PARTS = {"name": N_("Name"), "description": N_("Description"), "link": N_("Link"), "image": N_("Picture")}
SAME = 0.5  # share of the kit's description that a card should repeat: shorter networks cut it


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of the house; `image` whether the kit's picture is there."""

    name: str = ""
    description: str = ""
    link: str = ""
    image: bool = False


@dataclass(frozen=True, slots=True)
class Drift:
    """One part that does not say what the kit says; `missing` when it says nothing."""

    part: str
    shown: str
    wanted: str

    @property
    def missing(self) -> bool:
        return not self.shown


def plain(words: str) -> str:
    """Words without capitals nor spaces, for a comparison."""
    return re.sub(r"\s+", " ", words).strip().casefold()


def site(link: str) -> str:
    """ "https://www.levain.example/" and "levain.example" are one site."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")


def drifts(kit: Card, shown: Card) -> list[Drift]:
    """Every part of the card that is empty or says something else, in the order of the card."""
    found = []
    if not plain(shown.name).startswith(plain(kit.name)):
        found.append(Drift("name", shown.name, kit.name))
    if not _told(kit.description, shown.description):
        found.append(Drift("description", shown.description, kit.description))
    if not shown.link or site(shown.link) != site(kit.link):
        found.append(Drift("link", shown.link, kit.link))
    if not shown.image:
        found.append(Drift("image", "", kit.name))
    return found


def _told(wanted: str, shown: str) -> bool:
    """The card says the kit's words, whole, or cut by a network that has less room."""
    if not plain(shown):
        return False
    return plain(shown) in plain(wanted) or plain(wanted) in plain(shown) or echo(shown, wanted).share >= SAME


def complete(card: Card) -> int:
    """Percent of the parts that say something."""
    said: Mapping[str, object] = {part: getattr(card, part) for part in PARTS}
    return round(100 * sum(bool(value) for value in said.values()) / len(PARTS))
