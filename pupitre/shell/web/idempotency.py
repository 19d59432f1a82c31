"""Writes with an `Idempotency-Key`: the same key gives the same answer for a day, and acts once."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from pupitre.core.actions import keep_answer, open_answer
from pupitre.core.models import IdempotentAnswer, Member
from pupitre.shell.api import PREFIX, member_of, problem


def idempotency(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware; it looks only at API writes that carry the header."""

    def middleware(request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or not request.path.startswith("/api/") or request.method in {"GET", "HEAD", "OPTIONS"}:
            return answer(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        member = member_of(token, now=timezone.now()) if token.startswith(PREFIX) else None
        if member is None:
            return answer(request)
        if len(key) > 120:
            return problem(request, 400, gettext("The Idempotency-Key is longer than 120 characters."))
        return _once(request, answer, member, key)

    return middleware


def _once(
    request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse], member: Member, key: str
) -> HttpResponse:
    fingerprint = hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    kept, first = open_answer(key, fingerprint, by=member)
    if not first:
        return _again(request, kept, fingerprint)
    response = answer(request)
    keep_answer(kept, status=response.status_code, body=response.content.decode())
    return response


def _again(request: HttpRequest, kept: IdempotentAnswer, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        return problem(request, 422, gettext("This Idempotency-Key was used for another request."))
    if kept.status is None:
        return problem(request, 409, gettext("The first request with this Idempotency-Key is still under way."))
    kind = "application/json" if kept.status < 400 else "application/problem+json"
    response = HttpResponse(kept.body, status=kept.status, content_type=kind)
    response.headers["Idempotent-Replay"] = "true"
    return response
