"""What was said where nothing can be read for us: noted by hand, or brought as a table. Listened to like the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.listening.actions.sources import take_items
from pupitre.listening.feeds import Entry
from pupitre.listening.models import Item, Mention, Source
from pupitre.listening.rules.said import LARGEST, Said, Table, faults, read

N_ = str
ADDRESS = "hand:"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many words were kept, how many were known already, and how many answer one of the saved queries."""

    kept: int
    known: int
    answers: int


@transaction.atomic
def add_said(*, by: Member, place: str, text: str, on: date | None, author: str = "", url: str = "") -> Taken:
    """Note one thing that was said elsewhere. Raises Refusal field by field, Conflict when it is noted already."""
    require(by, "listen")
    today = _today(by.organisation)
    one = Said(place.strip(), text.strip(), on or today, author.strip(), url.strip())
    wrong = faults(one, today=today)
    if wrong:
        raise Refusal(N_("This cannot be noted as it is."), [Fault(name, why) for name, why in wrong])
    taken = _take([one], by=by)
    if not taken.kept:
        raise Conflict(N_("This is noted already."))
    return taken


def preview_said(content: str, *, by: Member) -> Table:
    """What a table would bring, and the rows that stay out; nothing is kept."""
    require(by, "listen")
    return _read(content, by.organisation)


@transaction.atomic
def import_said(content: str, *, by: Member) -> Taken:
    """Take in the rows that are understood; what is noted already stays as it is."""
    require(by, "listen")
    table = _read(content, by.organisation)
    if not table.rows:
        raise Refusal(N_("Nothing in this file can be taken in."), [Fault("file", one.why) for one in table.wrong[:1]])
    return _take([one for _, one in table.rows], by=by)


def _read(content: str, here: Organisation) -> Table:
    if not content.strip():
        raise Refusal(N_("Choose your file."), [Fault("file", N_("Choose your file."))])
    if len(content.encode()) > LARGEST:
        raise Refusal(N_("This file is too large."), [Fault("file", N_("1 MB at most."))])
    return read(content, today=_today(here))


def _take(said: Sequence[Said], *, by: Member) -> Taken:
    source, now = _source(by), timezone.now()
    zone = ZoneInfo(by.organisation.timezone)
    entries = [
        Entry(one.key, one.url, "", one.text, one.author, datetime.combine(one.on, time(12), zone), one.place)
        for one in said
    ]
    kept: list[Item] = take_items(source, entries, now=now)
    Source.objects.filter(pk=source.pk).update(read_at=now)
    answers = Mention.objects.filter(item__in=[one.pk for one in kept]).values("item").distinct().count()
    record(by, "said_noted", source, count=len(kept))
    return Taken(len(kept), len(said) - len(kept), answers)


def _source(by: Member) -> Source:
    """The organisation's own source, made on first use."""
    here = by.organisation
    with override(here.language):
        title = gettext("Noted by hand")
    source, _ = Source.objects.get_or_create(
        organisation=here, url=ADDRESS,
        defaults={"kind": "hand", "title": title, "state": "healthy", "added_by": by},
    )  # fmt: skip
    return source


def _today(here: Organisation) -> date:
    return timezone.localdate(timezone=ZoneInfo(here.timezone))
