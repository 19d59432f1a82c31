"""What every operation of the strategy asks first: who reads, and whether the row is in her house."""

from typing import Any

from django.http import Http404, HttpRequest

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.shell.api import asked_by


def reader(request: HttpRequest) -> Member:
    """The member who asks, who must be allowed to read."""
    member = asked_by(request)
    require(member, "read")
    return member


def one(model: Any, request: HttpRequest, pk: int) -> Any:
    """The row of this organisation with this id, or 404."""
    row = model.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if row is None:
        raise Http404
    return row
