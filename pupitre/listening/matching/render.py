"""A tree written back as a query: folded, with every operator shown. Reading it again gives the same tree."""

from __future__ import annotations

from .nodes import And, Emoji, Exact, Field, Near, Node, Not, Or, Phrase, Prefix, Window, Word

_LOOSE = (And, Or, Not)


def render(node: Node) -> str:
    """Give the folded query of ``node``, in English operators."""
    if isinstance(node, Or):
        return " OR ".join(_inside(child, And) for child in node.children)
    if isinstance(node, And):
        return " AND ".join(_inside(child, Or) for child in node.children)
    if isinstance(node, Not):
        return f"NOT {_inside(node.child, And, Or)}"
    if isinstance(node, Near):
        name = "ONEAR" if node.ordered else "NEAR"
        return f"{_inside(node.left, *_LOOSE)} {name}/{node.distance} {_inside(node.right, *_LOOSE, Near)}"
    return _leaf(node)


def _inside(node: Node, *enclosed: type) -> str:
    return f"({render(node)})" if isinstance(node, enclosed) else render(node)


def _leaf(node: Node) -> str:
    if isinstance(node, (Word, Emoji)):
        return node.token
    if isinstance(node, Prefix):
        return f"{node.start}*"
    if isinstance(node, Phrase):
        return f'"{" ".join(node.words)}"'
    if isinstance(node, Window):
        return f'"{" ".join(node.words)}"~{node.slop}'
    if isinstance(node, Exact):
        return "{" + node.written + "}"
    assert isinstance(node, Field)
    sign = "" if node.sign == "=" and isinstance(node.value, str) else node.sign
    value = f'"{node.value}"' if " " in str(node.value) else str(node.value)
    return f"{node.name}:{sign}{value}"
