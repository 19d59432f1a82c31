"""The identity kit, and the card read on each account."""

from datetime import date

from django.db import transaction

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.editorial.models import AccountCard, IdentityKit
from pupitre.library.models import Media

N_ = str


@transaction.atomic
def set_kit(*, by: Member, name: str, description: str, link: str, image: Media | None = None) -> IdentityKit:
    """How the house presents itself everywhere."""
    require(by, "set_charter", image)
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Write the name people should read everywhere.")))
    if not description.strip():
        faults.append(Fault("description", N_("Say in a few lines who you are.")))
    if not link.startswith(("https://", "http://")) or " " in link or "." not in link:
        faults.append(Fault("link", N_("Write the address of your site, with https://")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    kept, _made = IdentityKit.objects.update_or_create(
        organisation=by.organisation,
        defaults={
            "name": name.strip()[:80], "description": description.strip()[:500], "link": link.strip()[:300],
            "image": image,
        },
    )  # fmt: skip
    record(by, "kit_set", kept)
    return kept


@transaction.atomic
def read_card(
    channel: Channel, *, by: Member, on: date, name: str, description: str = "", link: str = "", image: bool = False
) -> AccountCard:  # fmt: skip
    """What this account shows of us, as read that day."""
    require(by, "write", channel)
    kept, _made = AccountCard.objects.update_or_create(
        channel=channel,
        defaults={
            "organisation": by.organisation, "name": name.strip()[:120], "description": description.strip()[:1000],
            "link": link.strip()[:300], "image": image, "read_on": on, "read_by": by,
        },
    )  # fmt: skip
    record(by, "card_read", kept)
    return kept
