"""YAML with its line numbers: every error names the line, the field and what was expected."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from yaml.composer import ComposerError
from yaml.reader import ReaderError

Fields = Mapping[str, tuple[str, ...]]
_FAULTS = {
    "block end": "this line does not start under the lines above it; give them the same number of spaces",
    "mapping values are not allowed": "a text that contains “: ” is written between quotes",
    "cannot start any token": "a line starts with a tab, or a text with a special sign; use spaces, and quotes",
    "expected ',' or": "a closing bracket, brace or quote is missing, or a text with a comma needs quotes",
    "while scanning a quoted scalar": "a closing quote is missing",
    "unexpected end of stream": "a closing quote is missing",
    "another document": "one file holds one strategy; take the line of dashes away",
    "expected the node content": "a value or a closing bracket is missing",
}


class CaseError(ValueError):
    """The file cannot be read as a case. `line` starts at 1; `field` is the path of the field."""

    def __init__(self, message: str, *, line: int, field: str) -> None:
        super().__init__(f"line {line}, {field}: {message}" if field else f"line {line}: {message}")
        self.message, self.line, self.field = message, line, field


@dataclass(frozen=True)
class Node:
    """A value with its place."""

    raw: yaml.Node
    field: str

    @property
    def line(self) -> int:
        return int(self.raw.start_mark.line) + 1

    @property
    def value(self) -> Any:
        """The plain value, as YAML understands it."""
        return _Constructor("").construct_document(self.raw)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        return isinstance(self.raw, yaml.SequenceNode)

    @property
    def is_empty(self) -> bool:
        return isinstance(self.raw, yaml.ScalarNode) and self.raw.value in ("", "~", "null")

    @property
    def text(self) -> str:
        """The words as written; a list is joined by commas."""
        if isinstance(self.raw, yaml.ScalarNode):
            return "" if self.is_empty else str(self.raw.value).strip()
        if self.is_list:
            return ", ".join(n.text for n in self.items())
        raise self.error("a text is expected here")

    def items(self) -> tuple[Node, ...]:
        """Elements of a list; a single value is a list of one."""
        if isinstance(self.raw, yaml.SequenceNode):
            return tuple(Node(n, f"{self.field}[{i}]") for i, n in enumerate(self.raw.value, 1))
        return () if self.is_empty else (self,)

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Keys and values of a mapping."""
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error("a block of “name: value” lines is expected here")
        for key, value in self.raw.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Node(key, self.field).error("the name of a field is a plain word")
            yield Node(key, self.field), Node(value, f"{self.field}.{key.value}" if self.field else str(key.value))

    def fields(self, known: Fields) -> dict[str, Node]:
        """Values by canonical field name. An unknown or repeated field is an error with the nearest name."""
        names = {folded(word): name for name, words in known.items() for word in (name, *words)}
        found: dict[str, Node] = {}
        for key, value in self.pairs():
            name = names.get(folded(str(key.raw.value)))
            if name is None:
                cut = "; a text with a comma is written between quotes" if value.is_empty else ""
                raise key.error(_unknown(str(key.raw.value), names, known) + cut, field=value.field)
            if name in found:
                raise key.error(f"“{name}” is written twice", field=value.field)
            found[name] = value
        return found

    def error(self, message: str, *, field: str | None = None) -> CaseError:
        return CaseError(message, line=self.line, field=self.field if field is None else field)


class _Constructor(yaml.SafeLoader):
    """Turns a node back into a plain value."""


class _Composer(yaml.SafeLoader):
    """Reads plain blocks; a reference is refused, for it can point to itself."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise ComposerError(None, None, "a value that begins with * is written between quotes", mark)
        return super().compose_node(parent, index)


def parse(text: str) -> Node:
    """The root of the file. Raises CaseError when it is not YAML, or is empty."""
    try:
        root = yaml.compose(text, Loader=_Composer)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise CaseError(_plainly(fault.problem or ""), line=(mark.line + 1 if mark else 1), field="") from fault
    except ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise CaseError(
            "a character that is not text stands here; type this line again", line=line, field=""
        ) from fault
    except RecursionError as fault:
        raise CaseError("brackets stand inside brackets without end", line=1, field="") from fault
    if root is None:
        raise CaseError("the file is empty", line=1, field="")
    node = Node(root, "")
    if not node.is_mapping:
        raise CaseError("the file is a block of “name: value” lines", line=node.line, field="")
    return node


def decoded(data: bytes) -> str:
    """The words of a file. Raises CaseError with the line that is not written in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise CaseError(
            "this line is not in UTF-8; save the file again as “UTF-8” text", line=line, field=""
        ) from fault


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case, no accents, single spaces for every separator: how words of the file are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[\s_’'\-/?.:!]+", " ", plain.replace("œ", "oe")).strip()


def nearest(word: str, known: Sequence[str]) -> str | None:
    """The known word closest to this one, if any is close."""
    close = difflib.get_close_matches(folded(word), [folded(k) for k in known], n=1, cutoff=0.6)
    return next((k for k in known if close and folded(k) == close[0]), None)


def _plainly(problem: str) -> str:
    """What to do about the faults people make in YAML, instead of the words of its grammar."""
    return next((said for sign, said in _FAULTS.items() if sign in problem), problem or "not YAML")


def _unknown(word: str, names: Mapping[str, str], known: Fields) -> str:
    close = nearest(word, tuple(names))
    hint = f"did you mean “{names[folded(close)]}”?" if close else f"known fields: {', '.join(known)}"
    return f"unknown field “{word}”; {hint}"
