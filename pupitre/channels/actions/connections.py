"""Connecting an account: who answers, what was really granted, and nothing lost when it is done again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.channels.actions.alerts import settle_alerts
from pupitre.channels.connections import connector, connector_for, limits_as_json
from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault, Draft
from pupitre.connectors import registry
from pupitre.connectors.contract import AccessLost, Account, Failed, Refused
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.strategy.queries import require_why

N_ = str
# Saved apart from the columns that collecting and sending move meanwhile.
DESCRIBED = (
    "handle", "name", "url", "rights", "capabilities", "limits", "daily_cap", "expires_at", "closes_at", "described_at",
)  # fmt: skip


def connect_channel(network: str, fields: Mapping[str, str], *, by: Member) -> Channel:
    """Open a channel with what the connection form gave. The network is called; nothing is kept if it refuses.

    Raises NotYet until one objective is complete, Refusal with the network's own words when it says no.
    """
    require(by, "connect_channel")
    require_why(by.organisation)
    draft = draft_of(network, fields)
    account = identified(network, draft)
    return keep_account(network, draft.secrets, account, by=by, site=fields.get("server", ""))


def reconnect_channel(channel: Channel, fields: Mapping[str, str], *, by: Member) -> Channel:
    """New secrets for a known account. Those not given again stay as they were."""
    require(by, "connect_channel", channel)
    draft = draft_of(channel.network, {**known_of(channel), **typed(fields)})
    account = identified(channel.network, draft)
    require_same(channel, account)
    return keep_account(channel.network, draft.secrets, account, by=by, site=channel.site)


def known_of(channel: Channel) -> dict[str, str]:
    """What its connection form would hold today."""
    vault = ChannelVault(channel)
    return {field.key: vault.get(field.key) or "" for field in registry.manifest(channel.network).fields}


def typed(fields: Mapping[str, str]) -> dict[str, str]:
    """What was really written in a form."""
    return {key: value for key, value in fields.items() if value.strip()}


def require_same(channel: Channel, account: Account) -> None:
    """A reconnection never turns a channel into another account."""
    if account.remote_id != channel.remote_id:
        raise Conflict(
            N_("These are the keys of another account (%(handle)s). Open it as a new channel."),
            params={"handle": account.handle},
        )


@transaction.atomic
def keep_account(network: str, secrets: Mapping[str, str], account: Account, *, by: Member, site: str = "") -> Channel:
    """Write an identified account down: a new channel, or the same one with fresh secrets and rights."""
    first = {"handle": account.handle, "name": account.name or account.handle, "site": site[:300]}
    if not registry.speaks_first(network):
        first["posture"] = "listen_and_reply"
    channel, made = Channel.objects.get_or_create(
        organisation=by.organisation, network=network, remote_id=account.remote_id, defaults=first
    )
    ChannelVault(channel).put(**dict(secrets))
    describe(channel, account, now=timezone.now())
    channel.state, channel.state_words = "connected", ""
    channel.inbox_due_at = timezone.now()  # what made it wait may be what was just changed
    channel.save()
    settle_alerts(channel, now=timezone.now())
    record(by, "channel_connected" if made else "channel_reconnected", channel, rights=list(account.rights))
    return channel


def refresh_channel(channel: Channel, *, by: Member) -> Channel:
    """Ask the network again who is connected and what may be done. Raises the connector's Failed."""
    require(by, "connect_channel", channel)
    describe(channel, connector(channel).identify(), now=timezone.now())
    channel.save(update_fields=DESCRIBED)
    settle_alerts(channel, now=timezone.now())
    return channel


@transaction.atomic
def close_channel(channel: Channel, *, by: Member, reason: str) -> Channel:
    """Nothing leaves from it any more; what was said stays."""
    require(by, "connect_channel", channel)
    if len(reason.strip()) < 10:
        text = N_("Say in one sentence why it closes.")
        raise Refusal(text, [Fault("reason", text)])
    channel.state, channel.inbox_due_at = "closed", None
    channel.save(update_fields=["state", "inbox_due_at"])
    record(by, "channel_closed", channel, reason=reason)
    return channel


def draft_of(network: str, fields: Mapping[str, str]) -> Draft:
    """The form's secrets, in memory. Raises Refusal for an unknown network or an empty answer that is needed."""
    try:
        manifest = registry.manifest(network)
    except registry.UnknownNetwork:
        raise Refusal(N_("This network is not known."), [Fault("network", N_("Choose a network."))]) from None
    empty = [field for field in manifest.fields if field.required and not fields.get(field.key, "").strip()]
    if empty:
        raise Refusal(
            N_("Some answers are missing or cannot be read."),
            [Fault(field.key, N_("This is needed to connect.")) for field in empty],
        )
    return Draft(**{field.key: fields.get(field.key, "").strip() for field in manifest.fields})


def identified(network: str, draft: Draft) -> Account:
    """Who answers with these secrets. Raises Refusal with the network's own words."""
    try:
        return connector_for(network, draft).identify()
    except (AccessLost, Refused) as error:
        raise Refusal(N_("The network refuses: “%(words)s”"), params={"words": error.words}) from error
    except Failed as error:
        raise Refusal(N_("The network does not answer: “%(words)s”"), params={"words": error.words}) from error


def describe(channel: Channel, account: Account, *, now: datetime) -> None:
    """What the network says of the account, on the row in memory: the caller saves the columns DESCRIBED."""
    channel.described_at = now
    channel.handle = account.handle[:200]
    channel.name = (account.name or account.handle)[:200]
    channel.url = account.url[:500]
    channel.rights = list(account.rights)
    channel.capabilities = sorted(account.capabilities)
    channel.limits = limits_as_json(account.limits) if account.limits else {}
    channel.daily_cap = account.limits.per_day if account.limits else None
    channel.expires_at = account.expires_at
    channel.closes_at = account.closes_at
