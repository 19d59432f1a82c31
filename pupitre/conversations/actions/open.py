"""Conversations that no network brought: a call at the counter, a letter, a mention found elsewhere."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author
from pupitre.conversations.actions.take_in import kept_verdict, learnt
from pupitre.conversations.actions.wake import WOKEN, candidates, subject, wake
from pupitre.conversations.models import Message, Thread
from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context
from pupitre.relations.actions import meet, meet_by_name
from pupitre.relations.models import Contact

N_ = str


def add_by_hand(
    *, by: Member, text: str, author_name: str, at: datetime | None = None, channel: Channel | None = None,
    public: bool = False,
) -> Thread:  # fmt: skip
    """What somebody told us outside any network that is read by itself."""
    return _open(
        by=by, text=text, author_name=author_name, at=at, origin="hand", url="", channel=channel, public=public
    )


def open_from(*, by: Member, text: str, author_name: str, url: str, at: datetime, language: str = "") -> Thread:
    """A conversation opened from something found by listening; it is answered where it was found."""
    return _open(
        by=by, text=text, author_name=author_name, at=at, origin="listening", url=url, public=True, language=language
    )


@transaction.atomic
def _open(
    *, by: Member, text: str, author_name: str, at: datetime | None, origin: str, url: str, public: bool,
    channel: Channel | None = None, language: str = "",
) -> Thread:  # fmt: skip
    require(by, "note", channel)
    faults = [] if text.strip() else [Fault("text", N_("Write what was said."))]
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    here, when = by.organisation, at or timezone.now()
    verdict = judge(text, Context(language=language or here.language, corrections=learnt(here)))
    name = author_name.strip()
    contact = _contact(here, origin, name, url, when) if name else None
    thread = Thread.objects.create(
        organisation=here, channel=channel, contact=contact, origin=origin, public=public, subject=subject(text),
        last_at=when,
    )  # fmt: skip
    message = Message.objects.create(
        organisation=here, thread=thread, channel=channel, kind="mention" if origin == "listening" else "mail",
        author_name=name[:200], text=text.strip(), language=verdict.language[:5], judgement=kept_verdict(verdict),
        permalink=url[:500], at=when,
    )  # fmt: skip
    wake(thread, message, verdict, candidates(here))
    thread.save(update_fields=WOKEN)
    record(by, "opened", thread, origin=origin)
    return thread


def _contact(here: Organisation, origin: str, name: str, url: str, when: datetime) -> Contact:
    """Two people told by hand with one name are two people; a name on one site is one author."""
    if origin == "hand":
        return meet_by_name(here, name, at=when)
    site = urlsplit(url).netloc
    return meet(here, origin, Author(f"{site}:{name.casefold()}", name, name, url), at=when)
