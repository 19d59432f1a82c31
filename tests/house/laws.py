"""What the import linter cannot see. Each law returns its faults as lines that name the place; none is well."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "config", "desk", "training", "archive", "measurement", "crisis", "listening", "conversations", "relations",
    "editorial", "publishing", "library", "links", "channels", "strategy", "ledger", "shell", "core",
    "engine",
)  # fmt: skip
FILE_LINES = 300
FUNCTION_LINES = 50


class Size(NamedTuple):
    """Lines of a file or of a function."""

    lines: int
    place: str


def sources(root: Path, *, tests: bool) -> list[Path]:
    """The Python files written by people: code, or tests."""
    found = [file for folder in ("pupitre", "tests") for file in sorted((root / folder).rglob("*.py"))]
    kept = [file for file in found if not {"migrations", "node_modules"} & set(file.parts)]
    return [file for file in kept if ("tests" in file.relative_to(root).parts) is tests]


def file_sizes(root: Path, *, tests: bool) -> list[Size]:
    sizes = ((file, len(file.read_text(encoding="utf-8").splitlines())) for file in sources(root, tests=tests))
    return [Size(lines, str(file.relative_to(root))) for file, lines in sizes if lines]


def function_sizes(root: Path, *, tests: bool) -> list[Size]:
    found = []
    for file in sources(root, tests=tests):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append(Size(lines, f"{file.relative_to(root)}:{node.lineno} {node.name}"))
    return found


def over(sizes: Iterable[Size], most: int) -> list[str]:
    return sorted(f"{size.place}: {size.lines} lines" for size in sizes if size.lines > most)


def at_percent(sizes: Iterable[Size], percent: int) -> int:
    """The size that this share of them does not pass."""
    ordered = sorted(size.lines for size in sizes)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


# Doors


def doors(root: Path) -> list[Path]:
    """The pages, the API and the commands of every room."""
    house = root / "pupitre"
    found = [
        *house.glob("*/web/**/*.py"),
        *house.glob("*/api.py"),
        *house.glob("*/api/**/*.py"),
        *house.glob("*/cli.py"),
    ]
    return sorted(file for file in found if "tests" not in file.parts)


WRITES = {
    "save", "asave", "create", "acreate", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete",
    "adelete", "update", "aupdate", "raw", "select_for_update",
}  # fmt: skip
# `delete` of these is the verb of an address, not of a row.
ROUTERS = {"router", "api"}


def writes(file: Path, root: Path) -> list[str]:
    """Calls by which this file would write rows itself instead of calling an action."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_write(node, node.func):
            found.append(f"{file.relative_to(root)}:{node.lineno} {ast.unparse(node.func)}")
    return found


def _is_write(call: ast.Call, function: ast.Attribute) -> bool:
    if function.attr not in WRITES:
        return False
    if isinstance(function.value, ast.Name) and function.value.id in ROUTERS:
        return False
    # A dictionary takes another one; a query set takes columns by name.
    return function.attr != "update" or (not call.args and any(word.arg for word in call.keywords))


def doors_that_write(root: Path) -> list[str]:
    return [line for file in doors(root) for line in writes(file, root)]


# Keys between rooms


def keys_that_look_up(models: Iterable[type]) -> list[str]:
    """Relations to a room further up the corridor; a foreign key goes down or stays in its room."""
    found = []
    for model in models:
        here = room_of(model)
        for key in model._meta.get_fields():  # type: ignore[attr-defined]
            if not key.is_relation or key.auto_created or key.related_model is None:
                continue
            there = room_of(key.related_model)
            if here in ROOMS and there in ROOMS and ROOMS.index(there) < ROOMS.index(here):
                found.append(f"{here}.{model.__name__}.{key.name} -> {there}.{key.related_model.__name__}")
    return sorted(found)


def room_of(model: type) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "pupitre" else parts[0]


def networks_in_choices(models: Iterable[type], networks: Iterable[str]) -> list[str]:
    """Fields that list networks: adding one would need a migration."""
    known = set(networks)
    return sorted(
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.get_fields()  # type: ignore[attr-defined]
        if {str(key) for key, _name in (getattr(field, "choices", None) or ())} & known
    )


# Templates

TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
INLINE = (
    (re.compile(r"<style\b", re.I), "a style"),
    (re.compile(r"<script\b(?![^>]*\bsrc=)", re.I), "a script"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I), "a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I), "a script attribute"),
    (re.compile(r"javascript:", re.I), "a script address"),
    (re.compile(r"""(?:src|href|action|hx-\w+)\s*=\s*["'](?:https?:)?//""", re.I), "a stranger's address"),
)


def templates(root: Path) -> list[Path]:
    return sorted(file for file in (root / "pupitre").rglob("templates/**/*.html") if "node_modules" not in file.parts)


def inline_in_templates(root: Path) -> list[str]:
    pages = ((file, TAG.sub("", file.read_text(encoding="utf-8"))) for file in templates(root))
    return [
        f"{file.relative_to(root)}: {what}" for file, page in pages for pattern, what in INLINE if pattern.search(page)
    ]


# Names

NO_NAME = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "services", "signals"}


def names_that_say_nothing(root: Path) -> list[str]:
    files = [*sources(root, tests=False), *sources(root, tests=True)]
    return [str(file.relative_to(root)) for file in files if {file.stem, *file.relative_to(root).parts} & NO_NAME]


def signals_between_rooms(root: Path) -> list[str]:
    """Nothing calls back up, not even unseen."""
    banned = re.compile(r"django\.(?:db\.models|dispatch|core|contrib\.\w+)?\.?signals|from django\.dispatch")
    return [
        str(file.relative_to(root))
        for file in sources(root, tests=False)
        if banned.search(file.read_text(encoding="utf-8"))
    ]
