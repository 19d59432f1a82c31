"""Acts that count: declared by people, told by a till, read in a file or from a tool that counts visits."""

import csv
import io
import re
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_date, parse_datetime

from pupitre.channels.vault import seal
from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.measurement.models import Conversion, ConversionDoor, ConversionEvent, VisitTool
from pupitre.measurement.rules.conversions import Told, column, read
from pupitre.strategy.models import Objective

N_ = str
MOST_WINDOW, MOST_ROWS, MOST_BYTES = 90, 20_000, 3_000_000
TOOLS = ("matomo", "plausible")


@transaction.atomic
def name_event(objective: Objective, name: str, window_days: int, *, by: Member, key: str = "") -> ConversionEvent:
    """The act that counts, and within how many days of a visit it may be owed to it."""
    require(by, "declare_figure", objective)
    faults = []
    if len(name.strip()) < 3:
        faults.append(Fault("name", N_("Name the act: an order, an appointment, a registration.")))
    if not 1 <= window_days <= MOST_WINDOW:
        faults.append(Fault("window_days", N_("Between one and ninety days.")))
    word = re.sub(r"[^a-z0-9]+", "-", (key or name).strip().lower()).strip("-")[:60]
    if not word:
        faults.append(Fault("key", N_("Choose small letters.")))
    if faults:
        raise Refusal(N_("Without an act and a window it is no conversion."), faults)
    if ConversionEvent.objects.filter(organisation=by.organisation, key=word).exists():
        raise Conflict(N_("This act is known already."), [Fault("name", N_("This act is known already."))])
    made = ConversionEvent.objects.create(
        organisation=by.organisation, objective=objective, key=word, name=name.strip()[:120], window_days=window_days
    )
    record(by, "conversion_event_named", made, window_days=window_days)
    return made


def moment_of(text: str, zone: str) -> datetime | None:
    """A moment, or noon of a day where the house stands; None when it cannot be read or is still to come."""
    try:
        day, moment = parse_date(text.strip()), parse_datetime(text.strip())
    except ValueError:
        return None
    if moment is None and day is None and (found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())):
        d, m, y = (int(part) for part in found.groups())
        day = date(y, m, d) if 1 <= m <= 12 and 1 <= d <= 28 + (m != 2) * 2 + (m in {1, 3, 5, 7, 8, 10, 12}) else None
    here = ZoneInfo(zone)
    if moment is None and day is not None:
        moment = datetime.combine(day, time(12), here)
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=here)
    return moment if moment.year > 2000 and moment < timezone.now() + timedelta(days=1) else None


def keep_acts(event: ConversionEvent, acts: list[Told], *, origin: str) -> int:
    """Keep these, those known by their number only once; how many were new."""
    rows = [
        Conversion(
            organisation_id=event.organisation_id, event=event, at=one.at, times=one.times, value=one.value,
            first=one.first, last=one.last, declared=one.declared, place=one.place, origin=origin,
            external_id=one.id or None,
        )
        for one in acts
    ]  # fmt: skip
    kept = Conversion.objects.filter(event=event)
    before = kept.count()
    Conversion.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return kept.count() - before


@transaction.atomic
def tell_act(event: ConversionEvent, row: Mapping[str, object], *, by: Member, origin: str = "by_hand") -> int:
    """One act, or a tally of answers to "how did you hear of us?", told by a member; 1 when it is new."""
    require(by, "declare_figure", event)
    at = moment_of(str(row.get("at") or ""), by.organisation.timezone)
    told, faults = read({**row, "event": event.key}, at=at)
    if told is None:
        raise Refusal(N_("This cannot be kept."), faults)
    kept = keep_acts(event, [told], origin=origin)
    record(by, "conversion_told", event, times=told.times)
    return kept


