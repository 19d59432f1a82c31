"""Whoever follows a short link goes where it leads. No cookie is set, no address is kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.links.actions import count_visit, local_day
from pupitre.links.queries import living
from pupitre.links.rules.agents import is_program


@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """302 to where the link leads; 404 when there is none, or none any more. Asking for the head counts nobody."""
    link = living(code.lower()) if len(code) <= 20 else None
    answer: HttpResponse
    if link is None:
        answer = render(request, "links/gone.html", status=404)
    else:
        purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
        if request.method == "GET":
            program = is_program(request.headers.get("User-Agent", ""), purpose=purpose)
            count_visit(link, on=local_day(link.organisation), program=program)
        answer = HttpResponseRedirect(link.url)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
