"""What the frame and the desk ask of all rooms at once: one row each, whatever the house holds."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, FloatField, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pupitre.conversations import queries as conversations
from pupitre.conversations.models import Thread
from pupitre.core.models import Heartbeat, Member, Organisation
from pupitre.core.rules.roles import may
from pupitre.editorial.models import Post, Variant
from pupitre.listening.models import Source
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states
from pupitre.shell import rail
from pupitre.shell.templatetags.words import language
from pupitre.shell.wording import short_day

HERE = OuterRef("pk")


def frame(member: Member) -> dict[str, Any]:
    """What every page's frame says: how many publications a crisis would freeze, and who signed the strategy."""
    known: Mapping[str, Any] | None = member.__dict__.get("frame_row")
    row = known or _row(member, _framed() | _waited(member))
    if "waits" in row:
        rail.remember("conversations", member, row["waits"])
    said = {"pledge": _pledge(row["signed_name"] or "", row["signed_on"])}
    return said | ({"posture_freezes": row["freezes"]} if may(member.role, "set_posture") else {})


def _framed() -> dict[str, Any]:
    promised = Delivery.objects.filter(organisation=HERE, state=states.SCHEDULED, promotional=True)
    return {"signed_name": F("plan__signed_name"), "signed_on": F("plan__signed_on"), "freezes": _count(promised)}


def _waited(member: Member) -> dict[str, Any]:
    """What the rail would count for itself in one more question, unless a page already counted."""
    if rail.counted("conversations", member):
        return {}
    return {"waits": _count(conversations.first_waiting(member.organisation))}


def _row(member: Member, asked: Mapping[str, Any]) -> dict[str, Any]:
    rows: QuerySet[Organisation, Any] = Organisation.objects.filter(pk=member.organisation_id).values(*(), **asked)
    return dict(rows.get())


def _pledge(name: str, on: date | None) -> str:
    if on is None or not name:
        return ""
    return _("Strategy signed on %(day)s by %(name)s") % {"day": short_day(on, language=language()), "name": name}


def house(member: Member, *, now: datetime, day: datetime, week: datetime) -> dict[str, Any]:
    """The state of the house at `now`, with midnights `day` and `week` (Monday's): counts and minutes in one row.

    The frame is read along, and so is the number that waits: the page asks for neither again. Of the conversations
    that wait, the thousand due first are counted, and of those closed today the thousand latest.
    """
    played = Variant.objects.filter(post=HERE, due_at__gte=week, due_at__lt=week + timedelta(days=7))
    works = Post.objects.filter(organisation=HERE, dropped_at__isnull=True).filter(Exists(played))
    left = played.exclude(delivery__state=states.SENT)
    waiting = conversations.first_waiting(member.organisation)
    closed = Thread.objects.filter(organisation=member.organisation_id, state="closed", closed_at__gte=day)
    quiet = Thread.objects.filter(pk__in=closed.order_by("-closed_at").values("pk")[: conversations.COUNTED + 1])
    sources = Source.objects.filter(organisation=HERE).exclude(state="paused")
    asked = {
        "waiting": _count(waiting),
        "alive": Exists(Heartbeat.objects.filter(seen_at__gte=now - timedelta(seconds=90))),
        "given": _sum(Member.objects.filter(organisation=HERE, active=True), "hours_per_week"),
        "made": _sum(works.exclude(Exists(left)), "minutes"),
        "to_make": _sum(works.filter(Exists(left)), "minutes"),
        "answering": _sum(waiting, "channel__charter__minutes_per_reply"),
        "quiet": _count(quiet.filter(closure="no_answer_needed")),
        "heard": _count(sources),
        "mute": _count(sources.filter(state__in=("mute", "failing"))),
    }
    row = _row(member, _framed() | asked)
    member.__dict__["frame_row"] = row
    rail.remember("conversations", member, row["waiting"])
    capacity = round(row["given"] * 60)
    return row | {"capacity": capacity, "over": row["made"] + row["to_make"] + row["answering"] - capacity}


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = rows.order_by().values("organisation").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _sum(rows: QuerySet[Any, Any], field: str) -> Coalesce:
    added = rows.order_by().values("organisation").annotate(found=Sum(field)).values("found")
    return Coalesce(Subquery(added), 0.0, output_field=FloatField())
