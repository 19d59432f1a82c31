"""What one conversation shows: who spoke, who should speak, the clock, the promise, the draft."""

from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.channels.connections import limits_of
from pupitre.conversations import presence, queries
from pupitre.conversations.actions.close import CLOSURES
from pupitre.conversations.actions.privately import open_privately, private_days
from pupitre.conversations.actions.ready import pressing
from pupitre.conversations.clocks.pauses import PauseReason
from pupitre.conversations.conducting import Desk, Proposed
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.answers import Word, heated, rounds
from pupitre.conversations.rules.priorities import FLAG_NAMES, KIND_NAMES
from pupitre.conversations.web.beforehand import beforehand
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest

N_ = str
PAUSES = {
    PauseReason.WAITING_FOR_PERSON: N_("Waiting for the person"),
    PauseReason.PLATFORM_OUTAGE: N_("The network is down"),
    PauseReason.LEGAL_CHECK: N_("Legal check"),
}


def spoken(thread: Thread) -> list[Message]:
    """The last hundred messages, oldest first."""
    newest = thread.messages.select_related("member__user", "voice", "delivery").order_by("-at", "-id")[:100]
    return list(newest)[::-1]


def last_said(said: list[Message]) -> Message | None:
    return next((message for message in reversed(said) if not message.ours), None)


def thread_context(request: DeskRequest, thread: Thread, *, said: list[Message], desk: Desk) -> dict[str, Any]:
    """What the page of one conversation says, whatever its length; `desk` is read once with the list beside it."""
    now = timezone.now()
    proposed = desk.proposed[thread.pk]
    alike = queries.same_cause(thread, now=now)
    return {
        "thread": thread,
        "said": said,
        "last": last_said(said),
        "clock": queries.clock_of(thread, now=now, pauses=thread.state == "paused", organisation=request.organisation),
        "alike": alike,
        "alike_count": len(alike) + 1,
        "limit": _limit(thread),
        "beforehand": beforehand(thread, last_said(said), request.POST.get("text", "")),
        "private_days": private_days(thread) if open_privately(thread, last_said(said), said, now=now) else None,
        "kind_name": _(KIND_NAMES.get(thread.kind, thread.kind)),
        "flag_names": [_(FLAG_NAMES[flag]) for flag in thread.flags if flag in FLAG_NAMES],
        "voices": [(str(voice.pk), voice.name) for voice in desk.voices],
        "voice_now": request.POST.get("voice") or str(proposed.voice.pk if proposed.voice else ""),
        "proposed": proposed,
        "round": rounds([Word(one.ours, one.at, "") for one in said if one.kind != "note"]) if thread.public else 1,
        "read_first": _read_first(request, thread, said, desk),
        "draft": _given_back(request, thread),
        "live": presence.of(thread),
        "seen": quote(thread.last_at.isoformat()),
        "may_accept": _acceptable(request, thread, proposed),
        "team": [(str(member.pk), member.user.name) for member in desk.team.values()],
        "closures": [(key, _(name)) for key, name in CLOSURES.items()],
        "pauses": [(reason.value, _(name)) for reason, name in PAUSES.items()],
        "all_kinds": [(kind, _(name)) for kind, name in KIND_NAMES.items()],
        "may_answer": may(request.member.role, "answer"),
        "held_by_other": thread.owner if thread.owner_id not in (None, request.member.pk) else None,
    }


def _acceptable(request: DeskRequest, thread: Thread, proposed: Proposed) -> bool:
    """Whether giving it to the person proposed is one gesture away: somebody else, who may answer, and it is free."""
    member = proposed.member
    return (
        member is not None and thread.state != "closed" and thread.owner_id is None and member.pk != request.member.pk
        and may(member.role, "answer") and may(request.member.role, "assign")
    )  # fmt: skip


def _read_first(request: DeskRequest, thread: Thread, said: list[Message], desk: Desk) -> bool:
    """Whether another member reads the answer before it leaves: a rule says so, or the exchange is heated."""
    words = [Word(one.ours, one.at, one.corrected or str(one.judgement.get("kind", ""))) for one in said
             if one.kind != "note"]  # fmt: skip
    others = any(one.pk != request.member.pk and may(one.role, "answer") for one in desk.team.values())
    return thread.ruled or (others and not pressing(thread) and heated(words[-20:]) is not None)  # type: ignore[attr-defined]


def _given_back(request: DeskRequest, thread: Thread) -> str:
    """What the author writes on from: the reader's own words, else the version that came back."""
    reading = thread.reading
    if reading is None or reading.state != "given_back" or reading.asked_by_id != request.member.pk:
        return ""
    return reading.proposed or reading.text


def _limit(thread: Thread) -> int:
    """The account's own length of an answer, 0 where there is none."""
    return limits_of(thread.channel).text.limit or 0 if thread.channel else 0
