"""One note of the score, and what a person does with it: agree, withdraw, move, put away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions, score_queries
from pupitre.editorial.actions import Moved
from pupitre.editorial.actions.promises import delivery_state
from pupitre.editorial.models import Post, Slot, Variant
from pupitre.editorial.rules.notes import begun, state_of
from pupitre.editorial.rules.times import moment, typed
from pupitre.editorial.web.agreeing import agree, agreed
from pupitre.shell.templatetags.words import when
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str


@member_view
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """Who speaks, what for, when, how long it takes, who agreed; a popover, or a page without script."""
    along = ("channel", "delivery", "approved_by__user", "post__objective", "post__voice__owner__user")
    usual = Exists(Slot.objects.filter(channel=OuterRef("channel")))
    kept = Variant.objects.select_related(*along).annotate(has_slots=usual)
    return show(request, mine(request, kept, pk))


def show(request: DeskRequest, variant: Variant, sheet: Sheet | None = None, **more: Any) -> HttpResponse:
    post, state = variant.post, delivery_state(variant)
    zone = request.organisation.timezone
    context = {
        "variant": variant, "post": post, "channel": variant.channel, "delivery": variant.delivery,
        "state": state_of(state, variant.asked_at), "begun": begun(state), "frozen": state == "held",
        "sheet": sheet or Sheet({"due_at": typed(variant.due_at, zone=zone)}),
        "may_approve": may(request.member.role, "approve"), "may_move": may(request.member.role, "schedule"),
        "promised": bool(variant.delivery_id and state != "cancelled"),
        "slots": getattr(variant, "has_slots", False),
        "past": bool(variant.due_at and variant.due_at <= timezone.now()), **more,
    }  # fmt: skip
    template = "editorial/note_card.html" if request.htmx else "editorial/note.html"
    return render(request, template, context, status=sheet.status if sheet else 200)


def _act(
    request: DeskRequest, pk: int, act: Callable[[Variant], Any], done: str | Callable[[Any], str]
) -> HttpResponse:
    variant = mine(request, Variant, pk)
    result, sheet = attempt(lambda: act(variant), request.POST)
    if result is None:
        return show(request, mine(request, Variant, pk), sheet)
    messages.success(request, done if isinstance(done, str) else done(result))
    return redirect("editorial:note", request.organisation.slug, pk)


@require_POST
@member_view
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    if "reading" in request.POST:
        return agree(request, pk)
    revision = request.POST.get("revision", "")
    reason = request.POST.get("duplicate_reason", "")
    return _act(
        request, pk,
        lambda variant: actions.approve(
            variant, by=request.member, revision=int(revision[:9]) if revision.isdecimal() else None,
            duplicate_reason=reason,
        ),
        agreed,
    )  # fmt: skip


@require_POST
@member_view
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _act(
        request, pk, lambda variant: actions.withdraw(variant, by=request.member, reason=reason),
        _("The approval is withdrawn: nothing leaves."),
    )  # fmt: skip


@require_POST
@member_view
def move(request: DeskRequest, pk: int) -> HttpResponse:
    """Another hour; what it changes is said, and it can be undone for a minute."""
    variant = mine(request, Variant, pk)

    def moved() -> Moved:
        return actions.move(variant, _hour(request), by=request.member)

    done, sheet = attempt(moved, request.POST)
    if done is None:
        return show(request, mine(request, Variant, pk), sheet)
    words = _("Moved to %(when)s.") % {"when": when(done.variant.due_at)} + _too_much(request, done.variant)
    answer = show(request, mine(request, Variant, pk), None, moved=words, undo=done.undo)
    answer["HX-Trigger"] = "score-moved"
    return answer


def _too_much(request: DeskRequest, variant: Variant) -> str:
    """What the move does to the person who makes it, on that day; empty when it holds."""
    assert variant.due_at is not None
    day = timezone.localtime(variant.due_at).date()
    shown = score_queries.week(request.organisation, day - timedelta(days=day.weekday()), now=timezone.now())
    owner = next((work.member_id for work in shown.works if work.post_id == variant.post_id), None)
    load = next((load for load in shown.loads if load.member_id == owner), None)
    asked, there = load.days[day.weekday()] if load else (0, 0)
    if load is None or asked <= there:
        return ""
    name = str(shown.members[load.member_id]).split(" ")[0]
    return " " + _("%(name)s has %(n)s min too many that day.") % {"name": name, "n": asked - there}


def _hour(request: DeskRequest) -> datetime:
    found = moment(request.POST.get("due_at", ""), zone=request.organisation.timezone)
    if found is None:
        found = Fault("due_at", N_("Choose a day and an hour."))
    if isinstance(found, Fault):
        raise Refusal(N_("This hour cannot be."), [found])
    return found


@require_POST
@member_view
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, lambda variant: actions.undo(variant, request.POST.get("undo", ""), by=request.member),
        _("Put back where it was."),
    )  # fmt: skip


@require_POST
@member_view
def ask(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk)
    done, sheet = attempt(lambda: actions.ask_approval(post, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
    else:
        messages.success(request, _("Approval is asked."))
    return redirect("editorial:post", request.organisation.slug, pk)


@require_POST
@member_view
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk)
    done, sheet = attempt(lambda: actions.drop(post, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
        return redirect("editorial:post", request.organisation.slug, pk)
    messages.success(request, _("The post is put away. What had left stays where it is."))
    return redirect("editorial:away", request.organisation.slug)
