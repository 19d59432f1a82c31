"""The reader of queries: recursive descent over lexemes, from OR down to one word.

Precedence, loosest first: OR, AND (written or implied by a space), NOT, NEAR.
"""

from __future__ import annotations

from dataclasses import dataclass

from .faults import Notice, QueryError
from .fields import read_field
from .lexer import OPERATORS, Lexeme, lexemes
from .nodes import And, Near, Node, Not, Or
from .words import check_near_operand, read_exact, read_quote, read_run

MAX_DEPTH = 40
_STARTS = frozenset(("(", "NOT", "QUOTE", "EXACT", "FIELD", "RUN"))


def parse(query: str) -> Node:
    """Read ``query`` into its tree. Errors: ``QueryError`` with the characters at fault."""
    reader = _Reader(lexemes(query), query)
    if not reader.lexemes:
        raise QueryError("empty_query", 0, len(query))
    tree = _read_or(reader, depth=0)
    left = reader.peek()
    if left is not None:
        raise _unexpected(left)
    return tree


def notices(query: str) -> list[Notice]:
    """Give what deserves a second look in a query that reads well: operators in small letters, AND mixed with OR."""
    found = []
    for lexeme in lexemes(query):
        written = lexeme.text
        if lexeme.kind == "RUN" and written.islower() and written.partition("/")[0].upper() in OPERATORS:
            details = (("operator", written), ("suggestion", written.upper()))
            found.append(Notice("small_operator", lexeme.start, lexeme.end, details))
    found.extend(_mixed(parse(query)))
    return found


def _mixed(node: Node) -> list[Notice]:
    """OR over an AND that had no parentheses: the AND then starts where its first part starts."""
    if not isinstance(node, Or):
        return [notice for child in getattr(node, "children", ()) for notice in _mixed(child)]
    return [
        Notice("mixed_operators", child.at[0], child.at[1])
        for child in node.children
        if isinstance(child, And) and child.at[0] == child.children[0].at[0]
    ]


@dataclass(slots=True)
class _Reader:
    lexemes: list[Lexeme]
    query: str
    at: int = 0

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def take(self, *kinds: str) -> Lexeme | None:
        lexeme = self.peek()
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self.at += 1
        return lexeme


def _read_or(reader: _Reader, *, depth: int) -> Node:
    parts = [_read_and(reader, depth=depth)]
    while operator := reader.take("OR"):
        _expect_start(reader, operator)
        parts.append(_read_and(reader, depth=depth))
    return parts[0] if len(parts) == 1 else Or(tuple(_flat(parts, Or)), at=_hull(parts))


def _read_and(reader: _Reader, *, depth: int) -> Node:
    parts = [_read_not(reader, depth=depth)]
    while True:
        operator = reader.take("AND")
        if operator:
            _expect_start(reader, operator)
        following = reader.peek()
        if following is None or following.kind not in _STARTS:
            break
        parts.append(_read_not(reader, depth=depth))
    return parts[0] if len(parts) == 1 else And(tuple(_flat(parts, And)), at=_hull(parts))


def _read_not(reader: _Reader, *, depth: int) -> Node:
    operator = reader.take("NOT")
    if operator is None:
        return _read_near(reader, depth=depth)
    _expect_start(reader, operator)
    child = _read_not(reader, depth=depth)
    return Not(child, at=(operator.start, child.at[1]))


def _read_near(reader: _Reader, *, depth: int) -> Node:
    node = _read_atom(reader, depth=depth)
    while operator := reader.take("NEAR", "ONEAR"):
        _expect_start(reader, operator)
        right = _read_atom(reader, depth=depth)
        for operand in (node, right):
            check_near_operand(operand, operator)
        node = Near(node, right, operator.number, operator.kind == "ONEAR", at=(node.at[0], right.at[1]))
    return node


def _read_atom(reader: _Reader, *, depth: int) -> Node:
    lexeme = reader.peek()
    if lexeme is None:
        raise QueryError("empty_query", len(reader.query), len(reader.query))
    reader.at += 1
    if lexeme.kind == "(":
        return _read_group(reader, lexeme, depth=depth + 1)
    if lexeme.kind == "QUOTE":
        return read_quote(lexeme)
    if lexeme.kind == "EXACT":
        return read_exact(lexeme)
    if lexeme.kind == "FIELD":
        return read_field(lexeme)
    if lexeme.kind == "RUN":
        return read_run(lexeme)
    raise _unexpected(lexeme)


def _read_group(reader: _Reader, opened: Lexeme, *, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise QueryError("too_deep", opened.start, opened.end, limit=MAX_DEPTH)
    closed = reader.take(")")
    if closed:
        raise QueryError("empty_parentheses", opened.start, closed.end)
    if reader.peek() is None:
        raise QueryError("unclosed_parenthesis", opened.start, opened.end)
    inside = _read_or(reader, depth=depth)
    closed = reader.take(")")
    if closed is None:
        left = reader.peek()
        raise _unexpected(left) if left else QueryError("unclosed_parenthesis", opened.start, opened.end)
    return _placed(inside, (opened.start, closed.end))


def _expect_start(reader: _Reader, operator: Lexeme) -> None:
    following = reader.peek()
    if following is None or following.kind == ")":
        raise QueryError("missing_right", operator.start, operator.end, operator=operator.text)
    if following.kind in ("AND", "OR", "NEAR", "ONEAR"):
        raise QueryError("missing_left", following.start, following.end, operator=following.text)


def _unexpected(lexeme: Lexeme) -> QueryError:
    if lexeme.kind == ")":
        return QueryError("unopened_parenthesis", lexeme.start, lexeme.end)
    return QueryError("missing_left", lexeme.start, lexeme.end, operator=lexeme.text)


def _flat(parts: list[Node], kind: type[And] | type[Or]) -> list[Node]:
    """Open the parts that are the same operator: a OR (b OR c) is one choice among three."""
    return [leaf for part in parts for leaf in (part.children if isinstance(part, kind) else (part,))]


def _hull(parts: list[Node]) -> tuple[int, int]:
    return parts[0].at[0], parts[-1].at[1]


def _placed(node: Node, at: tuple[int, int]) -> Node:
    """Give the same node with the characters of its parentheses."""
    if isinstance(node, And):
        return And(node.children, at=at)
    if isinstance(node, Or):
        return Or(node.children, at=at)
    return node
