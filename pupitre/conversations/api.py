"""Conversations through the API: what a page can do, by the same names."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from pupitre.conversations import actions, care_queries, queries
from pupitre.conversations.api_care import router as care
from pupitre.conversations.api_moderation import router as moderation
from pupitre.conversations.api_reading import router as reading
from pupitre.conversations.api_sorting import router as sorting
from pupitre.conversations.conducting import Proposed, proposal_for
from pupitre.conversations.models import Message, Thread
from pupitre.conversations.rules.marks import Reading
from pupitre.conversations.schemas import (
    AdviceIn,
    AdviceOut,
    AnswerIn,
    AskingIn,
    ByHandIn,
    ClaimIn,
    ClosingIn,
    HandOverIn,
    KindIn,
    KindName,
    MessageOut,
    MessagePage,
    NoteIn,
    OnlyName,
    PauseIn,
    SpeakerProposalOut,
    ThreadFull,
    ThreadOut,
    ThreadPage,
)
from pupitre.conversations.search import SHOWN, found
from pupitre.core import queries as core
from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Voice

router = Router()
for part in (care, moderation, reading, sorting):
    router.add_router("", part)
THREAD = "/conversations/{thread_id}"
MADE: dict[Any, Any] = {201: MessageOut, **PROBLEMS}
SHOWN_AGAIN: dict[Any, Any] = {200: ThreadOut, **PROBLEMS}


def mine(request: HttpRequest, pk: int) -> Thread:
    """The caller's own thread with this id, or 404."""
    threads = Thread.objects.select_related("organisation", "channel", "contact", "owner__user")
    first = threads.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if first is None:
        raise Http404
    return first


@router.get("/conversations", operation_id="conversations.inbox", response={200: ThreadPage, **PROBLEMS})
def inbox(
    request: HttpRequest,
    kind: KindName | None = None,
    only: OnlyName | None = None,
    channel: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    after: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> dict[str, Any]:
    """People who wait, by when an answer is due."""
    member = asked_by(request)
    require(member, "read")
    kept = queries.kept(queries.waiting(member.organisation), by=member, kind=kind or "", only=only or "",
                        channel=channel)  # fmt: skip
    page = list(queries.after(kept, after)[: limit + 1])
    return {"items": page[:limit], "next": queries.key_of(page[limit - 1]) if len(page) > limit else None}


@router.get("/conversations/search", operation_id="conversations.search", response={200: MessagePage, **PROBLEMS})
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200)],
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> dict[str, Any]:
    """Messages that hold every word, accents folded, newest first; `before` is the `next` of the page above."""
    member = asked_by(request)
    require(member, "read")
    hits = found(member.organisation, q, before=before)
    return {"items": hits, "next": str(hits[-1].pk) if len(hits) == SHOWN else None}


@router.post("/conversations", operation_id="conversations.add", response={201: ThreadOut, **PROBLEMS})
def add(request: HttpRequest, body: ByHandIn) -> Status[Thread]:
    """What somebody told us outside any network: a call, a letter, a word at the counter."""
    member = asked_by(request)
    return Status(201, actions.add_by_hand(by=member, text=body.text, author_name=body.author_name))


@router.get(THREAD, operation_id="conversations.thread", response={200: ThreadFull, **PROBLEMS})
def thread(request: HttpRequest, thread_id: Id) -> Thread:
    """One conversation with its last hundred messages, oldest first."""
    require(asked_by(request), "read")
    return mine(request, thread_id)


@router.post(f"{THREAD}/answer", operation_id="conversations.answer", response=MADE)
def answer(request: HttpRequest, thread_id: Id, body: AnswerIn) -> Status[Message]:
    """Answer in the same place, through the outbox; the thread closes once the answer is out."""
    member = asked_by(request)
    here = mine(request, thread_id)
    voice = to = None
    if body.voice_id is not None:
        voice = Voice.objects.filter(organisation=member.organisation, pk=body.voice_id).first()
    if body.to_id is not None:
        to = here.messages.filter(pk=body.to_id, ours=False).first()
    if (body.voice_id and voice is None) or (body.to_id and to is None):
        raise Http404
    said = actions.answer(
        here,
        body.text,
        by=member,
        voice=voice,
        to=to,
        duplicate_reason=body.duplicate_reason,
        takeover=body.takeover,
        urgent=body.urgent,
        privately=body.privately,
    )
    return Status(201, said)


@router.post(f"{THREAD}/advice", operation_id="conversations.advice", response={200: AdviceOut, **PROBLEMS})
def advice(request: HttpRequest, thread_id: Id, body: AdviceIn) -> Reading:
    """Read a draft over: its remarks with their place, its duties met or missing. Nothing is sent or kept."""
    member = asked_by(request)
    require(member, "read")
    return care_queries.read_over(mine(request, thread_id), body.text, language=member.user.language)


