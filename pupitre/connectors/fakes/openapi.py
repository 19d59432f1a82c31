"""Checks calls against an official OpenAPI document, parsed once. Needs `jsonschema`, a development dependency."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pupitre.connectors.fakes.exchange import Request, Response

OPEN_BODY = {"type": "object"}


def openapi(path: Path, *, prefix: str = "") -> "OpenApi | None":
    """The contract in a file; None where `jsonschema` is not installed (a demo serves without checking)."""
    if find_spec("jsonschema") is None:
        return None
    return _parsed(path, prefix)


@cache
def _parsed(path: Path, prefix: str) -> "OpenApi":
    return OpenApi(json.loads(path.read_text("utf-8")), prefix)


class OpenApi:
    """The contract of a server described by OpenAPI 3. `prefix` is what the paths have before the document's own."""

    def __init__(self, document: Mapping[str, Any], prefix: str = "") -> None:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        self.document = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self.registry: Any = Registry().with_resource("doc", resource)
        self.paths = [(_pattern(prefix + template), template) for template in sorted(document["paths"], key=_literal)]
        self.validators: dict[str, Any] = {}

    def request(self, request: Request) -> list[str]:
        """What is wrong with a call."""
        found = self._operation(request)
        if found is None:
            return ["the contract has no such operation"]
        where, operation = found
        return [*self._arguments(operation, request), *self._body(where, operation, request)]

    def response(self, request: Request, response: Response) -> list[str]:
        """What is wrong with an answer; errors are free, as networks document them badly."""
        found = self._operation(request)
        if found is None or response.status >= 300:
            return []
        where, operation = found
        status = str(response.status)
        status = status if status in operation["responses"] else "default"
        known = operation["responses"].get(status)
        if known is None:
            return [f"the contract has no answer {response.status}"]
        if "$ref" in known:
            where, known = self._followed(known["$ref"])
        else:
            where = f"{where}/responses/{status}"
        if "application/json" not in known.get("content", {}):
            return []
        content = json.loads(response.body)
        return list(self.faults(f"{where}/content/application~1json/schema", content))

    def faults(self, pointer: str, value: Any) -> Iterator[str]:
        """Sentences about a value held against the schema at a JSON pointer of the document."""
        if pointer not in self.validators:
            schema = {"$ref": f"doc#{pointer}"}
            made = import_module("jsonschema").Draft202012Validator(
                schema, registry=self.registry, format_checker=_formats()
            )
            self.validators[pointer] = made
        for error in self.validators[pointer].iter_errors(value):
            yield f"{error.json_path}: {error.message[:200]}"

    def _operation(self, request: Request) -> tuple[str, Mapping[str, Any]] | None:
        for pattern, template in self.paths:
            item = self.document["paths"][template]
            if pattern.fullmatch(request.path) and request.method.lower() in item:
                where = f"/paths/{_escaped(template)}/{request.method.lower()}"
                shared = {
                    "parameters": [*item.get("parameters", []), *item[request.method.lower()].get("parameters", [])]
                }
                return where, {**item[request.method.lower()], **shared}
        return None

    def _followed(self, ref: str) -> tuple[str, Mapping[str, Any]]:
        node: Any = self.document
        for part in ref.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return ref.removeprefix("#"), node

    def _parameters(self, operation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        listed = [self._followed(one["$ref"])[1] if "$ref" in one else one for one in operation["parameters"]]
        return {one["name"]: one for one in listed if one["in"] == "query"}

    def _arguments(self, operation: Mapping[str, Any], request: Request) -> Iterator[str]:
        known = self._parameters(operation)
        for name in request.query:
            plain = re.sub(r"\[.*", "", name)
            if not {name, plain, plain + "[]"} & set(known):
                yield f"unknown argument {name}"
        for name, one in known.items():
            if one.get("required") and name not in request.query:
                yield f"argument {name} is missing"

    def _body(self, where: str, operation: Mapping[str, Any], request: Request) -> Iterator[str]:
        wanted = operation.get("requestBody")
        if wanted is None:
            if request.body not in {b"", b"{}"}:
                yield "a body where none is expected"
            return
        if "$ref" in wanted:
            where, wanted = self._followed(wanted["$ref"])
        else:
            where += "/requestBody"
        kind = request.headers.get("content-type", "").partition(";")[0]
        if not request.body and not wanted.get("required"):
            return
        if kind not in wanted["content"]:
            yield f"the body is {kind or 'without a type'}"
        elif kind == "application/json":
            yield from self.faults(f"{where}/content/application~1json/schema", request.json())
        elif "schema" in wanted["content"][kind]:
            yield from self._form(wanted["content"][kind]["schema"], request)

    def _form(self, schema: Mapping[str, Any], request: Request) -> Iterator[str]:
        if "$ref" in schema:
            schema = self._followed(schema["$ref"])[1]
        known = schema.get("properties", {})
        for name in request.parts:
            plain = re.sub(r"\[.*", "", name)
            if known and not {name, plain, plain + "[]"} & set(known):
                yield f"unknown field {name}"
        for name in schema.get("required", []):
            if name not in request.parts:
                yield f"field {name} is missing"


@cache
def _formats() -> Any:
    """The two formats that decide between alternatives."""
    checker = import_module("jsonschema").FormatChecker(formats=())
    checker.checks("uri")(lambda value: not isinstance(value, str) or bool(re.match(r"[a-zA-Z][\w+.-]*:", value)))
    checker.checks("date-time", raises=ValueError)(
        lambda value: not isinstance(value, str) or bool(datetime.fromisoformat(value))
    )
    return checker


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)))


def _literal(template: str) -> tuple[int, str]:
    """Paths without braces first: /media/upload before /media/{id}."""
    return template.count("{"), template


def _escaped(template: str) -> str:
    return template.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
