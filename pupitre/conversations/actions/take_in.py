"""Taking in what people said: our echo dropped, said once kept once, judged, its clock started.

Messages are kept by the batch, each batch in one transaction that first holds the channel: two workers that read the
same account wait for each other, and what the first kept the second finds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple, cast

from django.db import IntegrityError, transaction

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Incoming, Ref
from pupitre.connectors.ids import kept, stored, writable
from pupitre.conversations.actions.wake import WOKEN, candidates, subject, wake
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.voices import Candidate
from pupitre.core.models import Organisation
from pupitre.judge.engine import judge
from pupitre.judge.verdict import Context, Correction, Kind, Verdict
from pupitre.publishing.models import Delivery
from pupitre.publishing.queries import is_ours
from pupitre.relations.actions import meet_all
from pupitre.relations.models import Contact
from pupitre.relations.queries import erased

Kept = list[Message]
BATCH = 200
TRIES = 5


class Said(NamedTuple):
    """One message with what the judge says of it."""

    incoming: Incoming
    verdict: Verdict


def take_in(channel: Channel, incoming: Sequence[Incoming]) -> Kept:
    """Keep what is new among these, oldest first; the messages kept. Safe when two workers read the same account."""
    news = _news(channel, incoming)
    if not news:
        return []
    here = channel.organisation
    corrections, speakers = learnt(here), candidates(here)
    judged = [
        Said(one, judge(one.text, Context(language=one.language or here.language, corrections=corrections)))
        for one in news
    ]
    return [message for batch in _batches(judged) for message in _keep(channel, batch, speakers)]


def learnt(organisation: Organisation) -> tuple[Correction, ...]:
    """The latest corrections of this organisation, oldest first: they act on the next message of the same words."""
    rows = Message.objects.filter(organisation=organisation).exclude(corrected="").order_by("-corrected_at")
    return tuple(Correction(text, cast(Kind, kind)) for text, kind in rows.values_list("text", "corrected")[:500])[::-1]


def kept_verdict(verdict: Verdict) -> dict[str, Any]:
    """The judgement as it is kept beside the message."""
    kept = asdict(verdict)
    return kept | {"flags": list(verdict.flags), "reasons": [asdict(reason) for reason in verdict.reasons]}


def _news(channel: Channel, incoming: Sequence[Incoming]) -> list[Incoming]:
    """What is new and not ourselves heard again, each once, oldest first; nor what an erased person said before."""
    each = {kept(one.ref.id): one for one in reversed(incoming) if one.ref.id}
    ids = list(each)
    known = set(Message.objects.filter(channel=channel, remote_id__in=ids).values_list("remote_id", flat=True))
    known |= is_ours(channel, ids)
    news = [one for id, one in each.items() if id not in known and one.author.remote_id != channel.remote_id]
    gone = erased(channel.organisation, [one.author.remote_id for one in news])
    still = [one for one in news if one.author.remote_id not in gone or one.at > gone[one.author.remote_id]]
    return sorted(still, key=lambda one: one.at)


def _batches(judged: Sequence[Said]) -> Iterator[Sequence[Said]]:
    for start in range(0, len(judged), BATCH):
        yield judged[start : start + BATCH]


def _keep(channel: Channel, batch: Sequence[Said], speakers: Sequence[Candidate]) -> Kept:
    """One batch in one transaction; begun again when somebody else wrote the same person or message meanwhile."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _kept(channel, batch, speakers)
        except IntegrityError:
            if not left:
                raise
    return []


def _kept(channel: Channel, batch: Sequence[Said], speakers: Sequence[Candidate]) -> Kept:
    Channel.objects.select_for_update().only("pk").get(pk=channel.pk)
    still = {id(one) for one in _news(channel, [one.incoming for one in batch])}
    said = [one for one in batch if id(one.incoming) in still]
    people = meet_all(channel.organisation, channel.network, [(one.incoming.author, one.incoming.at) for one in said])
    threads = _threads(channel, said, people)
    messages = []
    for (incoming, verdict), thread in zip(said, threads, strict=True):
        message = _message(channel, incoming, verdict)
        wake(thread, message, verdict, speakers)
        messages.append(message)
    _save(list({id(thread): thread for thread in threads}.values()))
    for message, thread in zip(messages, threads, strict=True):
        message.thread = thread
    return Message.objects.bulk_create(messages)


def _threads(channel: Channel, said: Sequence[Said], people: Sequence[Contact]) -> list[Thread]:
    """The thread of each: one per person under one root; private messages keep one per person. New ones are unsaved."""
    roots = [kept(one.incoming.thread or one.incoming.ref.id) for one in said]
    held = Thread.objects.select_for_update().filter(channel=channel, remote_id__in=roots).order_by("pk")
    known = {(thread.remote_id, thread.contact_id): thread for thread in held}
    about = _about(channel, said)
    for (incoming, _), root, contact in zip(said, roots, people, strict=True):
        thread = known.get((root, contact.pk))
        if thread is None:
            known[root, contact.pk] = Thread(
                organisation=channel.organisation, channel=channel, contact=contact, remote_id=root,
                about=about.get(kept(incoming.thread)) or about.get(kept(incoming.parent)),
                public=incoming.public, subject=subject(incoming.text), last_at=incoming.at,
            )  # fmt: skip
        else:
            thread.organisation = channel.organisation
    return [known[root, contact.pk] for root, contact in zip(roots, people, strict=True)]


def _about(channel: Channel, said: Sequence[Said]) -> dict[str, Delivery]:
    """Our posts among what these answer, by the network's id."""
    ids = {kept(id) for one in said for id in (one.incoming.thread, one.incoming.parent) if id}
    ours = Delivery.objects.filter(channel=channel, remote_id__in=ids - {""}).order_by("-pk")
    return {delivery.remote_id: delivery for delivery in ours}


def _message(channel: Channel, one: Incoming, verdict: Verdict) -> Message:
    remote_id, extra = stored(one.ref)
    root: Ref | None = one.root
    return Message(
        organisation=channel.organisation, channel=channel, remote_id=remote_id, remote_extra=extra,
        root_extra={"id": root.id, "extra": dict(root.extra)} if root else None, kind=one.kind[:10],
        author_name=(one.author.name or one.author.handle)[:200], author_handle=one.author.handle[:200],
        text=writable(one.text), language=(one.language or verdict.language)[:5], judgement=kept_verdict(verdict),
        rating=one.rating, permalink=one.permalink[:500], at=one.at,
    )  # fmt: skip


def _save(threads: Sequence[Thread]) -> None:
    held = [thread for thread in threads if thread.pk]
    Thread.objects.bulk_create(thread for thread in threads if not thread.pk)
    for thread in held:
        thread.save(update_fields=WOKEN)
