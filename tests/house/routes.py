"""Every address of the house: pages of an organisation, and operations of the API."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pupitre.config.api import api
from pupitre.core.models import Member
from pupitre.core.rules.roles import PERMISSIONS, Role
from pupitre.desk.actions import make_token


class Place(NamedTuple):
    """One page: its name, and what its address asks for beside the organisation."""

    name: str
    asks: tuple[str, ...]
    view: Any

    def address(self, slug: str, **given: object) -> str:
        return reverse(self.name, kwargs={"org": slug, **{key: given[key] for key in self.asks}})


class Operation(NamedTuple):
    """One operation of the API. `asks` are the ids of its path, `body` the schema of what it is given."""

    name: str
    method: str
    path: str
    asks: tuple[str, ...]
    body: dict[str, Any] | None
    kind: str

    def address(self, pk: object, others: dict[str, int]) -> str:
        path = self.path
        for key in self.asks:
            path = path.replace(f"{{{key}}}", str(others.get(key, pk)))
        return path


def places() -> list[Place]:
    """Every page that stands under an organisation."""
    return [
        Place(name, tuple(key for key in asks if key != "org"), view)
        for name, asks, view in _walk(get_resolver().url_patterns, "", ())
        if "org" in asks
    ]


def _walk(patterns: list[Any], space: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    for pattern in patterns:
        asks = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, pattern.namespace or space, asks)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}:{pattern.name}" if space else pattern.name, asks, pattern.callback


def operations() -> list[Operation]:
    """Every operation of the API."""
    schema = api.get_openapi_schema()
    return [
        _operation(schema, path, method, said)
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


def _operation(schema: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> Operation:
    asks = tuple(one["name"] for one in said.get("parameters", ()) if one["in"] == "path")
    content = said.get("requestBody", {}).get("content", {})
    kind, given = next(iter(content.items()), ("", {}))
    body = resolved(given["schema"], schema) if given else None
    return Operation(said["operationId"], method, path, asks, body, kind)


def resolved(part: Any, schema: dict[str, Any]) -> Any:
    """The same schema without references."""
    if isinstance(part, dict):
        if "$ref" in part:
            target: Any = schema
            for step in part["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            return resolved(target, schema)
        return {key: resolved(value, schema) for key, value in part.items()}
    return [resolved(one, schema) for one in part] if isinstance(part, list) else part


def example(schema: dict[str, Any]) -> Any:
    """The plainest value that this schema takes."""
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example(schema["anyOf"][0])
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {name: example(fields[name]) for name in schema.get("required", ()) if name in fields}
        case "array":
            return [example(schema["items"])] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
    formats = {"date": "2031-05-06", "date-time": "2031-05-06T10:00:00+02:00"}
    return formats.get(schema.get("format", ""), "x" * max(1, schema.get("minLength", 1)))


def ids(organisation_id: int) -> dict[type, list[int]]:
    """Every row of this organisation, by kind; rows without the column belong to all."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("pupitre.") or model.__module__.startswith("pupitre.engine."):
            continue
        rows = model._default_manager.all()
        if any(field.name == "organisation" for field in model._meta.fields):
            rows = rows.filter(organisation_id=organisation_id)
        found[model] = list(rows.values_list("pk", flat=True))
    return found


def key_of(member: Member) -> dict[str, str]:
    """The header of a new key that may do all that its owner may."""
    _, key = make_token("tout", by=member, scopes=sorted(PERMISSIONS[Role(member.role)]))
    return {"authorization": f"Bearer {key}"}


def call(operation: Operation, pk: int, headers: dict[str, str], others: dict[str, int] | None = None) -> Any:
    """Ask for this operation about this row, with the plainest body it takes; `others` are the ids known by their
    names, in the path and in the body."""
    others = others or {}
    body = example(operation.body) if operation.body else None
    if isinstance(body, dict):
        body |= {key: value for key, value in others.items() if key in body}
    if operation.kind == "application/json":
        more: dict[str, Any] = {"data": body, "content_type": "application/json"}
    else:
        more = {"data": body or {}}
    return getattr(Client(), operation.method)(operation.address(pk, others), headers=headers, **more)
