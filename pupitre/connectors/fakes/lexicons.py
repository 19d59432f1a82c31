"""Checks AT Protocol calls and records against the official lexicons. Small on purpose: only what they use."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import regex

from pupitre.connectors.fakes.exchange import Request, Response

DID = r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]"
HANDLE = r"([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
NSID = r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z0-9-]+)+\.[a-zA-Z][a-zA-Z0-9]*"
RKEY = r"[a-zA-Z0-9._~:-]{1,512}"
FORMATS = {
    "did": DID,
    "handle": HANDLE,
    "at-identifier": rf"({DID}|{HANDLE})",
    "nsid": NSID,
    "at-uri": rf"at://({DID}|{HANDLE})(/{NSID}(/{RKEY})?)?",
    "cid": r"[a-z2-7]{8,}|Qm[1-9A-HJ-NP-Za-km-z]{44}",
    "record-key": RKEY,
    "tid": r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}",
    "uri": r"[a-z][a-z0-9.+-]*:\S+",
    "language": r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*",
}
PATTERNS = {name: re.compile(pattern) for name, pattern in FORMATS.items()}
CLUSTER = regex.compile(r"\X")


class Lexicons:
    """The contract of a server that speaks XRPC. Definitions are keyed "nsid#name"."""

    def __init__(self, path: Path) -> None:
        self.defs: Mapping[str, Any] = json.loads(path.read_text("utf-8"))["defs"]

    def request(self, request: Request) -> list[str]:
        """What is wrong with a call."""
        nsid = request.path.removeprefix("/xrpc/")
        main = self.defs.get(f"{nsid}#main")
        if main is None:
            return [f"{nsid} is not in the lexicons"]
        if request.method != {"query": "GET", "procedure": "POST"}[main["type"]]:
            return [f"{nsid} is a {main['type']}"]
        return [*self._arguments(main, request), *self._body(nsid, main, request)]

    def response(self, request: Request, response: Response) -> list[str]:
        """What is wrong with an answer."""
        nsid = request.path.removeprefix("/xrpc/")
        content = json.loads(response.body) if response.body else None
        if response.status >= 400:
            named = isinstance(content, dict) and isinstance(content.get("error"), str)
            return [] if named else ["an error without its name"]
        output = self.defs[f"{nsid}#main"].get("output", {})
        return list(self.faults(output["schema"], content, nsid)) if "schema" in output else []

    def record(self, collection: str, rkey: str, record: Any) -> list[str]:
        """What is wrong with a record that is to be kept."""
        main = self.defs[f"{collection}#main"]
        wrong = list(self.faults(main["record"], record, collection))
        if record.get("$type") != collection:
            wrong.append(f"$type is not {collection}")
        if main["key"] == "tid" and not PATTERNS["tid"].fullmatch(rkey):
            wrong.append(f"the key {rkey} is not a TID")
        return wrong

    def faults(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str = "") -> Iterator[str]:
        """Sentences about what does not fit; none when all fits."""
        check = getattr(self, "_" + schema["type"].replace("-", "_"))
        yield from check(schema, value, nsid, at)

    def _arguments(self, main: Mapping[str, Any], request: Request) -> Iterator[str]:
        known = main.get("parameters", {"properties": {}})
        for name, values in request.query.items():
            if name not in known["properties"]:
                yield f"unknown argument {name}"
                continue
            schema = known["properties"][name]
            many = schema["type"] == "array"
            read: Any = [_read(schema["items"], one) for one in values] if many else _read(schema, values[0])
            yield from self.faults(schema, read, "", name)
        for name in known.get("required", []):
            if name not in request.query:
                yield f"argument {name} is missing"

    def _body(self, nsid: str, main: Mapping[str, Any], request: Request) -> Iterator[str]:
        wanted = main.get("input")
        if wanted is None:
            if request.body:
                yield "a body where none is expected"
        elif "schema" in wanted:
            if request.headers.get("content-type", "") != "application/json":
                yield "the body is not application/json"
            yield from self.faults(wanted["schema"], request.json(), nsid)
        elif not request.headers.get("content-type"):
            yield "a blob without its type"

    def _object(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{at} is not an object"
            return
        for name in schema.get("required", []):
            if name not in value:
                yield f"{at}.{name} is missing"
        for name, item in value.items():
            if name in schema["properties"] and not (item is None and name in schema.get("nullable", [])):
                yield from self.faults(schema["properties"][name], item, nsid, f"{at}.{name}")

    def _array(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{at} is not a list"
            return
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            yield f"{at} has {len(value)} items"
        for rank, item in enumerate(value):
            yield from self.faults(schema["items"], item, nsid, f"{at}[{rank}]")

    def _string(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{at} is not a text"
            return
        if len(value.encode()) > schema.get("maxLength", len(value.encode())):
            yield f"{at} has {len(value.encode())} bytes"
        if "maxGraphemes" in schema and len(CLUSTER.findall(value)) > schema["maxGraphemes"]:
            yield f"{at} has {len(CLUSTER.findall(value))} graphemes"
        if "enum" in schema and value not in schema["enum"]:
            yield f"{at} is not one of {schema['enum']}"
        kind = schema.get("format")
        if kind == "datetime" and not _moment(value):
            yield f"{at} is not a date: {value}"
        elif kind in PATTERNS and not PATTERNS[kind].fullmatch(value):
            yield f"{at} is not a {kind}: {value}"

    def _integer(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield f"{at} is not a whole number"
        elif not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{at} is out of bounds: {value}"

    def _boolean(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield f"{at} is not true or false"

    def _ref(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        home, definition = self._resolve(schema["ref"], nsid)
        yield from self.faults(definition, value, home, at)

    def _union(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        kind = value.get("$type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            yield f"{at} has no $type"
            return
        for ref in schema["refs"]:
            home, _hash, name = (ref if not ref.startswith("#") else nsid + ref).partition("#")
            if kind in {f"{home}#{name}", home if name in {"", "main"} else ""}:
                yield from self._ref({"ref": ref}, value, nsid, at)
                return
        if schema.get("closed"):
            yield f"{at} is a {kind}"

    def _unknown(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{at} is not an object"

    def _blob(self, schema: Mapping[str, Any], value: Any, nsid: str, at: str) -> Iterator[str]:
        shaped = isinstance(value, dict) and value.get("$type") == "blob" and "$link" in value.get("ref", {})
        if not shaped:
            yield f"{at} is not a blob"
            return
        if value["size"] > schema.get("maxSize", value["size"]):
            yield f"{at} is too heavy: {value['size']}"
        accepted = schema.get("accept", ["*/*"])
        if not any(re.fullmatch(one.replace("*", ".*"), value["mimeType"]) for one in accepted):
            yield f"{at} has the type {value['mimeType']}"

    def _resolve(self, ref: str, nsid: str) -> tuple[str, Mapping[str, Any]]:
        home, _hash, name = ref.partition("#")
        home = home or nsid
        return home, self.defs[f"{home}#{name or 'main'}"]


def _read(schema: Mapping[str, Any], text: str) -> Any:
    if schema["type"] == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if schema["type"] == "boolean" and text in {"true", "false"}:
        return text == "true"
    return text


def _moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False
