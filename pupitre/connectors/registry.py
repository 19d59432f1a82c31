"""Which networks exist: every folder of networks/, and what other packages offer as `pupitre.networks`."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType
from typing import cast

from pupitre.connectors import networks as ours
from pupitre.connectors.contract import Capability, Connector, Manifest, Vault
from pupitre.connectors.hooks import Hooks
from pupitre.connectors.http import Http
from pupitre.connectors.offers import OAuth

GROUP = "pupitre.networks"
OPENING = {Capability.TEXT, Capability.IMAGE, Capability.VIDEO}


class UnknownNetwork(KeyError):
    """No folder and no installed package gives this network (it may have been removed)."""


@cache
def places() -> Mapping[str, str]:
    """Network key -> name of its package. Nothing is imported: a broken stranger cannot stop the product."""
    found = {entry.name: entry.value for entry in entry_points(group=GROUP)}
    found |= {module.name: f"{ours.__name__}.{module.name}" for module in iter_modules(ours.__path__) if module.ispkg}
    return dict(sorted(found.items()))


@cache
def manifest(key: str) -> Manifest:
    """What the network says of itself. Raises UnknownNetwork."""
    return cast(Manifest, page(key, "manifest").manifest)


def networks() -> Mapping[str, Manifest]:
    """Every network by its key, hidden ones included; read `hidden` before offering one to a person."""
    return {key: manifest(key) for key in places()}


def connect(key: str, vault: Vault, http: Http) -> Connector:
    """A connector for one account. No call is made. Raises UnknownNetwork."""
    return cast(Connector, page(key, "connector").connect(vault, http))


def oauth(key: str) -> OAuth:
    """The two steps of an authorisation in the browser, for networks whose manifest says `oauth`."""
    return cast(OAuth, page(key, "oauth"))


def hooks(key: str) -> Hooks:
    """How a network's calls are proved, for networks whose manifest says `hooks`."""
    return cast(Hooks, page(key, "hooks"))


def stream(address: str) -> tuple[Manifest, ModuleType] | None:
    """The network whose stream this address is, and its stream.py; None for any other address."""
    for key, one in networks().items():
        if one.streams and page(key, "stream").known(address):
            return one, page(key, "stream")
    return None


def page(key: str, name: str) -> ModuleType:
    """One page of a network's folder, such as "manifest" or "fake". Raises UnknownNetwork."""
    if key not in places():
        raise UnknownNetwork(key)
    return import_module(f"{places()[key]}.{name}")


def speaks_first(key: str) -> bool:
    """Can an account publish there of itself? Elsewhere (mail) it only answers. Raises UnknownNetwork."""
    return bool(OPENING & set(manifest(key).paths))


def id_in(key: str, link: str) -> str:
    """The network's id of the message at an address that a person pasted; empty when nothing tells it."""
    try:
        pattern = manifest(key).posted
    except UnknownNetwork:
        return ""
    found = re.search(pattern, link) if pattern else None
    return found["id"] if found else ""


def forget() -> None:
    """Look at the folders again (a package was just installed)."""
    places.cache_clear()
    manifest.cache_clear()
