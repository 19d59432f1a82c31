"""Putting together what has one cause, telling the conductor, and answering each of those people."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from pupitre.conversations.actions.answer import answer
from pupitre.conversations.models import Cause, Message, Thread
from pupitre.conversations.rules import grouping
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.judge.causes import same_cause

N_ = str
READ = 300
TOGETHER = 20


@transaction.atomic
def group(organisation: Organisation, *, now: datetime) -> list[Cause]:
    """Group the complaints of the last two days by cause; the causes that are new or have grown."""
    Organisation.objects.filter(pk=organisation.pk).update(slug=F("slug"))  # one worker at a time for a house
    recent = Thread.objects.filter(
        organisation=organisation, kind__in=grouping.KINDS, last_at__gte=now - grouping.WITHIN
    ).select_related("contact")
    threads = list(recent.order_by("-last_at", "-id")[:READ])[::-1]
    grown = []
    for found in same_cause([thread.subject for thread in threads]):
        mine = [threads[index] for index in found.members]
        if len(_people(mine)) >= grouping.NEEDED and any(thread.cause_id is None for thread in mine):
            grown.append(_kept(organisation, mine, list(found.words), now))
    return grown


def _people(threads: list[Thread]) -> dict[int, Thread]:
    """One conversation for each person, her first."""
    return {thread.contact_id or -thread.pk: thread for thread in reversed(threads)}


def _kept(organisation: Organisation, threads: list[Thread], words: list[str], now: datetime) -> Cause:
    """The cause these already have, most of them, or a new one named after the first words said."""
    known = Counter(thread.cause_id for thread in threads if thread.cause_id)
    people = _people(threads)
    said = {"last_at": max(thread.last_at for thread in threads), "words": words}
    if known:
        cause = Cause.objects.get(pk=known.most_common(1)[0][0])
        Cause.objects.filter(pk=cause.pk).update(**said)
    else:
        first = threads[0]
        cause = Cause.objects.create(
            organisation=organisation, name=first.subject[:200], first_at=first.waiting_since or first.last_at, **said
        )
    Thread.objects.filter(pk__in=[one.pk for one in threads if not one.cause_id]).update(cause=cause)
    cause.people = cause.threads.values("contact").distinct().count()
    cause.save(update_fields=["people"])
    cause.refresh_from_db()
    if cause.alerted_at is None and grouping.bursts([one.waiting_since or one.last_at for one in people.values()]):
        _tell(cause, now)
    return cause


def _tell(cause: Cause, now: datetime) -> None:
    """A card for a person: nothing happens by itself."""
    cause.alerted_at = now
    cause.save(update_fields=["alerted_at"])
    ensure_task(
        cause.organisation, f"cause:{cause.pk}", N_("%(n)s people say the same within two hours: “%(words)s”."),
        params={"n": cause.people, "words": cause.name[:120]},
        url=reverse("conversations:cause", args=[cause.organisation.slug, cause.pk]),
    )  # fmt: skip
    record(None, "cause_seen", cause, people=cause.people)


def answer_cause(cause: Cause, answers: Mapping[int, str], *, by: Member, common: str) -> list[Message]:
    """Answer several people who have one cause, each in words of her own; all leave, or none with the reason why."""
    require(by, "answer", cause)
    threads = {
        thread.pk: thread
        for thread in cause.threads.filter(pk__in=list(answers)).select_related("channel", "contact", "organisation")
    }
    said = {pk: text.strip() for pk, text in answers.items() if pk in threads and text.strip()}
    faults = [] if said else [Fault("common", N_("Write an answer."))]
    for pk, text in said.items():
        name = threads[pk].contact.name if threads[pk].contact else ""  # type: ignore[union-attr]
        if common.strip() and grouping.unedited(text, common, name):
            faults.append(Fault(f"text_{pk}", N_("Add a word for this person: the common text alone is no answer.")))
    if faults or len(said) > TOGETHER:
        raise Refusal(N_("Each person is answered in words of her own."), faults)
    with transaction.atomic():
        sent = [answer(threads[pk], text, by=by) for pk, text in said.items()]
        record(by, "answered_cause", cause, threads=sorted(said))
    return sent
