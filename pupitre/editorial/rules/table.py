"""A table of posts as people write them in a spreadsheet: read whole, each bad row explained. Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pupitre.core.rules.refusals import Fault
from pupitre.editorial.rules.draft import MAX_TEXT, MAX_TITLE
from pupitre.editorial.rules.forms import PLAIN, Form, nonsense
from pupitre.editorial.rules.times import moment
from pupitre.editorial.rules.words import CLOSED_LISTS

N_ = str
MAX_ROWS = 2_000
MAX_BYTES = 2_000_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "titre", "nom"),
    "channel": ("channel", "canal", "compte"),
    "text": ("text", "texte", "message"),
    "date": ("date", "jour", "day"),
    "hour": ("hour", "heure", "time"),
    "objective": ("objective", "objectif"),
    "voice": ("voice", "voix"),
    "relation": ("relation",),
    "expression": ("expression", "forme"),
    "minutes": ("minutes",),
    "parts": ("thread", "fil", "suite"),
    "poll": ("poll", "sondage"),
    "kind": ("kind", "genre"),
    "first_comment": ("first comment", "premier commentaire"),
}
BETWEEN_PARTS, BETWEEN_OPTIONS = "---", "|"  # a line of its own; a bar
KIND_WORDS = {"": "post", "post": "post", "publication": "post", "story": "story", "reel": "reel"}
NEEDED = ("channel", "text", "date", "hour")
ANSWERS = {
    "visibilite": "visibility", "expertise": "expertise", "proximite": "proximity", "texte": "text", "image": "image",
    "video": "video", "direct": "live", "live": "live", "text": "text", "visibility": "visibility",
    "proximity": "proximity",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name, by folded name: channels by name and by handle."""

    channels: Mapping[str, int]
    objectives: Mapping[str, int]
    voices: Mapping[str, int]
    zone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row ready to be kept, or its faults. `number` is the row of the spreadsheet, the heading being 1."""

    number: int
    title: str = ""
    channel_id: int = 0
    text: str = ""
    due_at: datetime | None = None
    objective_id: int | None = None
    voice_id: int | None = None
    relation: str = "proximity"
    expression: str = "text"
    minutes: int = 20
    form: Form = PLAIN
    faults: tuple[Fault, ...] = ()


def decoded(data: bytes) -> str | Fault:
    """UTF-8 with or without its mark, else the encoding spreadsheets of this country write."""
    if len(data) > MAX_BYTES:
        return Fault("file", N_("This table is too large: 2 MB at most."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Fault("file", N_("This file is no table of text.")) if "\0" in text else text
    return Fault("file", N_("This file is no table of text."))


def read(text: str, known: Known, *, now: datetime) -> list[Line] | Fault:
    """Every row, good or explained; a Fault when the whole cannot be read as a table."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        heading = _heading(next(rows, []))
        missing = [name for name in NEEDED if name not in heading]
        if missing:
            return Fault("file", N_("The first row must name these columns: channel, text, date, hour."))
        lines = list(_lines(rows, heading, known, now))
    except csv.Error:
        return Fault("file", N_("This table cannot be read: a quotation mark is never closed, or a cell is too long."))
    if len(lines) > MAX_ROWS:
        return Fault("file", N_("This table has too many rows: 2,000 at most."))
    return lines or Fault("file", N_("This table has no row under its heading."))


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(";,\t", key=first.count)


def folded(words: str) -> str:
    """Letters without accents nor case, single spaces: how people name the same thing."""
    plain = unicodedata.normalize("NFKD", words)
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())


def _heading(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = next((name for name, words in COLUMNS.items() if folded(cell) in words), None)
        if name is not None:
            found.setdefault(name, place)
    return found


def _lines(rows: Iterator[list[str]], heading: Mapping[str, int], known: Known, now: datetime) -> Iterator[Line]:
    seen: dict[tuple[int, str, datetime | None], int] = {}
    for number, cells in enumerate(rows, start=2):
        if number > MAX_ROWS + 2:
            return
        if not any(cell.strip() for cell in cells):
            continue
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in heading.items()}
        line = _line(number, values, known, now)
        key = (line.channel_id, line.form.whole(line.text), line.due_at)
        if not line.faults and key in seen:
            again = Fault("text", N_("The same as row %(row)s."), {"row": seen[key]})
            line = Line(number, line.title, text=line.text, faults=(again,))
        seen.setdefault(key, number)
        yield line


