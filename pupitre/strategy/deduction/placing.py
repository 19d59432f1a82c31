"""Where each platform goes: open, on trial, refused, listen and reply, or a name to reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from . import gates, selection
from .case import Case, Objective
from .factors import Measured
from .gates import Closed
from .judging import Judged
from .platforms import Catalogue
from .recommendation import Placed
from .sayings import Hours, Mark, Percent, Said, said
from .selection import Selection
from .stability import Stability

NAMES_TO_PROTECT = frozenset({"finance", "exclusive", "retail_brand", "public_body", "account_data", "elected"})

ANSWERS = 0.8  # weight of conversation from which an objective is to answer people, wherever they write
UNANSWERABLE = frozenset({"G1", "G2", "G6"})


def opened_lines(chosen: Selection, *, firm: Stability, tied: bool) -> tuple[Placed, ...]:
    """Open channels; in a tie the first one names its rival."""
    lines = []
    for rank, c in enumerate(chosen.opened):
        own = c.measured.platform.id
        rival = next((name for name, _ in firm.firsts[:2] if name != own), None) if tied and rank == 0 else None
        reasons = selection.opened_reason(c, twin=rival)
        lines.append(Placed(own, reasons, measured=c.measured, hours=c.hours))
    return tuple(lines)


def trial_lines(chosen: Selection, objectives: Sequence[Objective], catalogue: Catalogue) -> tuple[Placed, ...]:
    """One trial at most: one's own participation ground when people are consulted, else the nearly good channel."""
    consults = any(o.type == "co_construction" for o in objectives)
    if consults and "participation_platform" in catalogue.platforms:
        return (Placed("participation_platform", (said("experiment.participation"),)),)
    if chosen.trial is None:
        return ()
    m = chosen.trial.measured
    reason = said("experiment", score=Mark(m.score), hours=Hours(chosen.trial.hours))
    return (Placed(m.platform.id, (reason,), measured=m, hours=chosen.trial.hours),)


def closed_lists(
    case: Case,
    judged: Sequence[Judged],
    chosen: Selection,
    catalogue: Catalogue,
    today: date,
    taken: frozenset[str],
) -> tuple[tuple[Placed, ...], tuple[Placed, ...], tuple[Placed, ...]]:
    """Refused, reduced to listen-and-reply, and names to reserve."""
    refused, replying, reserved = [], [], []
    somebody = case.repliers != 0 and case.hours > 0
    called = any(catalogue.objectives[o.type].modes["conversation"] >= ANSWERS for o in gates.complete_objectives(case))
    for j in judged:
        name = j.measured.platform.id
        closed = j.closed or chosen.refused.get(name)
        if closed is None or name in taken:
            continue
        placed = Placed(name, _with_wish(case, name, closed), closed.gate, j.measured, change=closed.change)
        worth = somebody and j.measured.score >= selection.FIRST_BAR
        if closed.gate == "G5" and (worth or name in case.existing):
            replying.append(placed)
        elif called and name in case.existing and closed.gate not in UNANSWERABLE:
            replying.append(replace(placed, reasons=(said("listen.called", why=closed.reason),), change=None))
        elif _worth_reserving(case, j.measured, closed):
            share = Percent(j.measured.share or 0.0)
            reserved.append(Placed(name, (said("reserve", share=share),), closed.gate, j.measured))
        else:
            refused.append(placed)
    refused += ended(case, catalogue, today)
    return tuple(refused), tuple(replying), tuple(reserved)


def _with_wish(case: Case, platform_id: str, closed: Closed) -> tuple[Said, ...]:
    asked = platform_id in case.wished and closed.gate != "G6"
    return (closed.reason, said("wished")) if asked else (closed.reason,)


def _worth_reserving(case: Case, m: Measured, closed: Closed) -> bool:
    emerging = m.platform.state == "emerging"
    return emerging and closed.gate in ("G3", "score") and bool(case.traits & NAMES_TO_PROTECT)


def ended(case: Case, catalogue: Catalogue, today: date) -> list[Placed]:
    found = []
    for platform in catalogue.platforms.values():
        if platform.has_ended:
            closed = gates.lifecycle(platform, catalogue=catalogue, today=today)
            if closed:
                found.append(Placed(platform.id, (closed.reason,), closed.gate))
    return found
