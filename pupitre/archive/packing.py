"""The archive as one file: the messages as ActivityStreams 2.0 and as a table, the audience, the images."""

import csv
import io
import json
import tempfile
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.db.models import Q

from pupitre.archive import queries
from pupitre.archive.models import KeptFile
from pupitre.archive.rules.items import CONTEXT, HEADS, harmless, row, stamp, written
from pupitre.channels.models import Channel
from pupitre.core.models import Organisation
from pupitre.library.models import Media
from pupitre.library.storage import place

STREAM, TABLE, AUDIENCE = "archive.json", "archive.csv", "audience.csv"
AUDIENCE_HEADS = ("account", "figure", "value", "of", "at", "source")


def packed(organisation: Organisation, channel: Channel | None = None, *, now: datetime) -> IO[bytes]:
    """A zip, on disk and rewound. Written as it is read, so that a long history does not fill the memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        digests = _messages(archive, organisation, channel, now)
        _audience(archive, organisation, channel)
        _files(archive, organisation, digests)
    file.seek(0)
    return file


def _messages(archive: ZipFile, organisation: Organisation, channel: Channel | None, now: datetime) -> set[str]:
    """Both forms of the messages; the digests of what is attached to them."""
    digests: set[str] = set()
    head = {
        "@context": CONTEXT, "type": "OrderedCollection", "name": str(channel or organisation),
        "published": stamp(now),
    }  # fmt: skip
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as table:
        lines, count = csv.writer(table), 0
        lines.writerow(HEADS)
        with archive.open(STREAM, "w", force_zip64=True) as stream:
            stream.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "orderedItems": [\n')
            for item in queries.items(organisation, channel):
                text = json.dumps(written(item), ensure_ascii=False).encode("utf-8", "surrogatepass")
                stream.write((b",\n" if count else b"") + text)
                lines.writerow(row(item))
                digests |= {one.digest for one in item.files}
                count += 1
            stream.write(b'\n], "totalItems": %d}\n' % count)
        table.seek(0)
        with archive.open(TABLE, "w", force_zip64=True) as told:
            told.write("\ufeff".encode())  # spreadsheets then read the accents
            while part := table.read(1 << 16):
                told.write(part.encode("utf-8", "replace"))
    return digests


def _audience(archive: ZipFile, organisation: Organisation, channel: Channel | None) -> None:
    table = io.StringIO(newline="")
    lines = csv.writer(table)
    lines.writerow(AUDIENCE_HEADS)
    lines.writerows([harmless(cell) for cell in line] for line in queries.audience(organisation, channel))
    archive.writestr(AUDIENCE, "\ufeff" + table.getvalue())


def _files(archive: ZipFile, organisation: Organisation, digests: set[str]) -> None:
    """Each file once, under its digest. One that is not on the disk any more is left out: its words stay."""
    for digest in sorted(digests):
        media = Media.objects.filter(organisation=organisation, digest=digest).first()
        mine = Q(kept__organisation=organisation, digest=digest)
        path = media.path if media else kept_path(organisation, digest) if KeptFile.objects.filter(mine) else ""
        if path and place(path).exists():
            archive.write(place(path), f"media/{digest}", ZIP_STORED)


def kept_path(organisation: Organisation, digest: str) -> str:
    """Where the file of an imported message lies, under the library's folder."""
    return f"archive/{organisation.pk}/{digest[:2]}/{digest}"
