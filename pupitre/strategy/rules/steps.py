"""The order of a strategy: why, problem, publics, message, means, relations, and only then channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

N_ = str  # marks a message id for the catalogues
State = Literal["done", "todo", "locked", "stale"]

ORDER = ("why", "problem", "publics", "message", "means", "relations", "channels")
TITLES: Mapping[str, str] = {
    "why": N_("Why"),
    "problem": N_("Problem"),
    "publics": N_("For whom"),
    "message": N_("Message and tone"),
    "means": N_("Means"),
    "relations": N_("Relations"),
    "channels": N_("Channels"),
}
# The ten items of the completeness meter, with the step where each is written.
ITEMS: Mapping[str, tuple[str, str]] = {
    "reason": ("why", N_("Three answers to “Why?”")),
    "objective": ("why", N_("One objective with its change, public, measure and date")),
    "problem": ("problem", N_("A problem in the form of a question, with its evidence")),
    "publics": ("publics", N_("A public, named and situated")),
    "message": ("message", N_("What you say, and your place beside others")),
    "tone": ("message", N_("A tone")),
    "means": ("means", N_("Hours, people who reply, and what you can make")),
    "findings": ("problem", N_("Strengths and weaknesses, each with an outcome")),
    "heard": ("problem", N_("Those you serve and those who answer them were heard")),
    "signed": ("channels", N_("A signature less than a year old")),
}
# What each step asks before the next one opens. The others are wanted, and never lock.
ASKED: Mapping[str, Sequence[str]] = {
    "why": ("reason", "objective"),
    "problem": ("problem",),
    "publics": ("publics",),
    "message": ("message", "tone"),
    "means": ("means",),
    "relations": (),
    "channels": (),
}


@dataclass(frozen=True)
class Step:
    """A step with its state, and the items (keys of ITEMS) it still lacks or that lock it."""

    key: str
    title: str
    state: State
    missing: tuple[str, ...] = ()


def steps(written: Mapping[str, bool], *, deduced: bool = False, stale: bool = False) -> tuple[Step, ...]:
    """The seven steps; one stays locked until those before it are complete.

    `written` says which items are there; `deduced` that channels were deduced, `stale` that the strategy changed since.
    """
    found: list[Step] = []
    before: tuple[str, ...] = ()
    for key in ORDER:
        lacking = tuple(item for item in ASKED[key] if not written.get(item))
        found.append(
            Step(key, TITLES[key], _state(key, lacking, before, deduced=deduced, stale=stale), lacking or before)
        )
        before = (*before, *lacking)
    return tuple(found)


def completeness(written: Mapping[str, bool]) -> tuple[int, int]:
    """How many of the ten items are there."""
    return sum(bool(written.get(item)) for item in ITEMS), len(ITEMS)


def _state(key: str, lacking: tuple[str, ...], before: tuple[str, ...], *, deduced: bool, stale: bool) -> State:
    if before:
        return "locked"
    if lacking:
        return "todo"
    if key == "channels":
        return "stale" if deduced and stale else "done" if deduced else "todo"
    return "done"
