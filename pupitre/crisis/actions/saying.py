"""The word of the house: written from the facts, read over by a second person, published where people speak of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pupitre.channels.connections import limits_of
from pupitre.channels.models import Channel
from pupitre.connectors.counting import faults as limits_passed
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.crisis.actions.thread import log, require_open
from pupitre.crisis.models import Crisis, Statement
from pupitre.crisis.queries import spokesperson
from pupitre.crisis.rules.holding import PARTS, parts
from pupitre.judge.language import detect
from pupitre.ledger import queries as ledger
from pupitre.publishing.actions import promise

N_ = str
LONGEST = timedelta(days=4)


@transaction.atomic
def write_statement(crisis: Crisis, text: str, *, by: Member, next_at: datetime | None = None) -> Statement:
    """A new version. Refused when it denies a confirmed fact; the voice is that of the speaking matrix."""
    require_open(by, "handle_crisis", crisis)
    words = text.strip()
    here, now = crisis.organisation, timezone.now()
    found = [] if words else [Fault("text", N_("Write the word of the house."))]
    spoken = detect(words)
    language = spoken if spoken in {"fr", "en"} else here.language
    if words:
        found += ledger.fault_of(here, words, field="text", language=language)
    found += _hour_faults(next_at, now)
    if found:
        raise Refusal(N_("This word cannot be kept."), found)
    speaker = spokesperson(here, now=now)
    last = crisis.statements.order_by("-number").values_list("number", flat=True).first() or 0
    kept = Statement.objects.create(
        crisis=crisis, organisation=here, number=last + 1, text=words, language=language, next_at=next_at,
        voice=speaker.voice if speaker else None, written_by=by,
    )  # fmt: skip
    log(crisis, "written", by=by, number=kept.number)
    record(by, "statement_written", kept)
    return kept


def _hour_faults(at: datetime | None, now: datetime) -> list[Fault]:
    if at is not None and not now < at <= now + LONGEST:
        return [Fault("next_at", N_("Choose an hour that is still to come, within four days."))]
    return []


@transaction.atomic
def read_over(statement: Statement, *, by: Member) -> Statement:
    """Somebody else has read it: a word of crisis is never one person's."""
    require_open(by, "approve", statement.crisis)
    if statement.written_by_id == by.pk:
        raise Conflict(N_("You wrote it: somebody else reads it over."))
    statement.read_by = by
    statement.save(update_fields=["read_by"])
    log(statement.crisis, "read", by=by, number=statement.number)
    record(by, "statement_read", statement)
    return statement


@transaction.atomic
def publish(statement: Statement, channels: Sequence[Channel], *, by: Member, alone: str = "") -> Statement:
    """Send it now on these accounts. Refused for what the ledger denies today, for a part it does not say, for a
    network's limits; without a second reader only with the reason why nobody else could read (`alone`)."""
    crisis = statement.crisis
    require_open(by, "approve", crisis)
    for channel in channels:
        require(by, "approve", channel)
    if statement.published_at is not None:
        raise Conflict(N_("This word is out. Write the next version."))
    found = _publishing_faults(statement, channels, alone)
    if found:
        raise Refusal(N_("This word does not leave yet."), found)
    now = timezone.now()
    for channel in channels:
        sent = promise(
            channel, by=by, text=statement.text, due_at=now, kind="statement", promotional=False,
            language=statement.language,
        )  # fmt: skip
        statement.deliveries.add(sent)
    statement.published_at = now
    statement.save(update_fields=["published_at"])
    if statement.next_at is not None:
        crisis.next_update_at = statement.next_at
        crisis.save(update_fields=["next_update_at"])
        log(crisis, "next", by=by, hour=statement.next_at.isoformat())
    log(crisis, "published", by=by, number=statement.number, channels=", ".join(str(one) for one in channels))
    record(by, "statement_published", statement, reason=alone)
    return statement


def _publishing_faults(statement: Statement, channels: Sequence[Channel], alone: str) -> list[Fault]:
    crisis = statement.crisis
    found = [] if channels else [Fault("channels", N_("Choose where people speak of it."))]
    if statement.read_by_id is None and not alone.strip():
        found.append(Fault("alone", N_("Somebody else reads it over first, or say why nobody can.")))
    found += ledger.fault_of(crisis.organisation, statement.text, field="text", language=statement.language)
    confirmed = list(crisis.facts.filter(status="confirmed").values_list("text", flat=True))
    said = parts(statement.text, confirmed=confirmed)
    found += [Fault("text", N_("It does not say %(part)s yet."), {"part": PARTS[key]}) for key in said if not said[key]]
    for channel in channels:
        passed = limits_passed(statement.text, (), limits_of(channel))
        found += [Fault("channels", fault.message, fault.numbers) for fault in passed]
    return found


@transaction.atomic
def set_next(crisis: Crisis, at: datetime, *, by: Member) -> Crisis:
    """When the house speaks next: the clock of the room, and of every page."""
    require_open(by, "handle_crisis", crisis)
    if faults := _hour_faults(at, timezone.now()):
        raise Refusal(N_("This hour cannot be kept."), faults)
    crisis.next_update_at = at
    crisis.save(update_fields=["next_update_at"])
    log(crisis, "next", by=by, hour=at.isoformat())
    record(by, "next_word", crisis, at=at.isoformat())
    return crisis
