"""A file as it is asked for: whole, or the part that a player wants (RFC 9110, 14)."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 4_194_304  # bytes; a player asks for the next part by itself
WHOLE = 10_000_000  # up to here a file is answered at once
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def served(request: HttpRequest, path: Path, mime: str) -> HttpResponseBase:
    """The file, or the part that is asked for; 416 beyond its end."""
    size = path.stat().st_size
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and any(asked.groups()):
        return _part(path, mime, size, *asked.groups())
    if size <= WHOLE:
        answer: HttpResponseBase = HttpResponse(path.read_bytes(), content_type=mime)
    else:
        pieces = _later(path) if isinstance(request, ASGIRequest) else _pieces(path)
        answer = StreamingHttpResponse(pieces, content_type=mime)
        answer.headers["Content-Length"] = str(size)
    answer.headers["Accept-Ranges"] = "bytes"
    return answer


def _part(path: Path, mime: str, size: int, first: str, last: str) -> HttpResponse:
    start = int(first[:18]) if first else max(0, size - int(last[:18]))
    end = min(int(last[:18]) if first and last else size - 1, size - 1)
    if start >= size or end < start:
        answer = HttpResponse(status=416)
        answer.headers["Content-Range"] = f"bytes */{size}"
        return answer
    end = min(end, start + PIECE - 1)
    with path.open("rb") as file:
        file.seek(start)
        answer = HttpResponse(file.read(end - start + 1), status=206, content_type=mime)
    answer.headers["Content-Range"], answer.headers["Accept-Ranges"] = f"bytes {start}-{end}/{size}", "bytes"
    return answer


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(262_144):
            yield piece


async def _later(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(262_144):
            yield piece