@transaction.atomic
def take_in_acts(event: ConversionEvent, content: bytes, *, by: Member) -> tuple[int, list[tuple[int, str]]]:
    """A file of acts, one a line; how many were new, and the lines that were left out with their first fault."""
    require(by, "declare_figure", event)
    rows = _rows(content)
    acts: list[Told] = []
    bad: list[tuple[int, str]] = []
    for number, row in rows:
        at = moment_of(str(row.get("at") or ""), by.organisation.timezone)
        told, faults = read({**row, "event": event.key}, at=at)
        if told is None:
            bad.append((number, faults[0].text))
        else:
            acts.append(told)
    kept = keep_acts(event, acts, origin="csv")
    record(by, "conversions_taken_in", event, kept=kept, left_out=len(bad))
    return kept, bad


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """Lines with their numbers, columns that are ours only."""
    wrong = N_("Give a table in CSV, with a head that has at least a date.")
    if len(content) > MOST_BYTES:
        raise Refusal(N_("This file is too long."), [Fault("file", N_("This file is too long."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    lines = list(csv.reader(io.StringIO(text), delimiter=separator))[: MOST_ROWS + 1]
    fields = [column(name) for name in lines[0]] if lines else []
    if "at" not in fields:
        raise Refusal(wrong, [Fault("file", wrong)])
    return [
        (number, {name: cell for name, cell in zip(fields, line, strict=False) if name and name != "event"})
        for number, line in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in line)
    ]


@transaction.atomic
def open_door(*, by: Member) -> ConversionDoor:
    """Another address and another secret for the shop's own software; the one before closes at once."""
    require(by, "connect_channel")
    told = {"key": secrets.token_urlsafe(18), "opened_at": timezone.now(), "rung_at": None}
    door, _ = ConversionDoor.objects.update_or_create(organisation=by.organisation, defaults=told)
    record(by, "conversion_door_opened", door)
    return door


@transaction.atomic
def close_door(*, by: Member) -> None:
    require(by, "connect_channel")
    for door in ConversionDoor.objects.filter(organisation=by.organisation):
        record(by, "conversion_door_closed", door)
        door.delete()


def secret_of(door: ConversionDoor) -> str:
    """What signs the calls; made from this installation's key, kept nowhere."""
    return salted_hmac("pupitre.conversions", f"{door.organisation_id}:{door.key}", algorithm="sha256").hexdigest()


@transaction.atomic
def ring(door: ConversionDoor, row: Mapping[str, Any]) -> int:
    """A signed call keeps its act; 1 when it is new, 0 when its number was known."""
    organisation: Organisation = door.organisation
    at = moment_of(str(row.get("at") or timezone.now().isoformat()), organisation.timezone)
    told, faults = read(row, at=at)
    if told is None:
        raise Refusal(N_("This cannot be kept."), faults)
    event = ConversionEvent.objects.filter(organisation=organisation, key=told.event).first()
    if event is None:
        raise Refusal(N_("This cannot be kept."), [Fault("event", N_("No act has this name here."))])
    ConversionDoor.objects.filter(pk=door.pk).update(rung_at=timezone.now())
    return keep_acts(event, [told], origin="webhook")


@transaction.atomic
def read_tool(
    event: ConversionEvent, tool: str, *, by: Member, url: str, site: str, goal: str, token: str
) -> VisitTool:  # fmt: skip
    """Read this tool once a day for this act, from yesterday on. The key is sealed."""
    require(by, "connect_channel", event)
    faults = [
        Fault(name, N_("An answer is expected here."))
        for name, value in (("site", site), ("goal", goal), ("token", token))
        if not value.strip()
    ]
    if tool not in TOOLS:
        faults.append(Fault("tool", N_("Choose one of the answers.")))
    if not re.match(r"https?://[^\s/@]+\.[^\s/@]+|https?://(?:localhost|127\.0\.0\.1)", url.strip()):
        faults.append(Fault("url", N_("Write a whole address, such as https://example.org.")))
    if faults:
        raise Refusal(N_("This tool cannot be read."), faults)
    made, _ = VisitTool.objects.update_or_create(
        event=event, tool=tool, url=url.strip().rstrip("/")[:500], site=site.strip()[:200], goal=goal.strip()[:120],
        defaults={
            "organisation": by.organisation, "sealed": seal(token.strip()), "due_at": timezone.now(), "words": "",
        },
    )  # fmt: skip
    record(by, "visit_tool_read", made)
    return made


@transaction.atomic
def forget_tool(tool: VisitTool, *, by: Member) -> None:
    """Read it no longer; what it told stays."""
    require(by, "connect_channel", tool)
    record(by, "visit_tool_forgotten", tool)
    tool.delete()
