"""What happens around every page: language, content policy, and refusals said as pages."""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext

from pupitre.core.rules.refusals import Refusal

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def language(answer: Answer) -> Answer:
    """The person's own language; before sign-in, the browser's, French if it wants neither."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = cast(Any, getattr(request, "user", None))
        chosen = user.language if user and user.is_authenticated else translation.get_language_from_request(request)
        with translation.override(chosen if chosen in {"fr", "en"} else "fr"):
            request.LANGUAGE_CODE = translation.get_language() or "fr"
            response = answer(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "fr")
            return response

    return middleware


def content_policy(answer: Answer) -> Answer:
    """No inline script, no inline style, nothing from anybody else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


class refusals:
    """A refusal that no view caught becomes a page with its reason and its way out."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal) or request.path.startswith("/api/"):
            return None
        faults = [{"field": f.field, "text": gettext(f.text) % dict(f.params)} for f in exception.faults]
        context = {"reason": gettext(exception.text) % exception.params, "faults": faults, "status": exception.status}
        return render(request, "shell/refusal.html", context, status=exception.status)
