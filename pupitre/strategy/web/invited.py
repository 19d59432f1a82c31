"""What an invited person sees: questions, or the decision file, without an account and without a script."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, document, invitation_queries
from pupitre.strategy.invitation_links import invitation_of
from pupitre.strategy.models import Invitation
from pupitre.strategy.rules import invitations as rules

KEPT = 60  # seconds a file shown to a guest is kept: making it is the costly part
LANGUAGES = ("fr", "en")


@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link; 410 once it has ended."""
    invitation, language = _opened(request, token)
    with translation.override(language):
        if not invitation_queries.is_open(invitation, now=timezone.now()):
            return _private(render(request, "strategy/invited_ended.html", status=410), language)
        return _private(_page(request, invitation, token, language, timezone.now()), language)


@never_cache
@require_safe
def invited_file(request: HttpRequest, token: str) -> HttpResponse:
    """The decision file as PDF, for the expert who was asked to read it."""
    invitation, language = _opened(request, token)
    if invitation.kind != rules.EXPERT or not invitation_queries.is_open(invitation, now=timezone.now()):
        raise Http404
    key = f"strategy:guest:pdf:{invitation.pk}:{language}"
    made = cache.get(key)
    if made is None:
        made = document.pdf(invitation.organisation, language=language, today=timezone.localdate())
        cache.set(key, made, KEPT)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{invitation.organisation.slug}-decision.pdf"'
    return _private(answer, language)


def _page(
    request: HttpRequest, invitation: Invitation, token: str, language: str, now: datetime
) -> HttpResponse:  # fmt: skip
    sheet = Sheet({"once": token_urlsafe(16)})
    if request.method == "POST":
        posted = request.POST
        answers = [posted.get(f"answer_{n}", "") for n in range(max(1, len(invitation.questions)))]
        name, once = posted.get("name", ""), posted.get("once", "")
        kept, sheet = attempt(
            lambda: actions.answer(invitation, answers=answers, name=name, once=once, now=now), posted.dict()
        )
        if kept is not None:
            return redirect(f"{request.path}?lang={language}&done=1")
    context: dict[str, Any] = {
        "invitation": invitation, "organisation_name": invitation.organisation.name, "sheet": sheet, "token": token,
        "chosen": language, "done": bool(request.GET.get("done")), "limit": rules.MOST_CHARACTERS,
    }  # fmt: skip
    if invitation.kind == rules.EXPERT:
        context |= {"told": _told(invitation, language), "said": invitation_queries.brought(invitation)}
        return render(request, "strategy/invited_expert.html", context, status=sheet.status)
    context["questions"] = [(f"answer_{n}", question) for n, question in enumerate(invitation.questions)]
    return render(request, "strategy/invited.html", context, status=sheet.status)


def _told(invitation: Invitation, language: str) -> Any:
    def make() -> Any:
        return document.contents(invitation.organisation, language=language, today=timezone.localdate())

    return cache.get_or_set(f"strategy:guest:{invitation.pk}:{language}", make, KEPT)


def _opened(request: HttpRequest, token: str) -> tuple[Invitation, str]:
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    asked = request.GET.get("lang", "")
    return invitation, asked if asked in LANGUAGES else invitation.language


def _private(response: HttpResponse, language: str) -> HttpResponse:
    """Neither searches nor other sites learn the address."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Language"] = language
    return response
