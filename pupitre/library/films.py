"""Films: kept as they come without their place, shown by their first picture, prepared for every network."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.engine import enqueue
from pupitre.library.filming import examined, plain_version, poster, refused
from pupitre.library.models import Film, Media
from pupitre.library.rules.films import KINDS, MAX_BYTES, cues, kind_of, placeless
from pupitre.library.rules.pictures import MAX_ALT
from pupitre.library.storage import keep, keep_file, place, room

N_ = str
CHUNK, OVERLAP = 1_048_576, 64


def add_film(
    chunks: Iterable[bytes], *, by: Member, name: str, alt: str = "", rights: str = "", generated: bool = False
) -> Media:
    """Keep a film, once per content, without the place where it was shot. Read piece by piece, never whole.

    Raises Refusal for what is too large, too long or no film. What not every network takes is prepared afterwards.
    """
    require(by, "upload")
    handle, temporary = tempfile.mkstemp(dir=room(by.organisation_id))
    here = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size, mime = _written(chunks, file)
        known = Media.objects.filter(organisation=by.organisation, digest=digest).first()
        if known is not None:
            return known
        return _kept(here, digest, size, mime, by=by, name=name, words=(alt, rights), generated=generated)
    finally:
        with suppress(FileNotFoundError):
            here.unlink()


def _written(chunks: Iterable[bytes], file: "object") -> tuple[str, int, str]:
    """(digest, bytes, MIME type) of what was written, every place in it blanked."""
    digest, size, mime, held = hashlib.sha256(), 0, "", b""
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise refused(N_("This film is larger than 200 MB."))
        held += chunk
        mime = mime or kind_of(held[:64])
        if len(held) > 64 and not mime:
            break
        held, _ = placeless(held)
        out, held = (held[:-OVERLAP], held[-OVERLAP:]) if len(held) > OVERLAP else (b"", held)
        digest.update(out)
        file.write(out)  # type: ignore[attr-defined]
    digest.update(held)
    file.write(held)  # type: ignore[attr-defined]
    if not mime:
        raise refused(N_("This is not an MP4, MOV or WebM film that can be read."))
    return digest.hexdigest(), size, mime


@transaction.atomic
def _kept(
    here: Path, digest: str, size: int, mime: str, *, by: Member, name: str, words: tuple[str, str], generated: bool
) -> Media:
    film = examined(here, mime)
    stem = f"{by.organisation_id}/{digest[:2]}/{digest}"
    keep(f"{stem}.poster.jpg", poster(here, mime), mime="image/jpeg")
    keep_file(f"{stem}.{KINDS[mime]}", here, mime=mime)
    media = Media.objects.create(
        organisation=by.organisation, digest=digest, path=f"{stem}.{KINDS[mime]}", mime=mime, size=size,
        name=os.path.basename(name)[:200] or digest[:12], width=film.width, height=film.height,
        alt=words[0].strip()[:MAX_ALT], rights=words[1].strip()[:300], generated=generated, added_by=by,
    )  # fmt: skip
    plain = film.plain and mime == "video/mp4"
    made = Film.objects.create(
        media=media, seconds=film.seconds, picture=film.picture, sound=film.sound, plain=plain,
        poster=f"{stem}.poster.jpg",
    )  # fmt: skip
    if not plain:
        _ask(made, MAX_BYTES)
    record(by, "media_added", media)
    return media


def _ask(film: Film, most_bytes: int) -> None:
    film.state, film.percent, film.most_bytes = "preparing", 0, most_bytes
    film.save(update_fields=["state", "percent", "most_bytes"])
    enqueue("library.prepare_film", film=film.pk)


def version_for(media: Media, most_bytes: int) -> Media | None:
    """The file that leaves for a network that takes so many bytes (0: any number); None until it is prepared."""
    film = Film.objects.filter(media=media).first()
    ready = [media] if film is not None and film.plain else []
    ready += media.cuts.filter(mime="video/mp4").order_by("-size")
    return next((one for one in ready if not most_bytes or one.size <= most_bytes), None)


def prepare_for(media: Media, most_bytes: int) -> None:
    """Ask the worker for the version of this film that this network takes, unless it is there or being made."""
    film = Film.objects.filter(media=media).first()
    if film is not None and film.state != "preparing" and version_for(media, most_bytes) is None:
        _ask(film, most_bytes or MAX_BYTES)


def prepare(pk: int) -> None:
    """Make the plain version that was asked for; a worker that dies in the middle begins again."""
    film = Film.objects.select_related("media").filter(pk=pk, state="preparing").first()
    if film is None:
        return
    media = film.media
    handle, temporary = tempfile.mkstemp(dir=room(media.organisation_id), suffix=".mp4")
    os.close(handle)
    target = Path(temporary)
    try:
        plain_version(
            place(media.path), media.mime, target, most_bytes=film.most_bytes,
            told=lambda percent: _told(film.pk, percent),
        )  # fmt: skip
        _keep_version(film, target)
    except Refusal:
        Film.objects.filter(pk=film.pk).update(state="failed")
    finally:
        with suppress(FileNotFoundError):
            target.unlink()


def _told(pk: int, percent: int) -> None:
    Film.objects.filter(pk=pk).update(percent=percent)


@transaction.atomic
def _keep_version(film: Film, made: Path) -> None:
    media, shown = film.media, examined(made, "video/mp4")
    with made.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    path, size = f"{media.organisation_id}/{digest[:2]}/{digest}.mp4", made.stat().st_size
    keep_file(path, made, mime="video/mp4")
    Media.objects.update_or_create(
        organisation_id=media.organisation_id, digest=digest,
        defaults={
            "path": path, "mime": "video/mp4", "name": media.name, "width": shown.width, "height": shown.height,
            "size": size, "alt": media.alt, "rights": media.rights, "generated": media.generated, "parent": media,
            "added_by": media.added_by,
        },
    )  # fmt: skip
    Film.objects.filter(pk=film.pk).update(state="ready" if size <= film.most_bytes else "failed", percent=100)


@transaction.atomic
def caption(media: Media, captions: str, *, by: Member) -> Film:
    """Write what is said in a film, as WebVTT; empty words take it away. Raises Refusal with the line at fault."""
    require(by, "upload", media)
    film = Film.objects.select_for_update().filter(media=media).first()
    if film is None:
        raise Refusal(N_("This is no film."), [Fault("captions", N_("This is no film."))])
    words = captions.replace("\r\n", "\n").strip()
    found = cues(words) if words else []
    if isinstance(found, Fault):
        raise Refusal(N_("These captions cannot be read."), [found])
    film.captions = f"{words}\n" if words else ""
    film.save(update_fields=["captions"])
    record(by, "film_captioned", media)
    return film


def films_of(media: Sequence[Media]) -> dict[int, Film]:
    """By the id of their media; no query where there is no film."""
    wanted = [one.pk for one in media if one.mime.startswith("video/")]
    return {one.media_id: one for one in Film.objects.filter(media__in=wanted)} if wanted else {}


def captions_of(media: Media) -> str:
    """The captions of a film or of a version of it; empty for an image."""
    if not media.mime.startswith("video/"):
        return ""
    return Film.objects.filter(media=media.parent_id or media.pk).values_list("captions", flat=True).first() or ""
