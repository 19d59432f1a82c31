"""What one conversation shows: who spoke, who should speak, the clock, the promise, the draft."""

from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.channels.connections import limits_of
from pupitre.conversations import presence, queries
from pupitre.conversations.actions.close import CLOSURES
from pupitre.conversations.clocks.pauses import PauseReason
from pupitre.conversations.conducting import Desk, Proposed
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.answers import Word, rounds
from pupitre.conversations.rules.priorities import FLAG_NAMES, KIND_NAMES
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
        "kind_name": _(KIND_NAMES.get(thread.kind, thread.kind)),
        "flag_names": [_(FLAG_NAMES[flag]) for flag in thread.flags if flag in FLAG_NAMES],
        "voices": [(str(voice.pk), voice.name) for voice in desk.voices],
        "voice_now": request.POST.get("voice") or str(proposed.voice.pk if proposed.voice else ""),
        "proposed": proposed,
        "round": rounds([Word(one.ours, one.at, "") for one in said if one.kind != "note"]) if thread.public else 1,
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


def _limit(thread: Thread) -> int:
    """The account's own length of an answer, 0 where there is none."""
    return limits_of(thread.channel).text.limit or 0 if thread.channel else 0
