"""What every step shows: the stepper, the completeness meter, and where one goes next."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.held import held
from pupitre.strategy.rules import steps

Options = list[tuple[str, str]]


def step_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A member's page that reads the strategy once; a form reads what is there at each step."""

    @wraps(view)
    def reading(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return view(request, *args, **kwargs)
        with held():
            return view(request, *args, **kwargs)

    return member_view(reading)


def step_page(
    request: DeskRequest, key: str, context: dict[str, Any] | None = None, *, sheet: Sheet | None = None,
    template: str = "", other: Sheet | None = None,
) -> HttpResponse:  # fmt: skip
    """The page of one step; 409 when it is locked, still readable, with what opens it.

    `template` is another page of this step, `other` the sheet of its second form.
    """
    shown = frame(request, key)
    locked = next(step for step in shown["steps"] if step["key"] == key)["state"] == "locked"
    status = 409 if locked else max(one.status if one else 200 for one in (sheet, other))
    return render(
        request, f"strategy/{template or key}.html", {**shown, "sheet": sheet, **(context or {})}, status=status
    )


def frame(request: DeskRequest, key: str) -> dict[str, Any]:
    """Context of the stepper and of the meter."""
    today = timezone.localdate()
    there = reads.written(request.organisation, today=today)
    slug = request.organisation.slug
    path = reads.path(request.organisation, today=today)
    current = next(step for step in path if step.key == key)
    signed_on = reads.plan(request.organisation).signed_on
    return {
        "too_old": bool(signed_on and not there["signed"]),
        "steps": [
            {"key": s.key, "title": _(s.title), "state": s.state, "url": reverse(f"strategy:{s.key}", args=[slug])}
            for s in path
        ],
        "step": key,
        "locked": [_(steps.ITEMS[item][1]) for item in current.missing] if current.state == "locked" else [],
        "next": _next(path, key, slug),
        "meter": [
            {"text": _(text), "done": there[item], "url": reverse(f"strategy:{_place(item, where)}", args=[slug])}
            for item, (where, text) in steps.ITEMS.items()
        ],
        "complete": steps.completeness(there),
        "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip


def first_open(request: DeskRequest) -> str:
    """The first step that is not done."""
    path = reads.path(request.organisation, today=timezone.localdate())
    return next((step.key for step in path if step.state != "done"), "channels")


def _next(path: tuple[steps.Step, ...], key: str, slug: str) -> dict[str, Any] | None:
    place = steps.ORDER.index(key) + 1
    if place == len(steps.ORDER):
        return None
    following = path[place]
    return {
        "title": _(following.title),
        "url": reverse(f"strategy:{following.key}", args=[slug]),
        "closed": following.state == "locked",
    }


def _place(item: str, where: str) -> str:
    return {"findings": "findings", "heard": "heard"}.get(item, where)
