"""What an answer must have before it leaves: its blanks written, a word of its own, calm, a second reader."""

import hashlib
import zoneinfo
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from pupitre.conversations.care_queries import as_it_stands
from pupitre.conversations.models import SecondReading, Thread
from pupitre.conversations.reading_queries import other_readers, ruled
from pupitre.conversations.rules.answers import Word, blanks, calm_at, heated
from pupitre.core.actions import ensure_task, record
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotYet, Refusal

N_ = str


def check_ready(thread: Thread, words: str, *, now: datetime) -> None:
    """Raises Refusal beside the text, or NotYet with the hour from which a heated exchange may be answered."""
    check_words(thread, words)
    calm = calm_at(heard(thread), now=now)
    if calm is not None and not pressing(thread):
        local = calm.astimezone(zoneinfo.ZoneInfo(thread.organisation.timezone))
        raise NotYet(
            N_("This exchange is heated: breathe, have it read by a colleague, and answer from %(hour)s."),
            params={"hour": f"{local:%H:%M}"},
        )


def check_words(thread: Thread, words: str) -> None:
    """Raises Refusal beside the text: a blank left, or a saved reply as it stands."""
    if left := blanks(words):
        blank = Fault("text", N_("Write what stands for “%(blank)s”."), {"blank": left[0]})
        raise Refusal(N_("A blank is still to be written."), [blank])
    if as_it_stands(thread, words):
        raise Refusal(N_("This is the saved reply as it stands."), [Fault("text", N_("Add a word for this person."))])


def pressing(thread: Thread) -> bool:
    """Whether waiting for calm would do harm."""
    return "health" in thread.flags or thread.kind == "crisis"


def second_reader(thread: Thread, *, by: Member) -> str:
    """Why another member reads this answer first: "policy", "heat", or "" when nothing asks for it.

    Heat asks for nothing where nobody else may answer.
    """
    if Thread.objects.filter(pk=thread.pk).filter(ruled()).exists():
        return "policy"
    if not pressing(thread) and heated(heard(thread)) is not None and other_readers(by):
        return "heat"
    return ""


def check_read(thread: Thread, words: str, *, by: Member, urgent: str) -> SecondReading | None:
    """The trace of an answer that leaves unread for a reason; None where nobody has to read it. Raises NotYet."""
    why = second_reader(thread, by=by)
    if not why:
        return None
    if not urgent.strip():
        raise NotYet(N_("A second person reads this answer before it leaves: ask for a reading."))
    if len(urgent.strip()) < 10:
        raise Refusal(N_("Say why it cannot wait."), [Fault("urgent", N_("Say in one sentence why it cannot wait."))])
    now = timezone.now()
    kept = SecondReading.objects.create(
        organisation=thread.organisation, thread=thread, text=words, digest=hashlib.sha256(words.encode()).hexdigest(),
        why=why, state="urgent", asked_by=by, asked_at=now, word=urgent.strip()[:400],
    )  # fmt: skip
    ensure_task(
        thread.organisation, f"unread:{kept.pk}", N_("Read afterwards: %(name)s answered without a second reader."),
        params={"name": by.user.name}, url=reverse("conversations:thread", args=[thread.organisation.slug, thread.pk]),
    )  # fmt: skip
    record(by, "answered_unread", thread, reason=urgent, reading=kept.pk, digest=kept.digest)
    return kept


def drop_reading(thread: Thread) -> None:
    """What waited for a reader waits no more: the conversation went on without it."""
    SecondReading.objects.filter(thread=thread, state="asked").update(state="dropped")
    Thread.objects.filter(pk=thread.pk, reading__isnull=False).update(reading=None)
    settle_task(thread.organisation, f"reading:{thread.pk}")


def heard(thread: Thread) -> list[Word]:
    """The last words of a conversation, oldest first, notes left out."""
    rows = thread.messages.exclude(kind="note").order_by("-at", "-id").only("ours", "at", "judgement", "corrected")
    return [Word(one.ours, one.at, one.corrected or str(one.judgement.get("kind", ""))) for one in rows[:20]][::-1]
