"""Named writes of the library."""

import hashlib
import io
import os
import warnings
from itertools import chain
from typing import Protocol

from django.db import transaction
from PIL import ExifTags, Image, UnidentifiedImageError

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.library.crops import box, seen
from pupitre.library.films import CHUNK, add_film
from pupitre.library.models import Film, Loan, Media, MediaTag
from pupitre.library.rules.films import kind_of
from pupitre.library.rules.metadata import without_position
from pupitre.library.rules.pictures import KINDS, MAX_ALT, MAX_BYTES, MAX_PIXELS
from pupitre.library.storage import forget, keep

N_ = str
SIDEWAYS = (5, 6, 7, 8)  # orientations of EXIF that a screen turns by a quarter


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@transaction.atomic
def add_media(
    file: Readable, *, by: Member, name: str, alt: str = "", rights: str = "", generated: bool = False
) -> Media:
    """Keep an image or a film, once per content. Its type is read from its bytes; its GPS position is blanked.

    Raises Refusal for what is too large, is no image, lies about its type or would fill the memory.
    """
    require(by, "upload")
    begun = file.read(CHUNK)
    if kind_of(begun[:64]):
        pieces = chain([begun], iter(lambda: file.read(CHUNK), b""))
        return add_film(pieces, by=by, name=name, alt=alt, rights=rights, generated=generated)
    data = without_position(begun + file.read(MAX_BYTES + 1 - min(len(begun), MAX_BYTES)))
    kind, width, height = _examined(data)
    digest = hashlib.sha256(data).hexdigest()
    known = Media.objects.filter(organisation=by.organisation, digest=digest).first()
    if known is not None:
        return describe(known, by=by, alt=alt, rights=rights) if alt.strip() and not known.alt else known
    mime, suffix = KINDS[kind]
    path = f"{by.organisation_id}/{digest[:2]}/{digest}.{suffix}"
    keep(path, data, mime=mime)
    media = Media.objects.create(
        organisation=by.organisation, digest=digest, path=path, mime=mime,
        name=os.path.basename(name)[:200] or digest[:12],
        width=width, height=height, size=len(data), alt=alt.strip()[:MAX_ALT], rights=rights.strip()[:300],
        generated=generated, added_by=by,
    )  # fmt: skip
    record(by, "media_added", media)
    return media


@transaction.atomic
def describe(
    media: Media,
    *,
    by: Member,
    alt: str | None = None,
    rights: str | None = None,
    focus: tuple[float, float] | None = None,
) -> Media:
    """Its alternative text, its licence and source, its focal point (two numbers from 0 to 1)."""
    require(by, "upload", media)
    if alt is not None and len(alt) > MAX_ALT:
        raise Refusal(N_("This description is too long."), [Fault("alt", N_("Write 2,000 characters at most."))])
    media.alt = media.alt if alt is None else alt.strip()
    media.rights = media.rights if rights is None else rights.strip()[:300]
    if focus is not None:
        media.focus_x, media.focus_y = (min(1.0, max(0.0, part)) for part in focus)
    media.save()
    record(by, "media_described", media)
    return media


@transaction.atomic
def remove(media: Media, *, by: Member) -> None:
    """Forget an image that nothing uses; refused while a post or a delivery shows it."""
    require(by, "upload", media)
    if Media.objects.filter(parent=media).exists():
        raise Conflict(N_("A post shows this image: it stays."))
    shown = [one for one in media._meta.related_objects if one.related_model not in (MediaTag, Loan, Film)]
    used = any(getattr(media, str(relation.get_accessor_name())).exists() for relation in shown)
    if used:
        raise Conflict(N_("A post shows this image: it stays."))
    path = media.path
    record(by, "media_removed", media)
    media.delete()
    transaction.on_commit(lambda: forget(path))


@transaction.atomic
def cut_for(media: Media, network: str, *, by: Member) -> Media:
    """The image this network shows: itself, or its part around the focal point, kept once per content."""
    if media.mime.startswith("video/") or box(media, network) is None:
        return media
    data = seen(media, network)
    digest = hashlib.sha256(data).hexdigest()
    known = Media.objects.filter(organisation_id=media.organisation_id, digest=digest).first()
    if known is not None:
        if known.alt != media.alt:
            known.alt = media.alt
            known.save(update_fields=["alt"])
        return known
    kind, width, height = _examined(data)
    mime, suffix = KINDS[kind]
    path = f"{media.organisation_id}/{digest[:2]}/{digest}.{suffix}"
    keep(path, data, mime=mime)
    return Media.objects.create(
        organisation_id=media.organisation_id, digest=digest, path=path, mime=mime, name=media.name, width=width,
        height=height, size=len(data), alt=media.alt, rights=media.rights, generated=media.generated, parent=media,
        added_by=by,
    )  # fmt: skip


def _examined(data: bytes) -> tuple[str, int, int]:
    """(Pillow's format, width, height in pixels as it is seen) of an image that can really be decoded."""
    if len(data) > MAX_BYTES:
        raise _refused(N_("This file is larger than 10 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(KINDS)) as image:
                kind, (width, height) = str(image.format), image.size
                if image.getexif().get(ExifTags.Base.Orientation, 1) in SIDEWAYS:
                    width, height = height, width
                if width * height > MAX_PIXELS:
                    raise _refused(N_("This image has too many pixels: 40 million at most."))
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _refused(N_("This image has too many pixels: 40 million at most.")) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise _refused(N_("This is not a JPEG, PNG, WebP or GIF image that can be read.")) from None
    return kind, width, height


def _refused(text: str) -> Refusal:
    return Refusal(text, [Fault("file", text)])
