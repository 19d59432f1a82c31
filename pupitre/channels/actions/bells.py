"""The bell of a channel: opened by a person, rung by its network. A ring brings the reading of the account forward."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import IntegrityError, transaction

from pupitre.channels.models import Channel, Doorbell, Knock
from pupitre.channels.vault import ChannelVault
from pupitre.connectors import registry
from pupitre.connectors.contract import Bell
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal

N_ = str
KEPT = timedelta(days=90)  # marks of calls, longer than any network repeats one


@transaction.atomic
def open_bell(channel: Channel, *, by: Member, secret: str = "") -> Doorbell:
    """Give the network an address to knock at; again, to write another `secret` down. Address and word then stay.

    Raises Conflict for a network that cannot knock, Refusal when it lacks what the network signs with.
    """
    require(by, "connect_channel", channel)
    bell = bell_of(channel)
    if bell is None or channel.state == "closed":
        raise Conflict(N_("This network cannot call us: it is read every minute."))
    vault = ChannelVault(channel)
    if bell.asks and not (secret.strip() or vault.get("hook_secret")):
        raise Refusal(
            N_("Some answers are missing or cannot be read."),
            [Fault("secret", N_("This is needed to know the network’s calls."))],
        )
    made, new = Doorbell.objects.get_or_create(
        channel=channel, organisation_id=channel.organisation_id,
        defaults={"token": token_urlsafe(32), "word": token_urlsafe(24)},
    )  # fmt: skip
    vault.put(hook_word=made.word, hook_secret=secret.strip() if bell.asks else "")
    if new:
        record(by, "bell_opened", channel)
    return made


@transaction.atomic
def close_bell(channel: Channel, *, by: Member) -> Channel:
    """Its address answers nobody any more. Raises Conflict when there is none."""
    require(by, "connect_channel", channel)
    if not Doorbell.objects.filter(channel=channel).delete()[0]:
        raise Conflict(N_("This channel has no address to be called at."))
    record(by, "bell_closed", channel)
    return channel


def bell_of(channel: Channel) -> Bell | None:
    """What the network needs in order to knock; None when it cannot."""
    try:
        return registry.manifest(channel.network).hooks
    except registry.UnknownNetwork:
        return None


@transaction.atomic
def ring(bell: Doorbell, mark: str, *, now: datetime) -> bool:
    """Bring the next reading forward, once for each call: False for a copy of one. A reading that waits because the
    network asked us to, or because it is out, stays where it is."""
    try:
        with transaction.atomic():
            Knock.objects.create(bell=bell, mark=mark, at=now)
    except IntegrityError:
        return False
    Doorbell.objects.filter(pk=bell.pk).update(rung_at=now)
    waiting = Channel.objects.filter(pk=bell.channel_id, state="connected", outage_since__isnull=True)
    waiting.filter(inbox_error="", inbox_due_at__gt=now).update(inbox_due_at=now)
    return True


def note_asked(bell: Doorbell, *, now: datetime) -> None:
    """The network made sure that we are there."""
    Doorbell.objects.filter(pk=bell.pk).update(asked_at=now)


def note_refused(bell: Doorbell, why: str, *, now: datetime) -> None:
    """Somebody called without a proof: said on the channel's page, for a wrong secret looks like that too."""
    Doorbell.objects.filter(pk=bell.pk).update(refused_at=now, refused_why=why[:200])


def forget_knocks(*, now: datetime) -> int:
    """Marks too old to be of use; how many were forgotten."""
    return Knock.objects.filter(at__lt=now - KEPT).delete()[0]
