"""How long people wait for us, drawn and told."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pupitre.desk.waits import Curve, waited
from pupitre.shell.web.access import DeskRequest, member_view

WIDE, HIGH, LEFT, TOP = 600, 160, 44, 12


class Drawing(NamedTuple):
    """Geometry of the curve in its svg: the path, the line of the promise (None outside), and hours under it."""

    path: str
    promise: float | None
    hours: list[tuple[float, int]]


@member_view
def waits(request: DeskRequest) -> HttpResponse:
    """Half of them, nine in ten, those who wait still; and whether the promise holds."""
    seen = waited(request.organisation, now=timezone.now())
    within = [round(100 * one) for one in seen.in_time] if seen.in_time else None
    context = {"seen": seen, "within": within, "drawing": drawn(seen.business, seen.promised)}
    return render(request, "desk/waits.html", context)


def drawn(curve: Curve, promised: int) -> Drawing | None:
    """The share answered, minute after minute; None where nobody was answered."""
    if not curve.steps:
        return None
    longest = max(curve.longest, promised * 1.15, 1)

    def x(minutes: float) -> float:
        return round(LEFT + WIDE * minutes / longest, 1)

    def y(share: float) -> float:
        return round(TOP + HIGH * (1 - share), 1)

    path, level = f"M{x(0)} {y(0)}", 0.0
    for at, share in curve.steps[:400]:
        path += f"H{x(at)}V{y(share)}"
        level = share
    path += f"H{x(max(curve.longest, curve.steps[-1][0]))}" if level < 1 else ""
    step = max(1, round(longest / 60 / 6))
    hours = [(x(hour * 60), hour) for hour in range(0, int(longest // 60) + 1, step)]
    return Drawing(path, x(promised) if promised <= longest else None, hours)
