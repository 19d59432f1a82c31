"""What a person does in a conversation: each a form that works without any script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.conversations import actions
from pupitre.conversations.care_queries import read_over
from pupitre.conversations.conducting import proposal_for
from pupitre.conversations.models import Thread
from pupitre.conversations.queries import number
from pupitre.conversations.web.inbox import found_thread, show
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt, sheet_of
from pupitre.strategy.models import Voice

N_ = str


def act(request: DeskRequest, pk: int, gesture: Callable[[Thread], Any], *, sheet: str, done: str) -> HttpResponse:
    """Do it and show the conversation again; a refusal keeps what was typed in the sheet of that name."""
    thread = found_thread(request, pk)
    result, refused = attempt(lambda: gesture(thread), request.POST.dict())
    if result is None:
        thread.refresh_from_db()
        return show(request, thread, **{sheet: refused})
    messages.success(request, done)
    return redirect("conversations:thread", request.organisation.slug, pk)


@require_POST
@member_view
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    voice_id = request.POST.get("voice", "")
    voice = mine(request, Voice, number(voice_id) or 0) if voice_id else None
    takeover = request.POST.get("takeover") == "1"
    reason, privately = request.POST.get("duplicate_reason", ""), request.POST.get("privately") == "1"
    return act(
        request, pk,
        lambda thread: actions.answer(
            thread, request.POST.get("text", ""), by=request.member, voice=voice, takeover=takeover,
            duplicate_reason=reason, urgent=request.POST.get("urgent", ""), privately=privately,
        ),
        sheet="reply",
        done=_("The answer leaves now, to this person alone.") if privately
        else _("The answer leaves now, in the same place."),
    )  # fmt: skip


@require_POST
@member_view
def advice(request: DeskRequest, pk: int) -> HttpResponse:
    """Read the draft before it leaves: nothing is sent, nothing is kept."""
    thread = found_thread(request, pk)
    draft = request.POST.get("text", "").strip().replace("\r\n", "\n")[:20_000]
    if not draft:
        return show(request, thread, reply=sheet_of(request.POST.dict(), Refusal(N_("Write an answer."))))
    found = read_over(thread, draft, language=get_language() or "fr")
    return show(request, thread, reply=Sheet(request.POST.dict()), advice=Sheet({"reading": found}))


@require_POST
@member_view
def close(request: DeskRequest, pk: int) -> HttpResponse:
    closure, reason = request.POST.get("closure", ""), request.POST.get("reason", "")
    return act(
        request, pk, lambda thread: actions.close(thread, closure, by=request.member, reason=reason),
        sheet="closing", done=_("Closed, with its reason."),
    )  # fmt: skip


@require_POST
@member_view
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    return act(
        request, pk, lambda thread: actions.reopen(thread, by=request.member), sheet="reply", done=_("Open again.")
    )


@require_POST
@member_view
def claim(request: DeskRequest, pk: int) -> HttpResponse:
    takeover = request.POST.get("takeover") == "1"
    return act(
        request, pk, lambda thread: actions.claim(thread, by=request.member, takeover=takeover),
        sheet="reply", done=_("It is yours."),
    )  # fmt: skip


@require_POST
@member_view
def release(request: DeskRequest, pk: int) -> HttpResponse:
    return act(
        request, pk, lambda thread: actions.release(thread, by=request.member), sheet="reply",
        done=_("Given back to everyone."),
    )  # fmt: skip


@require_POST
@member_view
def hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    to = request.POST.get("to", "")
    member = mine(request, Member, number(to) or 0) if to else None
    hours = request.POST.get("return_hours", "")

    def gesture(thread: Thread) -> Thread:
        if member is None:
            raise Refusal(N_("Choose a colleague."), [Fault("to", N_("Choose a colleague."))])
        back = timedelta(hours=min(number(hours) or 0, 240)) or None
        return actions.hand_over(
            thread, member, by=request.member, return_in=back, reason=request.POST.get("reason", "")
        )

    return act(request, pk, gesture, sheet="handing", done=_("Handed over."))


@require_POST
@member_view
def ask_for(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask the colleague who has it."""
    return act(
        request, pk, lambda thread: actions.ask_for(thread, by=request.member), sheet="reply",
        done=_("Asked: your colleague sees it now."),
    )  # fmt: skip


@require_POST
@member_view
def settle_asking(request: DeskRequest, pk: int) -> HttpResponse:
    give = request.POST.get("give") == "1"
    return act(
        request, pk, lambda thread: actions.settle_asking(thread, by=request.member, give=give), sheet="reply",
        done=_("Handed over.") if give else _("It stays yours."),
    )  # fmt: skip


@require_POST
@member_view
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    """Give it to the person the conductor proposes."""
    asked = number(request.POST.get("to", ""))
    to = mine(request, Member, asked) if asked else None
    back = timedelta(hours=min(number(request.POST.get("return_hours", "")) or 0, 240)) or None

    def gesture(thread: Thread) -> Thread:
        if to is None:
            raise Refusal(N_("Choose a colleague."), [Fault("to", N_("Choose a colleague."))])
        one = proposal_for(thread)
        return actions.accept(
            thread, to, by=request.member, proposed=one.member, voice=one.voice, why=one.why, return_in=back
        )

    return act(request, pk, gesture, sheet="accepting", done=_("Handed over."))


@require_POST
@member_view
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return act(
        request, pk, lambda thread: actions.pause(thread, reason, by=request.member), sheet="pausing",
        done=_("The clock is stopped, and says why."),
    )  # fmt: skip


@require_POST
@member_view
def resume(request: DeskRequest, pk: int) -> HttpResponse:
    return act(
        request, pk, lambda thread: actions.resume(thread, by=request.member), sheet="pausing",
        done=_("The clock runs again."),
    )  # fmt: skip


@require_POST
@member_view
def note(request: DeskRequest, pk: int) -> HttpResponse:
    return act(
        request, pk, lambda thread: actions.add_note(thread, request.POST.get("note", ""), by=request.member),
        sheet="noting", done=_("Noted, among colleagues."),
    )  # fmt: skip


@require_POST
@member_view
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    return act(
        request, pk, lambda thread: actions.correct(thread, request.POST.get("kind", ""), by=request.member),
        sheet="judging", done=_("Corrected: it acts at once and is learnt."),
    )  # fmt: skip
