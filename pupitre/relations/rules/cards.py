"""Reading somebody's own address book: vCard, CSV, and the connections file of a LinkedIn archive. Pure.

Every row becomes an entry or a fault that names its line: nothing is dropped in silence.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pupitre.relations.rules.words import fold

N_ = str
MOST = 20_000
LONGEST = 200
HEADS = {
    "name": {"name", "nom", "full name", "nom complet", "fn"},
    "first": {"first name", "prenom", "given name"},
    "last": {"last name", "nom de famille", "family name"},
    "email": {"email", "e-mail", "mail", "email address", "courriel", "adresse e-mail", "e-mail 1 - value"},
    "employer": {"company", "employer", "entreprise", "organisation", "organization", "societe"},
    "role": {"position", "role", "title", "fonction", "poste", "metier"},
    "place": {"place", "city", "ville", "lieu", "commune"},
    "url": {"url", "profile", "profil", "website"},
    "since": {"connected on", "since", "depuis"},
}
DATES = ("%Y-%m-%d", "%d %b %Y", "%d/%m/%Y")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")


@dataclass(frozen=True)
class Card:
    """One person as a book tells her. `key` is what makes her the same one next time."""

    name: str
    email: str = ""
    url: str = ""
    role: str = ""
    employer: str = ""
    place: str = ""
    since: date | None = None

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What a person may be known by, most certain first; her name and employer when nothing else is told."""
        found = tuple(identifier(kept) for kept in (self.email, self.url) if kept)
        return found or (identifier(f"{self.name} {self.employer}"),)


@dataclass(frozen=True)
class Wrong:
    """A row that was not understood: its line, what was read, why."""

    line: int
    read: str
    why: str


@dataclass
class Book:
    """A file read: its kind, its cards without doubles, its faults."""

    kind: str
    cards: list[Card] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def identifier(text: str) -> str:
    """The same however it is written: an address without its dress."""
    plain = fold(text).strip().rstrip("/")
    return re.sub(r"^(?:mailto:|https?://(?:www\.)?|@)", "", " ".join(plain.split()))


def read(content: bytes) -> Book:
    """A book from a file's bytes, whatever it is among the three."""
    text = decoded(content)
    if text.lstrip().upper().startswith("BEGIN:VCARD"):
        return _sorted_out("vcard", _vcards(text))
    return _table(text)


def decoded(content: bytes) -> str:
    """Its text, whatever wrote it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sorted_out(kind: str, rows: Iterator[tuple[int, Mapping[str, str]]]) -> Book:
    book, seen = Book(kind), set[str]()
    for line, row in rows:
        if len(book.cards) >= MOST:
            book.wrong.append(Wrong(line, "", N_("The file is longer than what a book may hold.")))
            break
        card, why = _card(row)
        if card is None:
            book.wrong.append(Wrong(line, " ".join(" ".join(row.values()).split())[:80], why))
        elif card.identifiers[0] in seen:
            book.wrong.append(Wrong(line, card.name, N_("This person is already in the file.")))
        else:
            seen.add(card.identifiers[0])
            book.cards.append(card)
    return book


def _card(row: Mapping[str, str]) -> tuple[Card | None, str]:
    told = {key: " ".join(value.split())[:LONGEST] for key, value in row.items()}
    name = told.get("name") or " ".join(part for part in (told.get("first", ""), told.get("last", "")) if part)
    email, since = told.get("email", ""), told.get("since", "")
    if not name:
        return None, N_("There is no name on this line.")
    if email and not MAIL.match(email):
        return None, N_("The mail address cannot be read.")
    if since and _date(since) is None:
        return None, N_("The date cannot be read.")
    rest = {key: told.get(key, "")[:120] for key in ("role", "employer", "place")}
    return Card(name=name, email=email, url=told.get("url", ""), since=_date(since), **rest), ""


def _date(text: str) -> date | None:
    for shape in DATES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


def _table(text: str) -> Book:
    """A table: the first line whose heads are understood begins it (a LinkedIn archive puts notes before)."""
    lines = text.splitlines()
    for start, line in enumerate(lines[:12]):
        mark = ";" if line.count(";") > line.count(",") else "\t" if "\t" in line else ","
        heads = [_head(cell) for cell in next(csv.reader([line], delimiter=mark), [])]
        if {"name", "last"} & set(heads):
            kind = "linkedin" if "since" in heads and "first" in heads else "csv"
            return _sorted_out(kind, _rows("\n".join(lines[start + 1 :]), heads, mark, start + 1))
    return Book("csv", wrong=[Wrong(1, lines[0][:80] if lines else "", N_("No column holds a name."))])


def _head(cell: str) -> str:
    plain = fold(cell).strip()
    return next((key for key, names in HEADS.items() if plain in names), "")


def _rows(text: str, heads: list[str], mark: str, above: int) -> Iterator[tuple[int, Mapping[str, str]]]:
    found = csv.reader(io.StringIO(text), delimiter=mark)
    for row in found:
        if any(cell.strip() for cell in row):
            yield above + found.line_num, {head: cell for head, cell in zip(heads, row, strict=False) if head}


def _vcards(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Cards of any version: folded lines joined, the first of each property kept."""
    row: dict[str, str] = {}
    begun = 0
    for number, line in _unfolded(text):
        head, _, value = line.partition(":")
        name = head.split(";")[0].split(".")[-1].upper()
        if name == "BEGIN":
            row, begun = {}, number
        elif name == "END":
            yield begun, row
        else:
            for key, said in _property(name, value):
                row.setdefault(key, said)


def _unfolded(text: str) -> list[tuple[int, str]]:
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] in (" ", "\t") and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + line[1:])
        elif line.strip():
            joined.append((number, line))
    return joined


def _property(name: str, value: str) -> list[tuple[str, str]]:
    plain = re.sub(r"\\([,;:\\])", r"\1", value.replace("\\n", " ")).strip()
    if name == "ORG":
        return [("employer", plain.split(";")[0])]
    if name == "ADR":
        return [("place", [*plain.split(";"), "", "", "", ""][3])]
    keys = {"FN": "name", "EMAIL": "email", "TITLE": "role", "URL": "url"}
    return [(keys[name], plain)] if name in keys and plain else []
