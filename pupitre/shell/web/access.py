"""Who is at the door: every page of an organisation goes through `member_view`."""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from pupitre.core import queries
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal

N_ = str


class DeskRequest(HttpRequest):
    """A request that passed the door: `member` is who asks, `organisation` where."""

    member: Member
    organisation: Organisation
    htmx: Any


T = TypeVar("T")
View = Callable[..., HttpResponseBase]


def member_view(view: View) -> View:
    """Let a member of the organisation in the address in; everyone else gets 404, as if nothing were there."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, org: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = queries.membership(cast(Any, request.user), org)
        if member is None:
            raise Http404
        desk = cast(DeskRequest, request)
        desk.member, desk.organisation = member, member.organisation
        with timezone.override(zoneinfo.ZoneInfo(member.organisation.timezone)):
            return view(desk, *args, **kwargs)

    wrapped.member_view = True  # type: ignore[attr-defined]
    return wrapped


def mine(request: DeskRequest, model: "type[T] | QuerySet[Any, T]", pk: int, **filters: Any) -> T:
    """The object of this organisation with this id, or 404. A query set may say what is read along with it."""
    return cast(T, get_object_or_404(cast(Any, model), pk=pk, organisation=request.organisation, **filters))


def chosen(request: DeskRequest, model: "type[T] | QuerySet[Any, T]", field: str) -> T:
    """The object of this organisation that a form names in `field`. Raises Refusal beside it when there is none."""
    typed = request.POST.get(field, "")
    pk = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 17 else 0
    try:
        return mine(request, model, pk)
    except Http404:
        raise Refusal(N_("Choose one of the answers."), [Fault(field, N_("Choose one of the answers."))]) from None
