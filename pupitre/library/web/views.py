"""Images, what they show, and where they come from."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.library import actions, films, queries
from pupitre.library.crops import box, seen, shapes
from pupitre.library.links import media_of
from pupitre.library.models import Media
from pupitre.library.queries import Sought
from pupitre.library.rules.films import transcript
from pupitre.library.storage import place
from pupitre.library.web.films import still_of
from pupitre.library.web.serving import served
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 24
MOST_CAPTIONS = 400_000  # bytes of a file of captions


@member_view
def library(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    before = request.GET.get("before", "")
    found = Sought(*(request.GET.get(name, "")[:120].strip() for name in ("q", "folder", "tag")))
    kept = queries.sought(request.organisation, found, without_alt="bare" in request.GET)
    folders, tags = queries.shelves(request.organisation)
    total_bare = queries.media(request.organisation, without_alt=True).count()
    page = list((kept.filter(id__lt=int(before[:18])) if before.isdigit() else kept)[: PAGE + 1])
    asked = {name: words for name, words in (("q", found.words), ("folder", found.folder), ("tag", found.tag)) if words}
    older = f"?{urlencode(asked | {'before': page[PAGE - 1].pk})}" if len(page) > PAGE else ""
    context = {
        "media": page[:PAGE], "older": older, "bare": total_bare, "sheet": sheet, "found": found, "asked": asked,
        "folders": folders, "tags": tags,
    }  # fmt: skip
    return render(request, "library/library.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    file = request.FILES.get("file")
    values = request.POST.dict()

    def keep() -> Media:
        if file is None:
            raise Refusal(N_("Choose an image."), [Fault("file", N_("Choose an image."))])
        return actions.add_media(
            file, by=request.member, name=str(file.name), alt=values.get("alt", ""), rights=values.get("rights", "")
        )

    kept, sheet = attempt(keep, values)
    if kept is None:
        return _page(request, sheet)
    messages.success(request, _("The image is kept. Its position, if it had one, was removed."))
    return redirect("library:media", request.organisation.slug, kept.pk)


@member_view
def media(request: DeskRequest, pk: int) -> HttpResponse:
    """One image: its description, its rights, its focal point."""
    kept = mine(request, Media, pk)
    values: dict[str, Any] = request.POST.dict() if request.method == "POST" else {
        "alt": kept.alt, "rights": kept.rights,
        "focus_x": round(kept.focus_x * 100), "focus_y": round(kept.focus_y * 100),
    }  # fmt: skip
    sheet = Sheet(values)
    if request.method == "POST":
        done, sheet = attempt(lambda: _describe(request, kept, values), values)
        if done is not None:
            messages.success(request, _("Kept."))
            return redirect("library:media", request.organisation.slug, kept.pk)
    return shown(request, kept, sheet)


def shown(request: DeskRequest, kept: Media, sheet: Sheet) -> HttpResponse:
    """The page of one file, with what was typed."""
    frames = [(network, part) for network in shapes() if (part := box(kept, network))]
    context = {
        "media": kept, "sheet": sheet, "frames": [(network, _frame(part)) for network, part in frames],
        "focus": (round(kept.width * kept.focus_x), round(kept.height * kept.focus_y)),
        "reach": round(max(kept.width, kept.height) * 0.03), "tags": ", ".join(queries.tags_of(kept)),
        "may_upload": may(request.member.role, "upload"),
    }  # fmt: skip
    film = films.films_of([kept]).get(kept.pk)
    if film is not None:
        context |= {"film": film, "said": transcript(film.captions)}
    return render(request, "library/media.html", context, status=sheet.status)


def _frame(part: tuple[int, int, int, int]) -> dict[str, int]:
    left, top, right, bottom = part
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _describe(request: DeskRequest, kept: Media, values: dict[str, Any]) -> Media:
    try:
        focus = (float(values.get("focus_x") or 50) / 100, float(values.get("focus_y") or 50) / 100)
    except ValueError:
        text = N_("Write numbers from 0 to 100.")
        raise Refusal(text, [Fault("focus_x", text)]) from None
    return actions.describe(
        kept, by=request.member, alt=values.get("alt", ""), rights=values.get("rights", ""), focus=focus
    )


@require_POST
@member_view
def caption(request: DeskRequest, pk: int) -> HttpResponse:
    """Captions typed, or read from a file."""
    kept, file = mine(request, Media, pk), request.FILES.get("vtt")
    words = request.POST.get("captions", "")
    if file is not None:
        words = file.read(MOST_CAPTIONS).decode("utf-8", "replace")
    done, sheet = attempt(lambda: films.caption(kept, words, by=request.member), {"captions": words})
    if done is None:
        return shown(request, kept, sheet)
    messages.success(request, _("The captions are kept."))
    return redirect("library:media", request.organisation.slug, kept.pk)


@require_POST
@member_view
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove(mine(request, Media, pk), by=request.member)
    messages.success(request, _("The image is forgotten."))
    return redirect("library:library", request.organisation.slug)


@member_view
def file(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The file itself, for members only."""
    kept = mine(request, Media, pk)
    path = place(kept.path)
    if not path.exists():
        raise Http404
    answer = served(request, path, kept.mime)
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@require_safe
def fetched(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file for a network that fetches by itself, at an address signed for a day."""
    kept = media_of(token)
    if kept is None or not place(kept.path).exists():
        raise Http404
    answer = served(request, place(kept.path), kept.mime)
    answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"] = "no-store", "noindex"
    return answer


@member_view
def seen_there(request: DeskRequest, pk: int, network: str) -> HttpResponseBase:
    """The image as it leaves for one network."""
    kept = mine(request, Media, pk)
    if not place(kept.path).exists():
        raise Http404
    if kept.mime.startswith("video/"):
        return still_of(request, kept)
    answer = HttpResponse(seen(kept, network), content_type=kept.mime)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
