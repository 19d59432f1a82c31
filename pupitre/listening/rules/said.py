"""What people noted by hand of what was said elsewhere, one by one or as a table. Pure.

A table has one head line that names its columns, in French or English, in any order: place, text and date are needed,
author and url may be there. Days are written 2026-11-24 or 24/11/2026.
"""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

N_ = str
MOST, LARGEST = 500, 1_000_000  # rows, bytes
LONGEST: Mapping[str, int] = {"place": 40, "text": 10_000, "author": 200, "url": 1000}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "place": ("place", "network", "lieu", "réseau", "reseau", "site"),
    "text": ("text", "words", "texte", "mots", "avis"),
    "date": ("date", "day", "jour", "le"),
    "author": ("author", "auteur", "autrice"),
    "url": ("url", "address", "adresse", "lien"),
}
NEEDED = ("place", "text", "date")


@dataclass(frozen=True, slots=True)
class Said:
    """Words said somewhere on a day. `author` is a name as written, to be pseudonymised by who keeps it."""

    place: str
    text: str
    on: date
    author: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        """The same words noted twice have the same key, whatever the spaces and the capitals."""
        told = (self.place, self.url, self.author, self.text, self.on.isoformat())
        folded = "\x1f".join(" ".join(part.split()).casefold() for part in told)
        return hashlib.sha256(folded.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that stays out: its line in the file, what it says, why (a message id)."""

    line: int
    what: str
    why: str


@dataclass
class Table:
    rows: list[tuple[int, Said]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def faults(one: Said, *, today: date) -> list[tuple[str, str]]:
    """What is wrong with it: (field, message id)."""
    found = []
    if not one.place.strip():
        found.append(("place", N_("Say where it was said.")))
    if not one.text.strip():
        found.append(("text", N_("Write the words that were said.")))
    if one.on > today:
        found.append(("date", N_("This day has not come yet.")))
    if one.on.year < 1990:
        found.append(("date", N_("This day is too far away.")))
    if one.url and not one.url.startswith(("https://", "http://")):
        found.append(("url", N_("An address begins with https://")))
    long = [name for name, most in LONGEST.items() if len(getattr(one, name)) > most]
    return found + [(name, N_("This is too long.")) for name in long]


def day(text: str) -> date | None:
    """A day as people write it; None when it is none."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def read(text: str, *, today: date) -> Table:
    """A table from its text; every row that is not understood is named with its line."""
    table = Table()
    head = text.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else "\t" if "\t" in head else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [_column(cell) for cell in next(lines, [])]
        if not set(NEEDED) <= set(names):
            why = N_("The first line must name the columns: place, text and date at least.")
            table.wrong.append(Wrong(1, head.strip()[:80], why))
            return table
        for cells in lines:
            if len(table.rows) + len(table.wrong) >= MOST:
                why = N_("The file is longer than what is taken in at once: 500 rows.")
                table.wrong.append(Wrong(lines.line_num, "", why))
                break
            if any(cell.strip() for cell in cells):
                row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
                _take(table, lines.line_num, row, today)
    except csv.Error:
        table.wrong.append(Wrong(lines.line_num, "", N_("From here on the file is no table.")))
    return table


def _column(cell: str) -> str:
    word = cell.strip().casefold()
    return next((name for name, known in COLUMNS.items() if word in known), "")


def _take(table: Table, line: int, row: Mapping[str, str], today: date) -> None:
    on, what = day(row.get("date", "")), row.get("text", "")[:80]
    if on is None:
        why = N_("The day cannot be read: write it 2026-11-24 or 24/11/2026.")
        table.wrong.append(Wrong(line, what, why))
        return
    one = Said(row.get("place", ""), row.get("text", ""), on, row.get("author", ""), row.get("url", ""))
    found = faults(one, today=today)
    if found:
        table.wrong.append(Wrong(line, what, found[0][1]))
    else:
        table.rows.append((line, one))