@router.post(f"{THREAD}/close", operation_id="conversations.close", response=SHOWN_AGAIN)
def close(request: HttpRequest, thread_id: Id, body: ClosingIn) -> Thread:
    """End it with a word: answered elsewhere, passed on, or needing no answer, and the reason."""
    return actions.close(mine(request, thread_id), body.closure, by=asked_by(request), reason=body.reason)


@router.post(f"{THREAD}/reopen", operation_id="conversations.reopen", response=SHOWN_AGAIN)
def reopen(request: HttpRequest, thread_id: Id) -> Thread:
    return actions.reopen(mine(request, thread_id), by=asked_by(request))


@router.post(f"{THREAD}/claim", operation_id="conversations.claim", response=SHOWN_AGAIN)
def claim(request: HttpRequest, thread_id: Id, body: ClaimIn) -> Thread:
    """Take it on; 409 when a colleague has it, unless `takeover` says that one knows."""
    return actions.claim(mine(request, thread_id), by=asked_by(request), takeover=body.takeover)


@router.post(f"{THREAD}/release", operation_id="conversations.release", response=SHOWN_AGAIN)
def release(request: HttpRequest, thread_id: Id) -> Thread:
    """Give it back to everyone."""
    return actions.release(mine(request, thread_id), by=asked_by(request))


@router.post(f"{THREAD}/hand-over", operation_id="conversations.hand_over", response=SHOWN_AGAIN)
def hand_over(request: HttpRequest, thread_id: Id, body: HandOverIn) -> Thread:
    """Give it to a colleague, for a while or for good."""
    member = asked_by(request)
    to: Member | None = core.team(member.organisation).filter(pk=body.to_id).first()
    if to is None:
        raise Http404
    return actions.hand_over(
        mine(request, thread_id), to, by=member, return_in=body.return_in, reason=body.reason
    )  # fmt: skip


@router.get(f"{THREAD}/proposal", operation_id="conversations.proposal", response={200: SpeakerProposalOut, **PROBLEMS})
def proposal(request: HttpRequest, thread_id: Id) -> Proposed:
    """Who should answer now, and why."""
    require(asked_by(request), "read")
    return proposal_for(mine(request, thread_id))


@router.post(f"{THREAD}/accept", operation_id="conversations.accept", response=SHOWN_AGAIN)
def accept(request: HttpRequest, thread_id: Id, body: HandOverIn) -> Thread:
    """Give it to the person proposed, in the voice proposed; 409 when the proposal is somebody else by now."""
    member = asked_by(request)
    here, to = mine(request, thread_id), core.team(member.organisation).filter(pk=body.to_id).first()
    if to is None:
        raise Http404
    one = proposal_for(here)
    return actions.accept(
        here, to, by=member, proposed=one.member, voice=one.voice, why=one.why, return_in=body.return_in
    )  # fmt: skip


@router.post(f"{THREAD}/ask-for", operation_id="conversations.ask_for", response=SHOWN_AGAIN)
def ask_for(request: HttpRequest, thread_id: Id) -> Thread:
    """Ask the colleague who has it."""
    return actions.ask_for(mine(request, thread_id), by=asked_by(request))


@router.post(f"{THREAD}/asking", operation_id="conversations.settle_asking", response=SHOWN_AGAIN)
def settle_asking(request: HttpRequest, thread_id: Id, body: AskingIn) -> Thread:
    """The owner's word to who asked: it goes, or it stays."""
    return actions.settle_asking(mine(request, thread_id), by=asked_by(request), give=body.give)


@router.post(f"{THREAD}/pause", operation_id="conversations.pause", response=SHOWN_AGAIN)
def pause(request: HttpRequest, thread_id: Id, body: PauseIn) -> Thread:
    """Stop the clock for one of the three reasons, never once the promise is broken."""
    return actions.pause(mine(request, thread_id), body.reason, by=asked_by(request))


@router.post(f"{THREAD}/resume", operation_id="conversations.resume", response=SHOWN_AGAIN)
def resume(request: HttpRequest, thread_id: Id) -> Thread:
    return actions.resume(mine(request, thread_id), by=asked_by(request))


@router.post(f"{THREAD}/note", operation_id="conversations.note", response=MADE)
def note(request: HttpRequest, thread_id: Id, body: NoteIn) -> Status[Message]:
    """A word among colleagues: it never leaves."""
    return Status(201, actions.add_note(mine(request, thread_id), body.note, by=asked_by(request)))


@router.post(f"{THREAD}/correct", operation_id="conversations.correct", response=SHOWN_AGAIN)
def correct(request: HttpRequest, thread_id: Id, body: KindIn) -> Thread:
    """Say what it is: acts at once, and is learnt."""
    return actions.correct(mine(request, thread_id), body.kind, by=asked_by(request))
