"""A film's first picture, and its captions as a player reads them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from pupitre.library import films
from pupitre.library.models import Media
from pupitre.library.storage import place
from pupitre.library.web.serving import served
from pupitre.shell.web.access import DeskRequest, member_view, mine


@member_view
def still(request: DeskRequest, pk: int) -> HttpResponseBase:
    """What stands for a file in a list: the image itself, or the film's first picture."""
    return still_of(request, mine(request, Media, pk))


def still_of(request: HttpRequest, kept: Media) -> HttpResponseBase:
    film = films.films_of([kept]).get(kept.pk)
    path = place(film.poster if film else kept.path)
    if not path.exists() or (film is None and kept.mime.startswith("video/")):
        raise Http404
    answer = served(request, path, "image/jpeg" if film else kept.mime)
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer


@member_view
def captions(request: DeskRequest, pk: int) -> HttpResponse:
    """The captions alone, for the player and for who keeps them."""
    words = films.captions_of(mine(request, Media, pk))
    if not words:
        raise Http404
    return HttpResponse(words, content_type="text/vtt; charset=utf-8")
