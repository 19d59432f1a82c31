"""People as another tool knows them: a table that loses nothing both ways, and cards for an address book. Pure.

A cell that a spreadsheet would take for a formula is written behind an apostrophe, and read without it.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pupitre.relations.rules.cards import MAIL, decoded
from pupitre.relations.rules.words import AFFINITIES, CHANNELS, PURPOSES, RELATIONS, STAGES

N_ = str
PLAIN = ("name", "email", "role", "employer", "place", "relation", "stage", "affinity", "note")
COLUMNS = ("crm", *PLAIN, "agreements", "accounts")
LONGEST: Mapping[str, int] = {"crm": 80, "name": 200, "email": 200, "note": 5000} | dict.fromkeys(
    ("role", "employer", "place"), 120
)
CLOSED = {"relation": RELATIONS, "stage": STAGES, "affinity": AFFINITIES}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 20_000


@dataclass(frozen=True)
class Agreed:
    """One agreement that holds: ISO days, the proof that it was given."""

    purpose: str
    channel: str
    given_on: date
    proof: str
    expires_on: date | None = None


@dataclass(frozen=True)
class Account:
    network: str
    remote_id: str
    handle: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One person. `told` holds the columns of PLAIN that the file has; `crm` is her key in the other tool."""

    told: Mapping[str, str]
    crm: str = ""
    agreements: tuple[Agreed, ...] = ()
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A row that stays out: its line, who, why (a message id)."""

    line: int
    who: str
    why: str


@dataclass
class Table:
    rows: list[tuple[int, Row]] = field(default_factory=list)
    wrong: list[Fault] = field(default_factory=list)


def write(rows: Iterable[Row]) -> str:
    """The table as CSV, UTF-8, commas, one head line."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        cells = [row.crm, *(row.told.get(key, "") for key in PLAIN)]
        cells += [_json(_agreed(one) for one in row.agreements), _json(vars(one) for one in row.accounts)]
        table.writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _agreed(one: Agreed) -> dict[str, str]:
    told = {"purpose": one.purpose, "channel": one.channel, "given_on": one.given_on.isoformat(), "proof": one.proof}
    return told | ({"expires_on": one.expires_on.isoformat()} if one.expires_on else {})


def _json(found: Iterable[Mapping[str, str]]) -> str:
    kept = list(found)
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:2] in ("'", *FORMULA) else cell


def read(content: bytes) -> Table:
    """A table from a file's bytes; every row that is not understood is named with its line."""
    text = decoded(content)
    head = text.split("\n", 1)[0]
    mark = ";" if head.count(";") > head.count(",") else "\t" if "\t" in head else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    table = Table()
    names = [cell.strip().casefold() for cell in next(lines, [])]
    if "name" not in names:
        why = N_("The first line must name the columns, “name” among them.")
        table.wrong.append(Fault(1, ", ".join(names)[:80], why))
        return table
    for line, cells in _lines(lines, table):
        _take(table, line, {name: _plain(cell) for name, cell in zip(names, cells, strict=False) if name in COLUMNS})
    return table


def _lines(lines: Any, table: Table) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(lines):
            if number >= MOST:
                table.wrong.append(Fault(lines.line_num, "", N_("The file is longer than what is taken in at once.")))
                return
            if any(cell.strip() for cell in cells):
                yield lines.line_num, cells
    except csv.Error:
        table.wrong.append(Fault(lines.line_num, "", N_("From here on the file is no table.")))


def _take(table: Table, line: int, cells: Mapping[str, str]) -> None:
    who = cells.get("name", "").strip()[:80]
    try:
        table.rows.append((line, _row(cells)))
    except ValueError as error:
        table.wrong.append(Fault(line, who, str(error)))


def _row(cells: Mapping[str, str]) -> Row:
    told = {key: cells[key].strip() for key in PLAIN if key in cells}
    if not told["name"]:
        raise ValueError(N_("There is no name on this line."))
    if told.get("email") and not MAIL.match(told["email"]):
        raise ValueError(N_("The mail address cannot be read."))
    if any(len(cells.get(key, "").strip()) > most for key, most in LONGEST.items()):
        raise ValueError(N_("A cell is too long."))
    if any(told[key] not in known for key, known in CLOSED.items() if key in told):
        raise ValueError(N_("A relation, a stage or an affinity is none of ours."))
    if "affinity" in told and not told["affinity"]:
        del told["affinity"]
    return Row(told, cells.get("crm", "").strip(), _agreements(cells), _accounts(cells))


def _list(text: str) -> list[dict[str, str]]:
    try:
        found = json.loads(text) if text.strip() else []
    except ValueError:
        found = None
    good = isinstance(found, list) and all(
        isinstance(one, dict) and all(isinstance(value, str) for value in one.values()) for one in found
    )
    if not good:
        raise ValueError(N_("The agreements or the accounts cannot be read: leave these cells as they were exported."))
    return found  # type: ignore[return-value]


def _agreements(cells: Mapping[str, str]) -> tuple[Agreed, ...]:
    kept = []
    for one in _list(cells.get("agreements", "")):
        purpose, channel, proof = (one.get(key, "") for key in ("purpose", "channel", "proof"))
        if purpose not in PURPOSES or channel not in CHANNELS or not 3 <= len(proof.strip()) <= 300:
            raise ValueError(N_("An agreement lacks its purpose, its way or its proof."))
        try:
            given = date.fromisoformat(one.get("given_on", ""))
            until = date.fromisoformat(one["expires_on"]) if one.get("expires_on") else None
        except ValueError:
            raise ValueError(N_("The day of an agreement cannot be read.")) from None
        kept.append(Agreed(purpose, channel, given, proof.strip(), until))
    return tuple(kept)


def _accounts(cells: Mapping[str, str]) -> tuple[Account, ...]:
    found = _list(cells.get("accounts", ""))
    if any(not one.get("network") or not one.get("remote_id") for one in found):
        raise ValueError(N_("An account lacks its network or its identifier."))
    return tuple(
        Account(one["network"][:40], one["remote_id"][:300], one.get("handle", "")[:200], one.get("url", "")[:500])
        for one in found
    )


def cards(rows: Iterable[Row]) -> str:
    """The same people as vCards 4.0 (RFC 6350): for an address book, so neither notes nor agreements."""
    return "".join(_card(row) for row in rows)


def _card(row: Row) -> str:
    told = row.told
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(told['name'])}"]
    for key, name in (("email", "EMAIL"), ("role", "TITLE"), ("employer", "ORG")):
        lines += [f"{name}:{_escaped(told[key])}"] if told.get(key) else []
    lines += [f"ADR:;;;{_escaped(told['place'])};;;"] if told.get("place") else []
    lines += [f"URL:{one.url}" for one in row.accounts if one.url]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCARD"] for part in _folded(line))


def _escaped(text: str) -> str:
    for mark in ("\\", ",", ";"):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes, cut between characters; what follows begins with a space."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 75:
            yield part
            part = " "
        part += letter
    yield part
