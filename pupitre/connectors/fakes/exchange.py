"""A request and an answer as the fakes see them, and the reading of forms."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """One call. `headers` have lower-case names; `target` is the path with its query."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Each argument with its values."""
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def arg(self, name: str, default: str = "") -> str:
        """The first value of an argument."""
        return self.query.get(name, [default])[0]

    def json(self) -> Any:
        """The body read as JSON. Raises ValueError."""
        return json.loads(self.body or b"null")

    @cached_property
    def parts(self) -> dict[str, list["Part"]]:
        """The fields of a form, sent either way."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/x-www-form-urlencoded"):
            fields = parse_qs(self.body.decode(), keep_blank_values=True)
            return {name: [Part(value.encode()) for value in values] for name, values in fields.items()}
        if not kind.startswith("multipart/form-data"):
            return {}
        message = BytesParser(policy=policy.HTTP).parsebytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + self.body
        )
        found: dict[str, list[Part]] = {}
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found.setdefault(name, []).append(Part(content, part.get_filename() or "", part.get_content_type()))
        return found

    def field(self, name: str, default: str = "") -> str:
        """The first value of a form's field, as text."""
        return self.parts[name][0].content.decode() if name in self.parts else default

    @property
    def bearer(self) -> str:
        """The token of the Authorization header."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form; `filename` and `mime` when it is a file."""

    content: bytes
    filename: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What the fake answers."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def answer(content: Any, status: int = 200, **headers: str) -> Response:
    """A JSON answer; header names are given with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = json.dumps(content, ensure_ascii=False).encode()
    return Response(status, body, {"content-type": "application/json; charset=utf-8", **named})
