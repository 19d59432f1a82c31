"""What all rooms' routers share: personal tokens, problems in the caller's language, pages by key."""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext
from ninja import NinjaAPI, Path, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from pydantic import AfterValidator, AwareDatetime
from pydantic_core import PydanticCustomError

from pupitre.core import queries
from pupitre.core.actions import note_use
from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotAllowed, NotFound, Refusal
from pupitre.shell.web.sheet import said

N_ = str
PREFIX = "pup_"


MISREAD = {
    "missing": N_("An answer is expected here."),
    "string_too_long": N_("This is too long: %(max_length)s characters at most."),
    "string_too_short": N_("This is too short: %(min_length)s characters at least."),
    "greater_than_equal": N_("This is too small: %(ge)s at least."),
    "greater_than": N_("This is too small: more than %(gt)s is expected."),
    "less_than_equal": N_("This is too large: %(le)s at most."),
    "literal_error": N_("One of these is expected: %(expected)s."),
    "timezone_aware": N_("Say the time zone of this moment, as in 2026-03-29T10:00:00+02:00."),
    "moment_range": N_("A moment between 1970 and 2199 is expected."),
    "other": N_("This value cannot be read."),
}


class FieldProblem(Schema):
    field: str
    text: str
    examples: list[str] = []


class Problem(Schema):
    """An error as RFC 9457 writes it, plus the fields it is about."""

    type: str = "about:blank"
    title: str
    status: int
    errors: list[FieldProblem] = []


class Page(Schema):
    """The key of the next page; null at the end."""

    next: str | None = None


def _in_utc(moment: datetime) -> datetime:
    """The same instant in UTC: databases know fewer offsets and fewer years than the standard that writes them."""
    if not 1970 <= moment.year < 2200:
        raise PydanticCustomError("moment_range", "A moment between 1970 and 2199 is expected.")
    return moment.astimezone(UTC)


Id = Annotated[int, Path(ge=1, le=2**53)]  # an id in an address
Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]

PROBLEMS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422}): Problem}


class ApiRequest(HttpRequest):
    """A request with its member: the token's owner."""

    auth: Member


class Desk(NinjaAPI):
    """Ninja's API, whose schema says that errors are application/problem+json."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        schema = super().get_openapi_schema(*args, **kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    content = answer.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content["application/problem+json"] = content.pop("application/json")
        return schema


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def member_of(token: str, *, now: datetime) -> Member | None:
    """The member a token speaks for, with `scopes` set to what the token allows; None when it is not valid."""
    found = queries.living_token(digest(token), now=now)
    if found is None:
        return None
    note_use(found, now=now)
    member = found.member
    member.scopes = frozenset(found.scopes) | {"read"}  # type: ignore[attr-defined]
    return member


class PersonalToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Member | None:
        member = member_of(token, now=timezone.now())
        if member is not None and not request.headers.get("Accept-Language"):
            translation.activate(member.user.language)
        return member


def problem(request: HttpRequest, status: int, title: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status, "errors": errors or []}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def install_errors(api: NinjaAPI) -> None:
    """Every way to fail answers with a problem."""
    handlers: dict[type[Exception], Any] = {
        Refusal: _refusal,
        ValidationError: _validation,
        AuthenticationError: lambda r, _: problem(r, 401, gettext("Give a valid personal token.")),
        Http404: lambda r, _: _refusal(r, NotFound()),
        PermissionDenied: lambda r, _: _refusal(r, NotAllowed(N_("Your role does not allow this."))),
        HttpError: lambda r, e: problem(r, e.status_code, str(e.message)),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
    errors = [
        {"field": fault.field, "text": said(fault), "examples": [gettext(example) for example in fault.examples]}
        for fault in error.faults
    ]
    title = gettext(error.text)
    return problem(request, error.status, title % error.params if error.params else title, errors)


def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in fault["loc"][1:]), "text": _misread(fault), "examples": []}
        for fault in error.errors
    ]
    return problem(request, 422, gettext("Some answers are missing or cannot be read."), errors)


def _misread(fault: dict[str, Any]) -> str:
    """What is wrong with one value, in the caller's language; `type` and `ctx` are Pydantic's."""
    return str(gettext(MISREAD.get(fault["type"], MISREAD["other"])) % fault.get("ctx", {}))


def asked_by(request: HttpRequest) -> Member:
    """The member who asks."""
    return cast(ApiRequest, request).auth
