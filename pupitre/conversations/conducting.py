"""Who should answer each conversation of a page, read at once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.conversations.actions.wake import candidates
from pupitre.conversations.models import Thread
from pupitre.conversations.queries import remembering
from pupitre.conversations.rules.conducting import Last, Seat, Turn, conduct, event_of
from pupitre.conversations.rules.priorities import FLAG_NAMES, KIND_NAMES
from pupitre.core import queries as core
from pupitre.core.models import Member, Organisation
from pupitre.strategy import floor_queries
from pupitre.strategy.models import Voice
from pupitre.strategy.queries import voices
from pupitre.strategy.rules.speaking import EVENTS

N_ = str


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who should answer one conversation: the voice, the person (None when nobody is there), and why, in words."""

    voice: Voice | None
    member: Member | None
    why: str
    stands_in: bool = False
    event: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one page needs to say who should speak: read once, whatever it lists."""

    voices: list[Voice]
    team: dict[int, Member]
    proposed: dict[int, Proposed]


def conducted(
    organisation: Organisation, threads: Sequence[Thread], *, now: datetime, texts: dict[int, str] | None = None
) -> Desk:
    """Who should answer each of these, by thread id. `texts` are the last words said in each, else its subject."""
    known = list(voices(organisation).select_related("owner__deputy", "owner__user"))
    team = {member.pk: member for member in core.team(organisation)}
    if not threads:
        return Desk(known, team, {})
    seats = _seats(organisation, now, team)
    there, speakers = {voice.pk: voice for voice in known}, candidates(organisation, now=now, known=known)
    found = {}
    for thread in threads:
        text = (texts or {}).get(thread.pk, thread.subject)
        event = event_of(thread.kind, thread.flags, text)
        turn = conduct(
            text, kind=thread.kind, flags=thread.flags, event=event, seat=seats.get(event),
            last=_last(thread, team, now.date()), voices=speakers,
        )  # fmt: skip
        voice, member = there.get(turn.voice_id or 0), team.get(turn.member_id or 0)
        found[thread.pk] = Proposed(voice, member, _said(turn), turn.stands_in, turn.event)
    return Desk(known, team, found)


def proposal_for(thread: Thread) -> Proposed:
    """Who should answer this one now, by the last words said in it."""
    last = thread.messages.filter(ours=False).order_by("-at", "-id").first()
    texts, now = {thread.pk: last.text} if last else {}, timezone.now()
    known = remembering(Thread.objects.filter(pk=thread.pk), now=now).select_related("organisation").get()
    return conducted(known.organisation, [known], now=now, texts=texts).proposed[thread.pk]


def _seats(organisation: Organisation, now: datetime, team: dict[int, Member]) -> dict[str, Seat]:
    """The first line of the speaking matrix for each event, as it stands now."""
    found: dict[str, Seat] = {}
    for one in floor_queries.speakers(organisation, now=now, team=team):
        member_id = one.member.pk if one.member else None
        found.setdefault(one.floor.event, Seat(one.voice.pk, member_id, one.stands_in, one.reason))
    return found


def _last(thread: Thread, team: dict[int, Member], today: date) -> Last | None:
    """Who answered this person last, as the list was read with it (`queries.remembering`)."""
    member = team.get(getattr(thread, "answered_by", None) or 0)
    if member is None:
        return None
    away = member.absent_until is not None and member.absent_until >= today
    return Last(member.pk, member.user.name, getattr(thread, "answered_voice", None), not away)


def _said(turn: Turn) -> str:
    """The reason in the reader's language, without its full stop."""
    named = KIND_NAMES | FLAG_NAMES
    params = {key: _(named[word]).lower() if word in named else word for key, word in turn.params.items()}
    reason = (_(turn.reason) % params if params else _(turn.reason)).removesuffix(".")
    if not turn.event:
        return reason
    return _("Speaking matrix, “%(event)s”: %(reason)s") % {
        "event": _(EVENTS[turn.event]), "reason": reason[:1].lower() + reason[1:],
    }  # fmt: skip
