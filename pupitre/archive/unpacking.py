"""Reading an archive's file. It comes from anybody: nothing of it is believed before it is checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from pupitre.archive.packing import STREAM
from pupitre.archive.rules.items import Item, Unreadable, read
from pupitre.core.rules.refusals import Fault, Refusal

N_ = str
MOST_WORDS = 300_000_000  # bytes of the list of messages, unpacked
MOST_FILE = 100_000_000
MOST_FILES = 2_000_000_000
MOST_ITEMS = 500_000
NOT_OURS = N_("This is not an archive of messages: give the file that “Export” makes.")
TOO_LARGE = N_("This archive is too large to be read in one time.")


@dataclass
class Unpacked:
    """An archive that was opened: its messages in their order, and its files by their digest."""

    items: list[Item]
    archive: ZipFile

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(digest, bytes) of each file that is what its name says, and that a message names."""
        wanted = {file.digest for item in self.items for file in item.files}
        for entry in self.archive.infolist():
            digest = entry.filename.removeprefix("media/")
            if digest in wanted and entry.file_size <= MOST_FILE:
                data = _read(self.archive, entry.filename, MOST_FILE)
                if sha256(data).hexdigest() == digest:
                    yield digest, data


def unpacked(file: IO[bytes]) -> Unpacked:
    """Open an archive and read its messages. Raises Refusal, with what is wrong, before anything is kept."""
    try:
        archive = ZipFile(file)
        if sum(entry.file_size for entry in archive.infolist()) > MOST_FILES + MOST_WORDS:
            raise _refused(TOO_LARGE)
        told = json.loads(_read(archive, STREAM, MOST_WORDS))
        activities = told["orderedItems"] if told["type"] == "OrderedCollection" else None
    except (BadZipFile, KeyError, TypeError, ValueError, RecursionError, NotImplementedError, EOFError):
        raise _refused(NOT_OURS) from None
    if not isinstance(activities, list) or len(activities) > MOST_ITEMS:
        raise _refused(TOO_LARGE if isinstance(activities, list) else NOT_OURS)
    return Unpacked([_item(one, number) for number, one in enumerate(activities, 1)], archive)


def _item(activity: Any, number: int) -> Item:
    try:
        item = read(activity)
    except Unreadable:
        item = None
    if item is None or not item.uid or any(len(text) > most for text, most in _sizes(item)):
        raise Refusal(
            N_("Message %(number)s of this archive cannot be read. Nothing was kept."),
            [Fault("file", NOT_OURS)], params={"number": number},
        )  # fmt: skip
    return item


def _sizes(item: Item) -> list[tuple[str, int]]:
    """Texts with the most that our columns hold."""
    files = [pair for one in item.files for pair in ((one.mime, 40), (one.name, 200), (one.alt, 2000))]
    return [
        (item.uid, 100), (item.network, 40), (item.place, 200), (item.author, 200), (item.handle, 200),
        (item.language, 5), (item.permalink, 500), (item.remote_id, 300), (item.thread, 300), (item.parent, 300),
        (item.text, 400_000), *files,
    ]  # fmt: skip


def _read(archive: ZipFile, name: str, most: int) -> bytes:
    """An entry's bytes, whatever its head says of its size."""
    with archive.open(name) as entry:
        data = entry.read(most + 1)
    if len(data) > most:
        raise _refused(TOO_LARGE)
    return data


def _refused(words: str) -> Refusal:
    return Refusal(words, [Fault("file", words)])