def _line(number: int, values: Mapping[str, str], known: Known, now: datetime) -> Line:
    faults: list[Fault] = []
    text = values["text"].replace("\r\n", "\n")
    if not text:
        faults.append(Fault("text", N_("The text is empty.")))
    elif len(text) > MAX_TEXT:
        faults.append(Fault("text", N_("This text is too long to be kept: 20,000 characters at most.")))
    channel_id = known.channels.get(folded(values["channel"]), 0)
    if not channel_id:
        faults.append(Fault("channel", N_("No channel is called “%(name)s”."), {"name": values["channel"]}))
    placed = _due(values["date"], values["hour"], known.zone, now)
    due_at = placed if isinstance(placed, datetime) else None
    if isinstance(placed, Fault):
        faults.append(placed)
    objective = _named("objective", values, known.objectives, N_("No objective is called “%(name)s”."), faults)
    voice = _named("voice", values, known.voices, N_("No voice is called “%(name)s”."), faults)
    minutes = values.get("minutes", "") or "20"
    if not (minutes.isascii() and minutes.isdecimal() and int(minutes[:6]) <= 6_000):
        faults.append(Fault("minutes", N_("Write a number of minutes from 0 to 6,000.")))
        minutes = "0"
    answers = {name: _answer(name, values, faults) for name in ("relation", "expression")}
    form = _form(values, faults)
    title = " ".join((values.get("title") or text).split())
    return Line(
        number, title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rstrip() + "…", channel_id, text, due_at,
        objective, voice, minutes=int(minutes), form=form, faults=tuple(faults), **answers,
    )  # fmt: skip


def _form(values: Mapping[str, str], faults: list[Fault]) -> Form:
    """A thread (parts between lines of ---), a poll (options between bars), a kind and a first comment."""
    lines = values.get("parts", "").replace("\r\n", "\n").split("\n")
    parts: list[list[str]] = [[]]
    for line in lines:
        parts.append([]) if line.strip() == BETWEEN_PARTS else parts[-1].append(line)
    options = (" ".join(one.split()) for one in values.get("poll", "").split(BETWEEN_OPTIONS))
    form = Form(
        KIND_WORDS.get(folded(values.get("kind", "")), values.get("kind", "")),
        tuple(text for part in parts if (text := "\n".join(part).strip())), tuple(one for one in options if one),
        first_comment=values.get("first_comment", ""),
    )  # fmt: skip
    wrong = nonsense(form, channel_id=0)
    faults += [Fault({"kind": "kind", "part": "parts", "option": "poll"}.get(one.field.split("-")[0], "first_comment"),
                     one.text) for one in wrong]  # fmt: skip
    return PLAIN if wrong else form


def _named(
    column: str, values: Mapping[str, str], known: Mapping[str, int], words: str, faults: list[Fault]
) -> int | None:
    """The one that is named, else the only one there is."""
    name = values.get(column, "")
    if not name:
        return next(iter(known.values())) if len(known) == 1 else None
    if folded(name) not in known:
        faults.append(Fault(column, words, {"name": name}))
    return known.get(folded(name))


def _answer(name: str, values: Mapping[str, str], faults: list[Fault]) -> str:
    typed = values.get(name, "")
    answer = ANSWERS.get(folded(typed), "") if typed else {"relation": "proximity", "expression": "text"}[name]
    if answer not in CLOSED_LISTS[name]:
        faults.append(Fault(name, N_("“%(word)s” is no answer here."), {"word": typed}))
    return answer


def _due(day: str, hour: str, zone: str, now: datetime) -> datetime | Fault:
    """'24/11/2026' or '2026-11-24', with '9:30', '9h30', '9 h'."""
    parts = day.replace(".", "/").split("/")
    date = "-".join(part.zfill(2) for part in reversed(parts)) if len(parts) == 3 else day
    clock = folded(hour).replace(" ", "").replace("h", ":")
    clock = clock + "00" if clock.endswith(":") else clock if ":" in clock else clock + ":00"
    placed = moment(f"{date}T{clock.zfill(5)}", zone=zone, field="date") if day and hour else None
    if placed is None:
        return Fault("date", N_("Choose a day and an hour."))
    if isinstance(placed, Fault) and not placed.params:
        return Fault("date", N_("This day or this hour cannot be read. Write 24/11/2027 and 9h30, for instance."))
    if isinstance(placed, datetime) and placed <= now:
        return Fault("date", N_("This hour has passed. Choose one that is still to come."))
    return placed
