"""A platform closes: its queue stops, its posts find other places, its followers are told, its charter is closed."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.archive.farewell_queries import waiting
from pupitre.archive.models import Farewell
from pupitre.archive.rules.dates import ALARMS, DATES, faults
from pupitre.channels import actions as channels
from pupitre.channels.models import Channel, Charter
from pupitre.channels.queries import channels as open_channels
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.core.actions import record, require
from pupitre.core.actions.tasks import ensure_task, settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial import actions as editorial
from pupitre.editorial.models import Post
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.publishing import actions as outbox
from pupitre.publishing.actions.closing import hold_queue
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.shell.wording import day

N_ = str


@transaction.atomic
def begin_farewell(channel: Channel, *, by: Member, reason: str, dates: Mapping[str, date | None]) -> Farewell:
    """Its platform closes: hold its queue, write its dates on the desk, draft the word to those who follow it.

    `dates` are any of rules.dates.DATES. Nothing is sent and nothing is deleted. Said again, it corrects the dates.
    """
    require(by, "close_platform", channel)
    if channel.state == "closed":
        raise Conflict(N_("This channel is closed already."))
    wrong = [Fault(name, text) for name, text in faults(dates).items()]
    if len(reason.strip()) < 10:
        wrong.insert(0, Fault("reason", N_("Say in one sentence what is known, and from where.")))
    if wrong:
        raise Refusal(N_("Some answers are missing or cannot be read."), wrong)
    farewell = Farewell.objects.filter(channel=channel).first()
    first = farewell is None
    farewell = farewell or Farewell(organisation_id=channel.organisation_id, channel=channel, by=by)
    farewell.reason = reason.strip()[:500]
    for name in DATES:
        setattr(farewell, name, dates.get(name))
    if first:
        farewell.word = _word(channel, dates.get("closes"), by)
    farewell.save()
    held = hold_queue(channel, by=by)
    _alarms(farewell)
    said = {name: value.isoformat() for name, value in dates.items() if value}
    record(by, "farewell_begun" if first else "farewell_corrected", channel, reason=reason, held=held, dates=said)
    return farewell


def _word(channel: Channel, closes: date | None, by: Member) -> Post:
    """A draft in the organisation's language, for people to finish and to approve as any other."""
    here = channel.organisation
    others = [one for one in open_channels(here) if one.pk != channel.pk and one.url.startswith("https://")]
    with translation.override(here.language):
        place = _network(channel)
        words = [
            _("%(place)s closes on %(day)s.") % {"place": place, "day": day(closes, language=here.language, year=True)}
            if closes else _("%(place)s closes soon.") % {"place": place},
            _("We will not write here any more after that."),
        ]  # fmt: skip
        if others:
            links = "\n".join(f"{_network(one)} : {one.url}" if here.language == "fr" else f"{_network(one)}: {one.url}"
                              for one in others[:4])  # fmt: skip
            words.append(_("You will find us here:") + "\n" + links)
        words.append(_("Thank you for having followed us."))
        title = _("Goodbye to %(place)s") % {"place": place}
    return editorial.save_post(None, Draft(title=title, texts=(Text(channel.pk, "\n".join(words)),)), by=by)


def _network(channel: Channel) -> str:
    try:
        return manifest(channel.network).name if channel.network != "manual" else str(channel)
    except UnknownNetwork:
        return str(channel)


def _alarms(farewell: Farewell) -> None:
    """One task for each date that asks for something; a date that changed takes its task along."""
    here, channel = farewell.organisation, farewell.channel
    url = reverse("archive:farewell", args=[here.slug, channel.pk])
    for name, words in ALARMS.items():
        subject, on = f"farewell:{channel.pk}:{name}", getattr(farewell, name)
        settle_task(here, subject)
        if on:
            ensure_task(here, subject, words, url=url, params={"name": str(channel)[:150]}, due_on=on)


@transaction.atomic
def place_elsewhere(delivery: Delivery, there: Channel, *, by: Member) -> Delivery:
    """What waited on the platform that closes goes to another account: as a text to approve there, at the same hour.

    Raises Conflict when it has begun to leave, Refusal when that account is not one of the possible ones.
    """
    require(by, "schedule", delivery)
    require(by, "schedule", there)
    text = N_("Choose another account that is open.")
    if there.pk == delivery.channel_id or there.state == "closed" or hasattr(there, "farewell"):
        raise Refusal(text, [Fault("there", text)])
    variant = getattr(delivery, "variant", None)
    outbox.cancel(delivery, by=by, reason=N_("Its platform closes: it goes elsewhere."))
    due_at = delivery.due_at if delivery.due_at > timezone.now() else None
    if variant is not None:
        editorial.set_variant(variant.post, there, by=by, text=delivery.text, due_at=due_at)
    else:
        draft = Draft(texts=(Text(there.pk, delivery.text, due_at),), media_ids=tuple(_images(delivery)))
        editorial.save_post(None, draft, by=by)
    record(by, "placed_elsewhere", delivery, to=there.pk)
    return delivery


def _images(delivery: Delivery) -> list[int]:
    return list(delivery.attachments.values_list("media_id", flat=True))


@transaction.atomic
def end_farewell(farewell: Farewell, *, by: Member) -> Farewell:
    """The platform is gone: what still waits is let go, the channel and its charter are closed with the reason."""
    require(by, "close_platform", farewell)
    channel = farewell.channel
    if farewell.ended_at is not None or channel.state == "closed":
        raise Conflict(N_("This channel is closed already."))
    for delivery in waiting(channel):
        outbox.cancel(delivery, by=by, reason=farewell.reason)
    asked = Delivery.objects.filter(channel=channel, state__in=states.FOR_A_PERSON)
    for delivery in asked.order_by("id"):
        outbox.cancel(delivery, by=by, reason=farewell.reason)
    channels.close_channel(channel, by=by, reason=farewell.reason)
    charter = Charter.objects.filter(channel=channel).first()
    record(by, "charter_closed", channel, reason=farewell.reason, purpose=charter.purpose if charter else "")
    for name in ALARMS:
        settle_task(farewell.organisation, f"farewell:{channel.pk}:{name}")
    farewell.ended_at = timezone.now()
    farewell.save(update_fields=["ended_at"])
    return farewell
