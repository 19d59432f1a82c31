"""Connecting by signing in on the network itself: what is remembered while the person is away, and her return."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import TypeVar

from pupitre.channels.actions.connections import draft_of, identified, keep_account, known_of, require_same, typed
from pupitre.channels.connections import http
from pupitre.channels.models import Channel
from pupitre.channels.vault import Draft, seal, unseal
from pupitre.connectors import registry
from pupitre.connectors.contract import AccessLost, Failed, Refused
from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.strategy.queries import require_why

N_ = str
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who left to sign in. `sealed` holds the form's secrets and the network's own, encrypted."""

    state: str
    address: str
    network: str
    sealed: str
    channel: int | None = None


def begin_sign_in(
    network: str, fields: Mapping[str, str], *, by: Member, redirect_uri: str, channel: Channel | None = None
) -> Away:
    """Where to send the person, and what to remember until she is back. Nothing is written yet.

    With `channel`, what is not given again stays as it was. Raises NotYet until one objective is complete, Refusal
    for a form that is not complete or with the network's own words.
    """
    require(by, "connect_channel", channel)
    if channel is None:
        require_why(by.organisation)
    draft = draft_of(network, {**(known_of(channel) if channel else {}), **typed(fields)})
    if not registry.manifest(network).oauth:
        raise Refusal(N_("One does not sign in on this network: use its keys."))
    state = token_urlsafe(32)
    way = registry.oauth(network)
    address = _heard(lambda: way.begin(draft, http(), redirect_uri=redirect_uri, state=state))
    sealed = seal(json.dumps(draft.secrets)).decode()
    return Away(state, address, network, sealed, channel.pk if channel else None)


def finish_sign_in(away: Away, *, by: Member, redirect_uri: str, code: str) -> Channel:
    """The person is back with the network's code: trade it, see who it is, keep the account.

    A known channel keeps every secret that is not replaced. Raises Refusal with the network's own words, Conflict
    when she signed in with another account than the channel's.
    """
    channel = Channel.objects.filter(pk=away.channel).first() if away.channel else None
    require(by, "connect_channel", channel)
    kept = unseal(away.sealed.encode())
    if kept is None or (away.channel and channel is None):
        raise Conflict(N_("This sign-in can no longer be finished. Begin again."))
    draft = Draft(**json.loads(kept))
    _heard(lambda: registry.oauth(away.network).finish(draft, http(), redirect_uri=redirect_uri, code=code))
    account = identified(away.network, draft)
    if channel is not None:
        require_same(channel, account)
    return keep_account(away.network, draft.secrets, account, by=by, site=channel.site if channel else "")


def _heard(call: Callable[[], T]) -> T:
    try:
        return call()
    except (AccessLost, Refused) as error:
        raise Refusal(N_("The network refuses: “%(words)s”"), params={"words": error.words}) from error
    except Failed as error:
        raise Refusal(N_("The network does not answer: “%(words)s”"), params={"words": error.words}) from error
