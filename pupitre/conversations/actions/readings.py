"""A second member reads an answer before it leaves; what she agreed to is what leaves."""

import hashlib

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.conversations.actions.answer import checked, leave, under
from pupitre.conversations.actions.attend import claim
from pupitre.conversations.actions.ready import check_words, second_reader
from pupitre.conversations.models import Message, ReadingRule, SecondReading, Thread
from pupitre.conversations.reading_queries import other_readers, reading_rules
from pupitre.conversations.rules.priorities import KIND_NAMES
from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotAllowed, Refusal
from pupitre.strategy.models import Voice

N_ = str
MOST_RULES = 20


@transaction.atomic
def reading_rule(*, by: Member, channel: Channel | None = None, kind: str = "") -> ReadingRule:
    """Have the answers of one channel, to one kind of message, read twice."""
    require(by, "set_charter", channel)
    if kind and kind not in KIND_NAMES:
        raise Refusal(N_("Choose a kind of message."), [Fault("kind", N_("Choose a kind of message."))])
    known = reading_rules(by.organisation)
    if known.filter(channel=channel, kind=kind).exists():
        raise Conflict(N_("This rule is in force already."))
    if known.count() >= MOST_RULES:
        raise Refusal(N_("Twenty rules are enough: retire one first."))
    made = ReadingRule.objects.create(
        organisation=by.organisation, channel=channel, kind=kind, made_by=by, made_at=timezone.now()
    )
    record(by, "reading_rule_made", made)
    return made


@transaction.atomic
def reading_rule_retire(rule: ReadingRule, *, by: Member) -> ReadingRule:
    """Answers leave again without a second reader there."""
    require(by, "set_charter", rule)
    if rule.retired_at is None:
        rule.retired_at = timezone.now()
        rule.save(update_fields=["retired_at"])
        record(by, "reading_rule_retired", rule)
    return rule


@transaction.atomic
def ask_reading(
    thread: Thread, text: str, *, by: Member, voice: Voice | None = None, to: Message | None = None,
    duplicate_reason: str = "", privately: bool = False,
) -> SecondReading:  # fmt: skip
    """Give this version to a second reader; a version that waits already is replaced by it. Nothing leaves.

    Raises Conflict for a private answer to a comment: agreed to, it would leave in public.
    """
    require(by, "answer", thread)
    if voice is not None:
        require(by, "answer", voice)
    if privately and thread.public:
        raise Conflict(N_("An answer that is read first leaves in public: untick the private answer, or send it."))
    words = text.strip()
    claim(thread, by=by)
    channel = checked(thread, words)
    check_words(thread, words)
    if not other_readers(by):
        raise Refusal(N_("Nobody else here may read it: only you may answer."))
    now = timezone.now()
    SecondReading.objects.filter(thread=thread, state="asked").update(state="replaced")
    asked = SecondReading.objects.create(
        organisation=thread.organisation, thread=thread, text=words, digest=hashlib.sha256(words.encode()).hexdigest(),
        voice=voice or thread.voice, to=under(thread, channel, to), duplicate_reason=duplicate_reason[:300],
        why=second_reader(thread, by=by) or "wish", asked_by=by, asked_at=now,
    )  # fmt: skip
    Thread.objects.filter(pk=thread.pk).update(reading=asked, version=F("version") + 1)
    _tell(asked, N_("Waits for a second reading: the answer of %(name)s to %(person)s."))
    record(by, "asked_reading", thread, reading=asked.pk, digest=asked.digest)
    return asked


def _tell(reading: SecondReading, words: str, *, owner: Member | None = None) -> None:
    thread, author = reading.thread, reading.asked_by
    subject = f"reading:{thread.pk}"
    settle_task(reading.organisation, subject)
    ensure_task(
        reading.organisation, subject, words, owner=owner,
        params={
            "name": author.user.name if author else "",
            "person": thread.contact.name if thread.contact else thread.subject[:60],
        },
        url=reverse("conversations:thread", args=[reading.organisation.slug, thread.pk]),
    )  # fmt: skip


@transaction.atomic
def settle_reading(
    reading: SecondReading, *, by: Member, agreed: bool, word: str = "", proposed: str = ""
) -> SecondReading:
    """The reader's word on this very version: it leaves now as it stands, or goes back to its author and says why.

    Raises Conflict when the version was replaced or decided meanwhile: what was not read never leaves.
    """
    require(by, "answer", reading)
    if reading.asked_by_id == by.pk:
        raise NotAllowed(N_("Another member reads it, not the one who wrote it."))
    if not agreed and len(word.strip()) < 5:
        raise Refusal(N_("Say in one sentence what to change."), [Fault("word", N_("Say what to change."))])
    waiting = SecondReading.objects.filter(pk=reading.pk, state="asked")
    if not waiting.update(
        state="agreed" if agreed else "given_back", read_by=by, read_at=timezone.now(), word=word.strip()[:400],
        proposed="" if agreed else proposed.strip()[:20_000],
    ):  # fmt: skip
        raise Conflict(N_("This version was replaced or decided: read the last one."))
    reading.refresh_from_db()
    if agreed:
        _leave(reading)
    else:
        Thread.objects.filter(pk=reading.thread_id).update(version=F("version") + 1)
        _tell(reading, N_("Your answer to %(person)s comes back with a word."), owner=reading.asked_by)
    verb = "agreed_to_answer" if agreed else "gave_answer_back"
    record(by, verb, reading.thread, reason=word, reading=reading.pk, digest=reading.digest)
    return reading


def _leave(reading: SecondReading) -> None:
    author = reading.asked_by
    if author is None or not author.active:
        raise Conflict(N_("Its author has left: write the answer in your own name."))
    claim(reading.thread, by=author)
    message = leave(
        reading.thread, reading.text, by=author, voice=reading.voice, to=reading.to,
        duplicate_reason=reading.duplicate_reason,
    )  # fmt: skip
    reading.message = message
    reading.save(update_fields=["message"])
