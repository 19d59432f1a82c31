"""From measured platforms to postures: a rising bar, a penalty for twins, and hours that stop the list."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from . import hours as hours_of
from .case import Case
from .factors import Measured
from .gates import Closed, GateId
from .platforms import RELATIONS, Catalogue
from .sayings import Hours, Mark, Named, Percent, Said, Translated, said

FIRST_BAR = 0.55
BAR_STEP = 0.05
TWIN_PENALTY = 0.85
TWIN_LIKENESS = 0.95
TRIAL_BAR = 0.50
TRIAL_HOURS = 10.0


@dataclass(frozen=True)
class Chosen:
    """A channel kept, its hours a week without coordination, and the part of its cadence."""

    measured: Measured
    hours: float
    cadence: float


@dataclass(frozen=True)
class Selection:
    opened: tuple[Chosen, ...]
    trial: Chosen | None
    refused: Mapping[str, Closed]
    missing: Mapping[str, float]


def select(candidates: Sequence[Measured], *, case: Case, catalogue: Catalogue, base: float) -> Selection:
    """Open channels by decreasing score while they clear the bar and fit in the hours."""
    opened: list[Chosen] = []
    refused: dict[str, Closed] = {}
    missing: dict[str, float] = {}
    left = sorted(candidates, key=lambda m: m.platform.id)
    blocked_by: str | None = None
    while left:
        best = max(left, key=lambda m: penalised(m, opened))
        left.remove(best)
        bar = FIRST_BAR + BAR_STEP * len(opened)
        if penalised(best, opened) < bar:
            refused |= {m.platform.id: _under_bar(m, opened, bar) for m in (best, *left)}
            break
        fitted = fit(best, opened, case=case, catalogue=catalogue, base=base)
        if isinstance(fitted, Chosen):
            opened.append(fitted)
            continue
        missing[best.platform.id] = fitted
        refused |= _stopped(best, left, opened, bar)
        blocked_by = best.platform.id
        break
    trial = (
        None
        if blocked_by or not _may_try(case)
        else _trial(candidates, opened, case=case, catalogue=catalogue, base=base)
    )
    if trial:
        refused.pop(trial.measured.platform.id, None)
    chosen = Selection(tuple(opened), trial, refused, missing)
    for platform_id, lack in missing.items():
        chosen = lacking(chosen, platform_id, lack)
    return chosen


def _may_try(case: Case) -> bool:
    """No trial beside a consultation, which is the trial; none to repair an image, where one answers before all."""
    types = {o.type for o in case.objectives}
    return "co_construction" not in types and not types <= {"image_repair"}


def fit(m: Measured, opened: Sequence[Chosen], *, case: Case, catalogue: Catalogue, base: float) -> Chosen | float:
    """The channel at full or reduced cadence, or the hours a week it lacks at reduced cadence."""
    model = catalogue.hours_model
    needed = 0.0
    inbound = hours_of.shared_inbound(m, [c.measured for c in opened], case)
    for cadence in (1.0, model["reduced_cadence"]):
        own = hours_of.cost(m, case=case, catalogue=catalogue, cadence=cadence, inbound=inbound)
        needed = base + hours_of.with_coordination([*(c.hours for c in opened), own], model=model)
        if needed <= case.hours + 1e-9:
            return Chosen(m, own, cadence)
    return needed - case.hours


def lacking(chosen: Selection, platform_id: str, lack: float) -> Selection:
    """The same selection with the shadow price of this platform set right."""
    name = Named((platform_id,))
    change = said("change.hours", missing=Hours(lack), name=name)
    closed = Closed("hours", said("hours", missing=Hours(lack), name=name), change)
    return replace(
        chosen,
        refused={**chosen.refused, platform_id: closed},
        missing={**chosen.missing, platform_id: lack},
    )


def penalised(m: Measured, opened: Sequence[Chosen]) -> float:
    return m.score * TWIN_PENALTY ** len(twins(m, opened))


def twins(m: Measured, opened: Sequence[Chosen]) -> tuple[Chosen, ...]:
    """Channels already open with the same family of expression and a close relation profile."""
    same = (c for c in opened if c.measured.expression.family == m.expression.family)
    return tuple(c for c in same if likeness(c.measured, m) >= TWIN_LIKENESS)


def likeness(a: Measured, b: Measured) -> float:
    """Cosine of two relation profiles, 0 to 1."""
    assert a.platform.usage is not None
    assert b.platform.usage is not None
    left, right = a.platform.usage.relation, b.platform.usage.relation
    dot = sum(left[r] * right[r] for r in RELATIONS)
    return dot / (math.hypot(*left.values()) * math.hypot(*right.values()))


def opened_reason(chosen: Chosen, *, twin: str | None) -> tuple[Said, ...]:
    """Why this channel is open, with its score, its share of the public and its hours."""
    m = chosen.measured
    score, cost = Mark(m.score), Hours(chosen.hours)
    if twin:
        first = said("open.tie", score=score, twin=Named((twin,)), hours=cost)
    else:
        means = Translated(m.expression.names)
        first = said("open", score=score, share=Percent(m.share or 0.0), expression=means, hours=cost)
    return (first,) if chosen.cadence == 1.0 else (first, said("open.reduced"))


def _stopped(best: Measured, left: Sequence[Measured], opened: Sequence[Chosen], bar: float) -> dict[str, Closed]:
    """Those that would have cleared the bar too: the list stops, it is not filled with cheaper channels."""
    stop = Closed("hours", said("stop", first=Named((best.platform.id,))))
    return {m.platform.id: stop if penalised(m, opened) >= bar else _under_bar(m, opened, bar) for m in left}


def _under_bar(m: Measured, opened: Sequence[Chosen], bar: float) -> Closed:
    alike = twins(m, opened)
    if alike and m.score >= bar:
        names = Named(tuple(c.measured.platform.id for c in alike))
        means, mark = Translated(m.expression.names), Mark(penalised(m, opened))
        return Closed("redundancy", said("redundancy", twin=names, expression=means, score=mark, bar=Mark(bar)))
    gate: GateId = "score"
    key = "score.declining" if m.platform.state == "declining" else "score"
    cause = said(m.weakest, section="causes", share=Percent(m.share or 0.0))
    return Closed(gate, said(key, score=Mark(m.score), bar=Mark(bar), cause=cause))


def _trial(
    candidates: Sequence[Measured], opened: Sequence[Chosen], *, case: Case, catalogue: Catalogue, base: float
) -> Chosen | None:
    """One trial at most: a use not yet served, nearly good enough, when there is slack."""
    if case.hours < TRIAL_HOURS or not opened:
        return None
    ids = {c.measured.platform.id for c in opened}
    families = {c.measured.expression.family for c in opened}
    fresh = [m for m in candidates if m.platform.id not in ids and m.expression.family not in families]
    nearly = [m for m in fresh if m.score >= TRIAL_BAR and m.platform.state != "declining"]
    for m in sorted(nearly, key=lambda m: (-m.score, m.platform.id)):
        fitted = fit(m, opened, case=case, catalogue=catalogue, base=base)
        if isinstance(fitted, Chosen):
            return fitted
    return None
