"""How the product reaches an account: its network's connector, its vault, the one guarded client."""

import json
import os
from functools import cache
from typing import Any, cast

from django.conf import settings
from pydantic import TypeAdapter

from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
from pupitre.channels.walls import behind
from pupitre.connectors import registry
from pupitre.connectors.contract import Connector, Limits, Vault
from pupitre.connectors.http import Http

LIMITS = TypeAdapter(Limits)  # a field added to Limits is kept and read back without a word here


@cache
def http() -> Http:
    """One client for the whole process. The demonstration reroutes real addresses to its own fakes."""
    return Http(
        allow_private=settings.ALLOW_PRIVATE_ADDRESSES, reroute=json.loads(os.environ.get("PUPITRE_REROUTE", "{}"))
    )


def connector(channel: Channel) -> Connector:
    """The connector of a kept account. Raises registry.UnknownNetwork when its folder is gone."""
    if channel.organisation.walled:
        return behind(channel)
    return registry.connect(channel.network, ChannelVault(channel), http())


def connector_for(network: str, vault: Vault) -> Connector:
    """A connector for an account that is being connected."""
    return registry.connect(network, vault, http())


def limits_as_json(limits: Limits) -> dict[str, Any]:
    return cast(dict[str, Any], LIMITS.dump_python(limits, mode="json"))


def limits_of(channel: Channel) -> Limits:
    """The rules this account obeys: as read from it, else its network's defaults."""
    kept = channel.limits
    return LIMITS.validate_python(kept) if kept else registry.manifest(channel.network).limits
