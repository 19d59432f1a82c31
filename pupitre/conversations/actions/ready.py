"""What an answer must have before it leaves: its blanks written, a word of its own, and calm."""

import zoneinfo
from datetime import datetime

from pupitre.conversations.care_queries import as_it_stands
from pupitre.conversations.models import Thread
from pupitre.conversations.rules.answers import Word, blanks, calm_at
from pupitre.core.rules.refusals import Fault, NotYet, Refusal

N_ = str


def check_ready(thread: Thread, words: str, *, now: datetime) -> None:
    """Raises Refusal beside the text, or NotYet with the hour from which a heated exchange may be answered."""
    if left := blanks(words):
        blank = Fault("text", N_("Write what stands for “%(blank)s”."), {"blank": left[0]})
        raise Refusal(N_("A blank is still to be written."), [blank])
    if as_it_stands(thread, words):
        raise Refusal(N_("This is the saved reply as it stands."), [Fault("text", N_("Add a word for this person."))])
    calm = calm_at(heard(thread), now=now)
    if calm is not None and "health" not in thread.flags and thread.kind != "crisis":
        local = calm.astimezone(zoneinfo.ZoneInfo(thread.organisation.timezone))
        raise NotYet(
            N_("This exchange is heated: breathe, have it read by a colleague, and answer from %(hour)s."),
            params={"hour": f"{local:%H:%M}"},
        )


def heard(thread: Thread) -> list[Word]:
    """The last words of a conversation, oldest first, notes left out."""
    rows = thread.messages.exclude(kind="note").order_by("-at", "-id").only("ours", "at", "judgement", "corrected")
    return [Word(one.ours, one.at, one.corrected or str(one.judgement.get("kind", ""))) for one in rows[:20]][::-1]
