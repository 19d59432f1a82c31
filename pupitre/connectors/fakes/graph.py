"""Checks calls against the facts known of the Graph API: which edges exist, which parameters and fields they take."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pupitre.connectors.fakes.exchange import Request, Response

ALWAYS = {"access_token", "appsecret_proof", "fields", "limit", "after", "before", "since", "until", "summary"}
EXPANSION = re.compile(r"^(?P<name>\w+)(?:\.\w+\([^()]*\))*(?:\{(?P<inner>.*)\})?$")


class Graph:
    """The contract of a Graph server; `node_of` gives the type of the thing behind an id."""

    def __init__(self, path: Path, node_of: Callable[[str], str]) -> None:
        kept = json.loads(path.read_text("utf-8"))
        self.nodes: Mapping[str, Any] = kept["nodes"]
        self.root = f"/{kept['version']}"
        self.node_of = node_of
        self.apart: set[str] = set()  # paths of the consent, outside the graph

    def request(self, request: Request) -> list[str]:
        """What is wrong with a call."""
        if request.path in self.apart:
            return []
        path = request.path.removeprefix(self.root)
        if path == request.path:
            return ["a call without its version"]
        _empty, id, *rest = path.split("/")
        if id in {"oauth", "debug_token", "me"}:
            return []
        node = self.node_of(id)
        edge = self.nodes[node]["edges"].get(f"{request.method}/{'/'.join(rest)}")
        if edge is None:
            return [f"{node} has no {request.method} /{'/'.join(rest)}"]
        given = {name.partition("[")[0] for name in [*request.query, *request.parts]}
        wrong = [
            f"unknown parameter {name}" for name in sorted(given - ALWAYS - set(edge["params"]) - {"source", "metric"})
        ]
        returned = edge["returns"] if edge["returns"] in self.nodes else node if not rest else ""
        return [*wrong, *self._fields(returned, request.arg("fields"))]

    def response(self, request: Request, response: Response) -> list[str]:
        """An answer is JSON, with `error` when it is one."""
        told = json.loads(response.body)
        if response.status >= 400:
            return [] if {"message", "code"} <= set(told.get("error", {})) else ["an error without code and words"]
        return []

    def _fields(self, node: str, asked: str) -> Iterator[str]:
        if node not in self.nodes:
            return
        known = {*self.nodes[node]["fields"], *(edge.partition("/")[2] for edge in self.nodes[node]["edges"])}
        for one in split(asked):
            found = EXPANSION.match(one)
            if not found or found.group("name") not in known:
                yield f"{node} has no field {one}"


def split(fields: str) -> Iterator[str]:
    """Names separated by commas, what is inside braces or brackets kept whole."""
    depth, start = 0, 0
    for place, character in enumerate(fields):
        depth += (character in "({") - (character in ")}")
        if character == "," and depth == 0:
            yield fields[start:place]
            start = place + 1
    if fields[start:]:
        yield fields[start:]
