"""Calling the API without a server: every operation by its name, for the command line."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from pupitre.config.api import SPOKEN_FOR, api
from pupitre.core.models import Member


class Misread(Exception):
    """The call does not fit the operation; the message is for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the API describes it. `types` gives each argument's JSON types."""

    name: str
    method: str
    path: str
    summary: str
    places: Mapping[str, str]  # argument -> path, query, body or file
    types: Mapping[str, frozenset[str]]
    wanted: frozenset[str]


@cache
def operations() -> dict[str, Operation]:
    """Every named operation, read from the description that the API publishes."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    found = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            one = _operation(method.upper(), path, told, schema)
            found[one.name] = one
    return dict(sorted(found.items()))


def _operation(method: str, path: str, told: dict[str, Any], schema: dict[str, Any]) -> Operation:
    places, types, wanted = {}, {}, set()
    for one in told.get("parameters", []):
        if one["in"] in {"path", "query"}:
            places[one["name"]], types[one["name"]] = one["in"], _types(one["schema"], schema)
            wanted |= {one["name"]} if one.get("required") else set()
    for kind, body in told.get("requestBody", {}).get("content", {}).items():
        shape = _resolved(body["schema"], schema)
        for name, part in shape.get("properties", {}).items():
            binary = _resolved(part, schema).get("format") == "binary"
            places[name] = "file" if binary else "body" if kind == "application/json" else "form"
            types[name] = _types(part, schema)
        wanted |= set(shape.get("required", []))
    summary = str(told.get("summary", ""))
    return Operation(str(told["operationId"]), method, path, summary, places, types, frozenset(wanted))


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]]
    if len(part.get("allOf", ())) == 1:
        return _resolved(part["allOf"][0], schema)
    return part


def _types(part: dict[str, Any], schema: dict[str, Any]) -> frozenset[str]:
    part = _resolved(part, schema)
    if "anyOf" in part:
        return frozenset().union(*(_types(one, schema) for one in part["anyOf"]))
    kinds = part.get("type", "string")
    return frozenset([kinds] if isinstance(kinds, str) else kinds)


def value_of(text: str, types: frozenset[str]) -> Any:
    """What was typed, as JSON: kept as a text where the API wants one, else read. Raises Misread."""
    if types <= {"string"}:
        return text
    if text == "" and "null" in types:
        return None
    try:
        return json.loads(text)
    except ValueError:
        if "string" in types:
            return text
        raise Misread(f"{text!r} is not {' or '.join(sorted(types))}") from None


def arguments(operation: Operation, pairs: list[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """`key=value` pairs over a JSON object, checked against the operation's names. Raises Misread."""
    found = dict(given)
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise Misread(f"write {name!r} as key=value")
        found[name] = (
            text if operation.places.get(name) == "file" else value_of(text, operation.types.get(name, frozenset()))
        )
    unknown = sorted(set(found) - set(operation.places))
    missing = sorted(operation.wanted - set(found))
    if unknown:
        raise Misread(
            f"{operation.name} has no {', '.join(unknown)}; it takes {', '.join(operation.places) or 'nothing'}"
        )
    if missing:
        raise Misread(f"{operation.name} wants {', '.join(missing)}")
    return found


def call(operation: Operation, found: Mapping[str, Any], *, member: Member) -> HttpResponseBase:
    """Ask the API, through every layer that a request from outside would meet, in the member's name."""
    sorted_out: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "body": {}, "form": {}, "file": {}}
    for name, value in found.items():
        sorted_out[operation.places[name]][name] = value
    path = operation.path
    for name, value in sorted_out["path"].items():
        path = path.replace("{" + name + "}", quote(str(value), safe=""))
    if sorted_out["query"]:
        path += "?" + urlencode(sorted_out["query"], doseq=True)
    handler = BaseHandler()
    handler.load_middleware()
    return handler.get_response(_request(operation, path, sorted_out, member))


def _request(operation: Operation, path: str, given: Mapping[str, dict[str, Any]], member: Member) -> HttpRequest:
    said: dict[str, Any] = {
        "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_LANGUAGE": member.user.language, SPOKEN_FOR: member,
    }  # fmt: skip
    factory = RequestFactory(**said)
    if given["file"] or given["form"]:
        with ExitStack() as opened:
            files = {name: opened.enter_context(Path(place).open("rb")) for name, place in given["file"].items()}
            return factory.generic(
                operation.method, path, encode_multipart(BOUNDARY, {**given["form"], **files}),
                content_type=MULTIPART_CONTENT,
            )  # fmt: skip
    if operation.method == "GET":
        return factory.get(path)
    return factory.generic(operation.method, path, json.dumps(given["body"]), content_type="application/json")
