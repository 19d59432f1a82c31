"""The French catalogues: compiled with their typography, and checked against what the rooms really say.

`python -m pupitre.shell.catalogues` compiles; `--check` also lists what is missing, contradictory or broken.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pupitre.shell.typography import french

ROOT = Path(__file__).resolve().parent.parent
PO = Path("locale/fr/LC_MESSAGES/django.po")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "N_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "N_plural": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# Rooms at the bottom whose words every other room may use.
SHARED = ("shell", "core")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One message as the code says it."""

    room: str
    file: str
    msgid: str
    context: str = ""
    plural: str = ""


def rooms(root: Path = ROOT) -> list[Path]:
    return sorted(path for path in root.iterdir() if path.is_dir() and (path / "__init__.py").exists())


def catalogue(room: Path) -> Catalog:
    """The room's French catalogue, empty when it has none."""
    file = room / PO
    if not file.exists():
        return Catalog(locale="fr")
    with file.open("rb") as stream:
        return read_po(stream, locale="fr", abort_invalid=True)


def typeset(source: Catalog) -> Catalog:
    """The same catalogue with French spaces and apostrophes in every translation."""
    done = Catalog(locale="fr", charset="utf-8")
    for message in source:
        if message.id and message.string and not message.fuzzy:
            texts = tuple(french(text) for text in _texts(message.string))
            done.add(message.id, texts if message.pluralizable else texts[0], context=message.context)
    return done


def compile_all(root: Path = ROOT) -> int:
    """Writes a .mo beside every .po; returns how many messages are ready."""
    total = 0
    for room in rooms(root):
        if (room / PO).exists():
            ready = typeset(catalogue(room))
            with (room / PO).with_suffix(".mo").open("wb") as stream:
                write_mo(stream, ready)
            total += len(ready)
    return total


def said_in_python(file: Path) -> Iterator[tuple[str, str, str]]:
    """(msgid, context, plural) of every marked string of a Python file."""
    with file.open("rb") as stream:
        for _line, found, _comments, context in extract("python", stream, KEYWORDS, (), {}):
            if isinstance(found, tuple):
                yield str(found[0]), context or "", str(found[1])
            elif found:
                yield found, context or "", ""


_STRING = r"""u?((?:'(?:[^'\\]|\\.)*')|(?:"(?:[^"\\]|\\.)*"))"""
_CALLS = re.compile(
    rf"(?<![\w.])(?:(?P<plain>gettext|_)\({_STRING}\)"
    rf"|(?P<plural>ngettext)\({_STRING}, ?{_STRING}"
    rf"|(?P<context>pgettext)\({_STRING}, ?{_STRING}\)"
    rf"|(?P<both>npgettext)\({_STRING}, ?{_STRING}, ?{_STRING})"
)


def said_in_template(file: Path) -> Iterator[tuple[str, str, str]]:
    from django.utils.translation.template import templatize

    for call in _CALLS.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
        words = [ast.literal_eval(text) for text in call.groups() if text and text[0] in "'\""]
        if call["plural"]:
            yield words[0], "", words[1]
        elif call["context"]:
            yield words[1], words[0], ""
        elif call["both"]:
            yield words[1], words[0], words[2]
        else:
            yield words[0], "", ""


def said(root: Path = ROOT) -> list[Said]:
    """Every message of every room, tests and migrations apart."""
    found: set[Said] = set()
    for room in rooms(root):
        for file in sorted(room.rglob("*")):
            parts = file.relative_to(room).parts
            if not {"tests", "migrations", "node_modules", "__pycache__"}.isdisjoint(parts):
                continue
            if file.suffix == ".py":
                messages = said_in_python(file)
            elif "templates" in parts and file.suffix in {".html", ".txt"}:
                messages = said_in_template(file)
            else:
                continue
            name = str(file.relative_to(root))
            found |= {Said(room.name, name, msgid, context, plural) for msgid, context, plural in messages}
    return sorted(found)


def _translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def missing(root: Path = ROOT) -> list[Said]:
    """What the rooms say that has no French, in the room itself or in the shared ones below it."""
    known = {room.name: catalogue(room) for room in rooms(root)}

    def ready(one: Said) -> bool:
        places = dict.fromkeys((one.room, *SHARED))
        found = (known[place].get(one.msgid, one.context or None) for place in places if place in known)
        return any(
            _translated(message) and bool(message.pluralizable) == bool(one.plural) for message in found if message
        )

    return [one for one in said(root) if not ready(one)]


def contradictions(root: Path = ROOT) -> list[tuple[str, str, str]]:
    """(msgid, room, room): two rooms that translate one message in two ways; only one of them would be shown."""
    seen: dict[tuple[str, str], tuple[str, object]] = {}
    found: list[tuple[str, str, str]] = []
    for room in rooms(root):
        for message in catalogue(room):
            if not message.id or not _translated(message):
                continue
            msgid = message.id[0] if isinstance(message.id, tuple | list) else message.id
            first_room, first = seen.setdefault((msgid, message.context or ""), (room.name, message.string))
            if first != message.string:
                found.append((msgid, first_room, room.name))
    return found


def broken(root: Path = ROOT) -> list[tuple[str, str]]:
    """(room, msgid) whose placeholders are not those of the original."""
    found: list[tuple[str, str]] = []
    for room in rooms(root):
        for message in catalogue(room):
            if not message.id or not _translated(message):
                continue
            wanted = {name for text in _texts(message.id) for name in PLACEHOLDER.findall(text)}
            if any(set(PLACEHOLDER.findall(text)) - wanted for text in _texts(message.string)) or not (
                wanted <= {name for text in _texts(message.string) for name in PLACEHOLDER.findall(text)}
            ):
                found.append((room.name, _texts(message.id)[0]))
    return found


def _texts(text: object) -> list[str]:
    return [str(one) for one in text] if isinstance(text, tuple | list) else [str(text)]


def main() -> int:
    sys.stdout.write(f"{compile_all()} French messages\n")
    if "--check" not in sys.argv:
        return 0
    faults = [f"{one.file}: no French for {one.msgid!r}" for one in missing()]
    faults += [f"{a} and {b} disagree on {msgid!r}" for msgid, a, b in contradictions()]
    faults += [f"{room}: placeholders differ in {msgid!r}" for room, msgid in broken()]
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
