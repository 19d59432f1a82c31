"""Reading a post as its places will show it, and saying what one thinks of it; inviting a client to do the same."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.core.rules.refusals import Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions, queries
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.models import ApprovalLevel, Guest, Post, Review, Variant
from pupitre.editorial.rules.levels import DEFAULT, LEVELS
from pupitre.editorial.web.readings import shown_texts, title
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.models import Voice
from pupitre.strategy.queries import voices

N_ = str


@member_view
def reading(request: DeskRequest, pk: int) -> HttpResponse:
    """Every text as it will be seen; that this member saw them is written down."""
    return _page(request, pk)


def _page(request: DeskRequest, pk: int, sheet: Sheet | None = None, *, chosen: int = 0) -> HttpResponse:
    post = queries.in_full(request.organisation, pk)
    if post is None:
        raise Http404
    variants = list(post.variants.all())
    kept = agreeing.reviews(post)
    kept += actions.note_reading(post, variants, said=kept, by=request.member)
    texts = shown_texts(
        post, variants, rules=agreeing.rules_of(request.organisation), kept=kept,
        reading=queries.read_post(post, now=timezone.now()),
    )  # fmt: skip
    guests = list(agreeing.guests(post))
    role = request.member.role
    context = {
        "post": post, "texts": texts, "media": queries.media_of(post), "title": title(texts), "sheet": sheet,
        "chosen": chosen, "may_approve": may(role, "approve"), "may_write": may(role, "write"),
        "may_say": may(role, "note"), "may_schedule": may(role, "schedule"),
        "guests": [_invited(request, guest) for guest in guests],
        "languages": [("fr", "Français"), ("en", "English")],
        "unsettled": not all(one["promised"] for one in texts),
    }  # fmt: skip
    return render(request, "editorial/reading.html", context, status=sheet.status if sheet else 200)


def _invited(request: DeskRequest, guest: Guest) -> dict[str, Any]:
    alive = guest.revoked_at is None and guest.expires_at > timezone.now()
    address = reverse("guest", args=[agreeing.link_of(guest)])
    return {"guest": guest, "alive": alive, "link": request.build_absolute_uri(address) if alive else ""}


def _said(request: DeskRequest, pk: int, act: Callable[[Variant], Any], done: Callable[[Any], str]) -> HttpResponse:
    """Do this to one text, then show its post again; a refusal stays beside the text."""
    variant = mine(request, Variant.objects.select_related("post__organisation", "channel"), pk)
    result, sheet = attempt(lambda: act(variant), request.POST)
    if result is None:
        return _page(request, variant.post_id, sheet, chosen=pk)
    messages.success(request, done(result))
    return redirect(f"{reverse('editorial:reading', args=[request.organisation.slug, variant.post_id])}#text-{pk}")


def _revision(request: DeskRequest) -> int | None:
    typed = request.POST.get("revision", "")
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else None


def agree(request: DeskRequest, pk: int) -> HttpResponse:
    """The approval of a text, given on the page where it was read."""
    reason = request.POST.get("duplicate_reason", "")

    def act(variant: Variant) -> Variant:
        return actions.approve(variant, by=request.member, revision=_revision(request), duplicate_reason=reason)

    return _said(request, pk, act, agreed)


def agreed(variant: Variant) -> str:
    if variant.delivery_id:
        return _("This text is promised: it leaves at its hour.")
    return _("Your agreement is kept. Somebody else must still agree.")


@require_POST
@member_view
def ask_change(request: DeskRequest, pk: int) -> HttpResponse:
    words = request.POST.get("words", "")
    return _said(
        request, pk, lambda variant: actions.ask_change(variant, words, by=request.member),
        lambda _done: _("The text is held until it changes."),
    )  # fmt: skip


@require_POST
@member_view
def remark(request: DeskRequest, pk: int) -> HttpResponse:
    words, about = request.POST.get("words", ""), request.POST.get("about", "")
    return _said(
        request, pk, lambda variant: actions.remark(variant, words, by=request.member, about=about),
        lambda _done: _("The remark is kept."),
    )  # fmt: skip


@require_POST
@member_view
def hurry(request: DeskRequest, pk: int) -> HttpResponse:
    """The emergency lane."""
    reason = request.POST.get("reason", "")

    def act(variant: Variant) -> Variant:
        return actions.approve_in_emergency(variant, by=request.member, reason=reason, revision=_revision(request))

    return _said(request, pk, act, lambda _done: _("Promised by the emergency lane. The others read it afterwards."))


@require_POST
@member_view
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    """A remark was followed."""
    review = mine(request, Review.objects.select_related("version"), pk)
    actions.settle_remark(review, by=request.member)
    return redirect("editorial:reading", request.organisation.slug, review.version.post_id)


@require_POST
@member_view
def invite(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk)
    days = request.POST.get("days", "")

    def act() -> Guest:
        return actions.invite(
            post, by=request.member, name=request.POST.get("name", ""), language=request.POST.get("language", "fr"),
            days=int(days[:4]) if days.isascii() and days.isdecimal() else 0,
        )  # fmt: skip

    guest, sheet = attempt(act, request.POST)
    if guest is None:
        return _page(request, pk, sheet)
    messages.success(request, _("The link is ready: send it yourself, it opens this post only."))
    return redirect(f"{reverse('editorial:reading', args=[request.organisation.slug, pk])}#guests")


@require_POST
@member_view
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    guest = mine(request, Guest, pk)
    actions.revoke(guest, by=request.member)
    messages.success(request, _("The link opens nothing any more."))
    return redirect(f"{reverse('editorial:reading', args=[request.organisation.slug, guest.post_id])}#guests")


@member_view
def levels(request: DeskRequest) -> HttpResponse:
    """Who must agree, in general, for each channel and for each voice."""
    return _levels(request)


def _levels(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    kept = list(agreeing.levels(request.organisation))
    general = next((one.level for one in kept if one.channel_id is None and one.voice_id is None), DEFAULT)
    named = [(key, _(words)) for key, words in LEVELS.items()]
    places = [(f"channel-{one.pk}", str(one)) for one in channels(request.organisation)]
    places += [(f"voice-{one.pk}", str(one)) for one in voices(request.organisation)]
    context = {
        "kept": [(one, _(LEVELS[one.level])) for one in kept if one.channel_id or one.voice_id], "levels": named,
        "places": [("", _("Everything")), *places], "general": _(LEVELS[general]), "general_key": general,
        "sheet": sheet, "may_set": may(request.member.role, "set_charter"),
    }  # fmt: skip
    return render(request, "editorial/levels.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def set_level(request: DeskRequest) -> HttpResponse:
    kind, _dash, number = request.POST.get("place", "").partition("-")
    pk = int(number[:15]) if number.isascii() and number.isdecimal() else 0
    channel = mine(request, Channel, pk) if kind == "channel" else None
    voice = mine(request, Voice, pk) if kind == "voice" else None

    def act() -> ApprovalLevel:
        return actions.set_level(request.POST.get("level", ""), by=request.member, channel=channel, voice=voice)

    done, sheet = attempt(act, request.POST)
    if done is None:
        return _levels(request, sheet)
    messages.success(request, _("Kept. It holds from the next agreement on."))
    return redirect("editorial:levels", request.organisation.slug)


@require_POST
@member_view
def remove_level(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.remove_level(mine(request, ApprovalLevel, pk), by=request.member)
    except Refusal as refusal:
        messages.error(request, _(refusal.text))
    return redirect("editorial:levels", request.organisation.slug)
