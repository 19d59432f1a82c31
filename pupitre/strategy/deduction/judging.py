"""Each ranked platform measured on the public it serves best, and the first gate that stays closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import gates
from .case import Case
from .factors import Measured, Need, measure
from .gates import Closed
from .hours import expected_inbound
from .platforms import Catalogue, Platform


@dataclass(frozen=True)
class Judged:
    """A ranked platform, measured on the public it serves best, and the gate that stays closed if any."""

    measured: Measured
    closed: Closed | None
    closed_but_for_target: bool


def judge_all(case: Case, wants: Sequence[Need], catalogue: Catalogue, today: date, *, free: float) -> list[Judged]:
    ranked = [p for p in catalogue.platforms.values() if p.is_ranked]
    return [_judge(p, case, wants, catalogue, today, free) for p in ranked]


def _judge(
    platform: Platform, case: Case, wants: Sequence[Need], catalogue: Catalogue, today: date, free: float
) -> Judged:
    first = gates.first_closed(
        gates.lifecycle(platform, catalogue=catalogue, today=today),
        gates.law_and_place(platform, case=case, catalogue=catalogue),
    )
    tried = []
    for need in wants:
        m = measure(platform, need, case=case, catalogue=catalogue, today=today)
        inbound = expected_inbound(m, case)
        last = gates.first_closed(
            first,
            gates.facts_and_target(m, case=case, today=today),
            gates.expression(m),
            gates.reply(m, inbound=inbound, available=free, case=case, catalogue=catalogue),
            gates.mimicry(platform, case=case),
        )
        tried.append((m, last))
    m, closed = gates.best(tried)
    others = gates.first_closed(
        first,
        gates.expression(m),
        gates.reply(m, inbound=expected_inbound(m, case), available=free, case=case, catalogue=catalogue),
        gates.mimicry(platform, case=case),
    )
    return Judged(m, closed, others is not None)
