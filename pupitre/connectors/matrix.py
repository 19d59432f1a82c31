"""The matrix of networks: what each can do and by which path, drawn from the manifests alone."""

from collections.abc import Mapping, Sequence

from pupitre.connectors.contract import Capability, Manifest, Path

SIGNS: Mapping[Path, str] = {
    Path.API: "api",
    Path.PAID: "paid",
    Path.REVIEW: "review",
    Path.BY_HAND: "by hand",
    Path.NONE: "-",
}


def matrix(manifests: Mapping[str, Manifest]) -> list[list[str]]:
    """Rows of words: a heading, then a row a network that is not hidden, in the order of their names."""
    shown = sorted((one for one in manifests.values() if not one.hidden), key=lambda one: one.name.lower())
    return [["network", *(capability.value for capability in Capability)], *map(row, shown)]


def row(manifest: Manifest) -> list[str]:
    """One network; what no API gives is done by hand where a person can do it there."""
    return [manifest.key, *(SIGNS[manifest.paths.get(capability, Path.NONE)] for capability in Capability)]


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Columns for a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(one, widths, strict=True)).rstrip() for one in rows]
    return "\n".join(lines) + "\n"


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table for docs/networks.md."""
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
