"""Named reads of causes, moderation, inbox rules and saved replies."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from pupitre.conversations.models import (
    Cause,
    InboxRule,
    Message,
    Moderation,
    ModerationRule,
    SavedReply,
    Thread,
)
from pupitre.conversations.queries import same_cause
from pupitre.conversations.rules.answers import filled, too_often
from pupitre.conversations.rules.grouping import WITHIN
from pupitre.conversations.rules.marks import Reading, reading
from pupitre.conversations.rules.sorting import If, fits, words_of
from pupitre.core.models import AuditEntry, Member, Organisation
from pupitre.judge.tone import tone
from pupitre.ledger import queries as ledger

TRIED = timedelta(days=30)
READ = 5_000
SHOWN = 5
WEEK = timedelta(days=7)
PROOF, PROVES = "pupitre.conversations.trial", timedelta(days=1)


def causes_now(organisation: Organisation, *, now: datetime) -> QuerySet[Cause]:
    """Causes heard of in the last two days, newest first."""
    return Cause.objects.filter(organisation=organisation, last_at__gte=now - WITHIN).order_by("-last_at", "-id")


def of_cause(cause: Cause, *, after: int = 0) -> QuerySet[Thread]:
    """The conversations of one cause, in the order they came."""
    known = Thread.objects.filter(cause=cause, pk__gt=after)
    return known.select_related("organisation", "channel", "contact", "owner__user").order_by("id")


def moderation_rules(organisation: Organisation) -> QuerySet[ModerationRule]:
    """The published reasons, oldest first."""
    return ModerationRule.objects.filter(organisation=organisation, retired_at__isnull=True).order_by("id")


def moderations(organisation: Organisation, *, before: int | None = None) -> QuerySet[Moderation]:
    """What was asked to be hidden, newest first."""
    known = Moderation.objects.filter(organisation=organisation)
    kept = known.filter(pk__lt=before) if before else known
    return kept.select_related("rule", "message", "asked_by__user", "decided_by__user").order_by("-id")


def inbox_rules(organisation: Organisation) -> QuerySet[InboxRule]:
    """The rules in force, oldest first: the first that assigns wins."""
    return InboxRule.objects.filter(organisation=organisation, retired_at__isnull=True).order_by("id")


def asks_of(rule: InboxRule) -> If:
    """What a rule asks of a message."""
    return If(rule.kind, rule.language, rule.channel_id, words_of(rule.words))


def seen(message: Message) -> dict[str, object]:
    """What a rule looks at in a message."""
    return {
        "kind": message.corrected or str(message.judgement.get("kind", "other")), "language": message.language,
        "channel_id": message.channel_id, "text": message.text,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have touched: how many messages of those read, and the newest of them.

    `tried` is the proof of this trial, asked for when the rule is kept; it holds a day, for these conditions only.
    """

    read: int
    touched: int
    newest: list[Message]
    tried: str


def try_rule(organisation: Organisation, asks: If, *, now: datetime) -> Trial:
    """A rule tried on the last thirty days, newest first, at most 5,000 messages. Nothing is changed."""
    heard = Message.objects.filter(organisation=organisation, ours=False, at__gte=now - TRIED)
    some = list(heard.only("text", "language", "channel", "judgement", "corrected", "author_name", "at", "thread")
                .order_by("-id")[:READ])  # fmt: skip
    touched = [message for message in some if fits(asks, **seen(message))]  # type: ignore[arg-type]
    return Trial(len(some), len(touched), touched[:SHOWN], proof(organisation, asks))


def proof(organisation: Organisation, asks: If) -> str:
    """What shows that these conditions were tried here."""
    return signing.dumps(_conditions(organisation, asks), salt=PROOF)


def was_tried(organisation: Organisation, asks: If, tried: str) -> bool:
    """Whether `tried` is the proof of a trial of these very conditions, here, within a day."""
    try:
        return bool(signing.loads(tried, salt=PROOF, max_age=PROVES) == _conditions(organisation, asks))
    except signing.BadSignature:
        return False


def _conditions(organisation: Organisation, asks: If) -> list[object]:
    return [organisation.pk, asks.kind, asks.language, asks.channel_id, list(asks.words)]


def saved_replies(organisation: Organisation, *, kind: str = "", language: str = "") -> QuerySet[SavedReply]:
    """The replies in use; those for this kind and this language first."""
    mine = Case(
        When(kind=kind, language=language, then=Value(0)), When(kind=kind, then=Value(1)),
        When(kind="", then=Value(2)), default=Value(3), output_field=IntegerField(),
    )  # fmt: skip
    return SavedReply.objects.filter(organisation=organisation, retired_at__isnull=True).order_by(mine, "title", "id")


def as_it_stands(thread: Thread, text: str) -> bool:
    """Whether this answer is a saved reply to which nobody added a word."""
    name = thread.contact.name if thread.contact else ""
    plain = " ".join(text.split())
    return any(
        " ".join(filled(saved, name=name, house=thread.organisation.name).split()) == plain
        for saved in saved_replies(thread.organisation).values_list("text", flat=True)[:200]
    )


def said_before(thread: Thread, text: str, *, now: datetime) -> tuple[int, int]:
    """How many times we said these very words in this conversation, and anywhere within a week."""
    ours = Message.objects.filter(organisation=thread.organisation, ours=True, text=text.strip()).exclude(kind="note")
    found = list(ours.filter(Q(thread=thread) | Q(at__gte=now - WEEK)).values_list("thread_id", "at")[:50])
    return sum(one == thread.pk for one, _ in found), sum(at >= now - WEEK for _, at in found)


def read_over(thread: Thread, draft: str, *, language: str) -> Reading:
    """A draft read against what was said here and by others of the same cause; remarks in the reader's language."""
    said = list(thread.messages.filter(ours=False).order_by("-at", "-id").values_list("text", flat=True)[:30])[::-1]
    others = [one.subject for one in same_cause(thread, now=timezone.now())[:10]]
    found = tone(
        draft, language=thread.language or thread.organisation.language, thread=(*others, *said), public=thread.public,
        facts=ledger.bearing_on(thread.organisation, said=(draft, *said)),
    )  # fmt: skip
    in_thread, in_week = said_before(thread, draft, now=timezone.now())
    repeated = max(in_thread, in_week) if too_often(in_thread=in_thread + 1, in_week=in_week + 1) else 0
    return replace(reading(draft, found, language=language), repeated=repeated)


def bulk_entry(member: Member, pk: int | None) -> AuditEntry | None:
    """What this person did to several conversations at once."""
    if pk is None:
        return None
    mine = AuditEntry.objects.filter(organisation=member.organisation, member=member, verb="bulk")
    return mine.filter(pk=pk).first()
