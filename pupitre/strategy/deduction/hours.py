"""Hours a week: what a channel costs, what the base costs, and what coordination adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .case import Case
from .factors import Measured
from .platforms import Catalogue, Effort, Expression


@dataclass(frozen=True)
class Budget:
    """Hours a week. `channels` are without coordination; `missing` is the shadow price of what did not fit."""

    available: float
    base: float
    channels: Mapping[str, float]
    coordination: float
    missing: Mapping[str, float]

    @property
    def total(self) -> float:
        return self.base + sum(self.channels.values()) + self.coordination

    @property
    def free(self) -> float:
        return max(0.0, self.available - self.total)


def skill_factor(level: float) -> float:
    """A piece takes half as long again for a beginner."""
    return 1.0 if level >= 0.6 else 1.25 if level >= 0.4 else 1.5


def channel_hours(
    effort: Effort, expression: Expression, *, level: float, inbound: float, cadence: float, model: Mapping[str, float]
) -> float:
    """Hours a week for one channel alone; `cadence` is the part of the intended pieces that is made."""
    making = effort.posts * cadence * expression.hours * skill_factor(level)
    answering = inbound * model["minutes_per_answer"] / 60
    watching = effort.watch_minutes * model["working_days"] / 60
    return making + answering + watching + effort.animation + model["reporting_hours"]


def with_coordination(hours: Sequence[float], *, model: Mapping[str, float]) -> float:
    """Total of several channels: each one more makes all of them a tenth dearer."""
    return sum(hours) * (1 + model["coordination_per_channel"] * max(0, len(hours) - 1))


def expected_inbound(measured: Measured, case: Case) -> float:
    """Messages a week to expect there: what the case says, else what the catalogue expects."""
    platform = measured.platform
    if platform.id in case.inbound_on:
        return case.inbound_on[platform.id]
    assert platform.effort is not None
    if case.inbound is None:
        return platform.effort.inbound
    return case.inbound * platform.effort.inbound / REFERENCE_INBOUND


REFERENCE_INBOUND = 10.0
"""A stated total of messages is read as that of one busy channel, which the catalogue rates at ten a week."""


def shared_inbound(measured: Measured, opened: Sequence[Measured], case: Case) -> float:
    """Messages to expect there once those of the channels already open are counted: a stated total is not doubled."""
    expected = expected_inbound(measured, case)
    if case.inbound is None or measured.platform.id in case.inbound_on:
        return expected
    taken = sum(expected_inbound(m, case) for m in opened if m.platform.id not in case.inbound_on)
    return max(0.0, min(expected, case.inbound - taken))


def cost(measured: Measured, *, case: Case, catalogue: Catalogue, cadence: float, inbound: float) -> float:
    """Hours a week of this channel alone, at this cadence and with these messages."""
    effort = measured.platform.effort
    assert effort is not None
    return channel_hours(
        effort,
        measured.expression,
        level=case.ability(measured.expression.ability),
        inbound=inbound,
        cadence=cadence,
        model=catalogue.hours_model,
    )
