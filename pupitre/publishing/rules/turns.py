"""Whose turn it is: how many calls one account may have in hand, so that a silent network delays only itself. Pure."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
QUICK = 0.5  # seconds: a call shorter than this says that the network answers well
AHEAD = 4  # calls in hand per thread when networks answer well: one claim and one writing down for many


def room(threads: int, *, in_hand: int, last: float | None) -> int:
    """How many more calls an account may begin. `last` is how long its last call took, None before the first.

    An account that answers well may fill the worker, an unknown one begins with a quarter, a slow one has one call
    at a time: as many silent networks as threads would be needed to stop the lane.
    """
    if last is None:
        most = max(1, threads // 4)
    else:
        most = threads * AHEAD if last < QUICK else 1
    return max(0, most - in_hand)


def turns(drawn: Iterable[tuple[T, int]], *, rooms: Mapping[int, int], most: int) -> list[T]:
    """The first `most` of what was drawn (each with its account), no account beyond its room."""
    left = dict(rooms)
    chosen: list[T] = []
    for one, account in drawn:
        if len(chosen) >= most:
            break
        if left.get(account, 0) > 0:
            left[account] -= 1
            chosen.append(one)
    return chosen
