"""Pupitre on a home screen: its manifest, its worker, and the one page that is kept for when the network is away.

No page of an organisation is ever kept by the worker: on a shared telephone, what one person read is not there for the
next.
"""

import json
import re
from hashlib import sha256
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

PAPER: Final = "#FAF6EE"
_OURS: Final = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a browser asks before it offers to install."""
    described = {
        "id": "/",
        "name": "Pupitre",
        "short_name": "Pupitre",
        "description": _("What people say to you, and what you say to them, at one desk."),
        "lang": get_language() or "fr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": static("shell/img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """The page shown without a network; it is made without the request, so that nobody's name or token is in it."""
    return HttpResponse(_away())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, for the whole origin. Its cache is named after what it keeps: a new release replaces the old one."""
    kept = [reverse("away"), *dict.fromkeys(_OURS.findall(_away()))]
    name = sha256(("\n".join(kept) + _away()).encode()).hexdigest()[:12]
    about = json.dumps({"cache": f"pupitre-{name}", "kept": kept})
    written = render_to_string("shell/worker.js", {"about": about})
    answer = HttpResponse(written, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _away() -> str:
    return render_to_string("shell/away.html")
