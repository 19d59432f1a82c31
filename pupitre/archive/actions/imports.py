"""Bringing an archive in: kept beside what was said here, marked as imported, and never sent."""

from itertools import islice
from typing import IO

from django.db import transaction

from pupitre.archive import queries
from pupitre.archive.models import Kept, KeptFile
from pupitre.archive.packing import kept_path
from pupitre.archive.rules.items import Item, stamp
from pupitre.archive.unpacking import unpacked
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.library.storage import keep

CHUNK = 500
PLAIN = (
    "uid", "network", "place", "kind", "ours", "text", "at", "author", "handle", "language", "permalink", "remote_id",
    "thread", "parent", "public", "rating",
)  # fmt: skip


@transaction.atomic
def take_back_in(file: IO[bytes], *, by: Member) -> int:
    """Keep what is new in an archive; how many messages. The same archive given twice adds nothing.

    Raises Refusal when it cannot be read whole: nothing of it is then kept.
    """
    require(by, "set_organisation")
    found = unpacked(file)
    for digest, data in found.files():
        keep(kept_path(by.organisation, digest), data)
    rest, count = iter(found.items), 0
    while chunk := list(islice(rest, CHUNK)):
        count += _keep(chunk, by)
    record(by, "archive_imported", by.organisation, count=count, given=len(found.items))
    return count


def _keep(chunk: list[Item], by: Member) -> int:
    here = queries.known(by.organisation, chunk)
    new = {item.uid: item for item in chunk if item.uid not in here}
    rows = Kept.objects.bulk_create(_row(item, by) for item in new.values())
    KeptFile.objects.bulk_create(
        KeptFile(kept=row, digest=file.digest, mime=file.mime, name=file.name, alt=file.alt, position=position)
        for row, item in zip(rows, new.values(), strict=True)
        for position, file in enumerate(item.files)
    )
    return len(rows)


def _row(item: Item, by: Member) -> Kept:
    values = {name: getattr(item, name) for name in PLAIN}
    counts = [
        {"metric": one.metric, "value": one.value, "at": stamp(one.at), "source": one.source} for one in item.counts
    ]
    return Kept(organisation=by.organisation, imported_by=by, counts=counts, **values)
