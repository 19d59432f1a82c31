"""The deduction: a case and a catalogue in, a recommendation with its reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from . import advice, crisis, gates, placing, selection
from .base import Kept, base, late_letter, listening
from .case import Case, Objective
from .factors import Need, needs
from .gates import Closed
from .hours import Budget, with_coordination
from .judging import Judged, judge_all
from .platforms import RELATIONS, Catalogue, Platform
from .questions import Question, deciding_question
from .recommendation import Placed, Recommendation, kept
from .sayings import Named, Said, said
from .selection import Selection
from .stability import RUNS, Stability, stability

SEED = 20261122
TRIES = 8
NOTHING = Selection((), None, {}, {})


@dataclass(frozen=True)
class _Frame:
    """What every step of one deduction reads."""

    case: Case
    catalogue: Catalogue
    today: date
    objectives: tuple[Objective, ...]
    needs: tuple[Need, ...]


def deduce(case: Case, catalogue: Catalogue, *, today: date, runs: int = RUNS, seed: int = SEED) -> Recommendation:
    """Same case, catalogue version, day and seed: same recommendation and same explanation."""
    if case.crisis is not None:
        return _in_crisis(case, catalogue, today, runs)
    refused = gates.why(case, catalogue)
    if refused is not None:
        return _without_why(case, catalogue, refused, today, runs)
    objectives = gates.complete_objectives(case)
    frame = _Frame(case, catalogue, today, objectives, needs(case, objectives, catalogue))
    ground, judged, chosen = _choose(frame)
    for platform_id, lack in chosen.missing.items():
        chosen = selection.lacking(chosen, platform_id, _true_lack(frame, platform_id, lack))
    left = _budget(case, sum(k.hours for k in ground), chosen, catalogue).free
    ground = (*ground, *late_letter(case, frame.needs, free=left, catalogue=catalogue))
    firm = _stability(judged, chosen, runs, seed)
    return _assemble(frame, ground, judged, chosen, firm, _question(frame, firm))


def _choose(frame: _Frame) -> tuple[tuple[Kept, ...], list[Judged], Selection]:
    case, catalogue = frame.case, frame.catalogue
    ground = base(case, frame.needs, catalogue=catalogue)
    hours = sum(k.hours for k in ground)
    judged = judge_all(case, frame.needs, catalogue, frame.today, free=case.hours - hours)
    standing = [j.measured for j in judged if j.closed is None]
    return ground, judged, selection.select(standing, case=case, catalogue=catalogue, base=hours)


def _true_lack(frame: _Frame, platform_id: str, lack: float) -> float:
    """Hours a week really missing: more hours first go to the base and to fuller cadences, so it is tried again."""
    for _ in range(TRIES):
        richer = replace(frame, case=replace(frame.case, hours=frame.case.hours + lack))
        _, _, chosen = _choose(richer)
        further = chosen.missing.get(platform_id, 0.0)
        if not further:
            break
        lack += further
    return lack


def _stability(judged: Sequence[Judged], chosen: Selection, runs: int, seed: int) -> Stability:
    running = [j.measured for j in judged if not j.closed_but_for_target]
    first = chosen.opened[0].measured.platform.id if chosen.opened else None
    return stability(running, first=first, rng=Random(seed), runs=runs)


def _question(frame: _Frame, firm: Stability) -> Question | None:
    if firm.is_firm or len(firm.firsts) < 2:
        return None

    def first_choice(changed: Case, emphasis: str | None) -> str | None:
        renewed = needs(changed, gates.complete_objectives(changed), frame.catalogue)
        aimed = [_emphasised(n, emphasis) for n in renewed] if emphasis else renewed
        judged = judge_all(changed, aimed, frame.catalogue, frame.today, free=changed.hours)
        standing = [j.measured for j in judged if j.closed is None]
        return max(standing, key=lambda m: (m.score, m.platform.id)).platform.id if standing else None

    return deciding_question(frame.case, rivals=[name for name, _ in firm.firsts], first_choice=first_choice)


def _emphasised(need: Need, relation: str) -> Need:
    return replace(need, relation={r: 0.5 * need.relation[r] + (0.5 if r == relation else 0.0) for r in RELATIONS})


def _assemble(
    frame: _Frame,
    ground: Sequence[Kept],
    judged: Sequence[Judged],
    chosen: Selection,
    firm: Stability,
    question: Question | None,
) -> Recommendation:
    case, catalogue, today = frame.case, frame.catalogue, frame.today
    opened = placing.opened_lines(chosen, firm=firm, tied=question is not None)
    trial = placing.trial_lines(chosen, frame.objectives, catalogue)
    spoken = frozenset(p.platform for p in (*opened, *trial)) | {k.platform for k in ground}
    refused, replying, reserved = placing.closed_lists(case, judged, chosen, catalogue, today, spoken)
    replies = frozenset(p.platform for p in replying)
    ears = listening(case, frame.needs, taken=spoken | replies, catalogue=catalogue)
    refused = tuple(p for p in refused if p.platform not in {k.platform for k in ears})
    flags = _flags(case, judged, refused, opened, catalogue, today)
    counsel = advice.counsel(case, frame.objectives, chosen.opened, catalogue=catalogue, flags=flags)
    return Recommendation(
        mode="normal",
        catalogue_version=catalogue.version,
        base=tuple(kept(k) for k in ground),
        open=opened,
        experiment=trial,
        listen=(*replying, *(kept(k) for k in ears)),
        reserve=reserved,
        refused=refused,
        voices=counsel.voices,
        content=counsel.content,
        kpis=counsel.kpis,
        hours=_budget(case, sum(k.hours for k in ground), chosen, catalogue),
        warnings=counsel.warnings,
        stability=firm,
        question=question,
        changes=tuple(p.change for p in refused if p.change is not None),
        ranking=tuple(sorted((j.measured for j in judged), key=lambda m: (-m.score, m.platform.id))),
    )


def _budget(case: Case, base_hours: float, chosen: Selection, catalogue: Catalogue) -> Budget:
    found = [*chosen.opened, *([chosen.trial] if chosen.trial else [])]
    alone = sum(c.hours for c in found)
    together = with_coordination([c.hours for c in found], model=catalogue.hours_model)
    channels = {c.measured.platform.id: c.hours for c in found}
    return Budget(case.hours, base_hours, channels, together - alone, chosen.missing)


def _flags(
    case: Case,
    judged: Sequence[Judged],
    refused: Sequence[Placed],
    opened: Sequence[Placed],
    catalogue: Catalogue,
    today: date,
) -> frozenset[str]:
    """Facts for the warnings that only the deduction knows."""
    refused_ids = {p.platform for p in refused}
    heirs = [j for j in judged if j.closed is None and j.measured.score >= selection.FIRST_BAR]
    plain = {
        "stale_facts": any(_is_stale(p, today) for p in catalogue.platforms.values()),
        "existing_refused": bool(refused_ids & set(case.existing)),
        "single_home": bool(opened) and len(heirs) == 1,
        "under_age": any(j.closed is not None and j.closed.reason.key == "G2.age" for j in judged)
        or any(_some_too_young(case, catalogue.platforms[p.platform]) for p in opened),
        "date_passed": any(o.due_on is not None and o.due_on < today for o in case.objectives),
    }
    return frozenset(name for name, holds in plain.items() if holds)


def _some_too_young(case: Case, platform: Platform) -> bool:
    return any(p.ages is not None and p.ages[0] < platform.minimum_age for p in case.publics)


def _is_stale(platform: Platform, today: date) -> bool:
    facts = [platform.lifecycle, *(s.provenance for s in (platform.audience or {}).values())]
    facts += [f.provenance for f in (platform.usage, platform.effort) if f is not None]
    return any(f.is_stale(today) for f in facts)


def _without_why(case: Case, catalogue: Catalogue, closed: Closed, today: date, runs: int) -> Recommendation:
    """Listening and the base only; every platform says which reason is missing."""
    ground = base(case, (), catalogue=catalogue, listing_only=closed.reason.key == "G0.listing")
    ears = listening(case, (), taken=frozenset(k.platform for k in ground), catalogue=catalogue)
    heard = {k.platform for k in ears}
    ranked = [p.id for p in catalogue.platforms.values() if p.is_ranked and p.id not in heard]
    refused = [Placed(i, (_named(closed.reason, i),), closed.gate) for i in ranked]
    flags = _flags(case, (), refused, (), catalogue, today)
    sought = _to_be_found(case, catalogue) if closed.reason.key == "G0.listing" else ()
    return _without_channels("normal", case, catalogue, today, ground, ears, refused, flags, runs, sought)


def _to_be_found(case: Case, catalogue: Catalogue) -> tuple[Objective, ...]:
    """Objectives that a listing serves: they keep their proofs though no network is opened."""
    typed = tuple(o for o in gates.complete_objectives(case) if catalogue.objectives[o.type].redirect)
    listings = [o.id for o in catalogue.objectives.values() if o.redirect]
    return typed or tuple(Objective(kind) for kind in listings[:1])


def _named(reason: Said, platform_id: str) -> Said:
    return said("G6", name=Named((platform_id,))) if reason.key == "G6" else reason


def _in_crisis(case: Case, catalogue: Catalogue, today: date, runs: int) -> Recommendation:
    """No deduction: owned ground, replies where the attack is, ears everywhere, nothing opened."""
    refused = [Placed(i, (c.reason,), c.gate) for i, c in crisis.closed(case, catalogue).items()]
    ground, ears = crisis.ground(catalogue), crisis.ears(case, catalogue)
    return _without_channels("crisis", case, catalogue, today, ground, ears, refused, frozenset(), runs)


def _without_channels(
    mode: str,
    case: Case,
    catalogue: Catalogue,
    today: date,
    ground: Sequence[Kept],
    ears: Sequence[Kept],
    refused: Sequence[Placed],
    flags: frozenset[str],
    runs: int,
    sought: Sequence[Objective] = (),
) -> Recommendation:
    counsel = advice.counsel(case, sought, (), catalogue=catalogue, flags=flags)
    return Recommendation(
        mode=mode,
        catalogue_version=catalogue.version,
        base=tuple(kept(k) for k in ground),
        open=(),
        experiment=(),
        listen=tuple(kept(k) for k in ears),
        reserve=(),
        refused=(*refused, *placing.ended(case, catalogue, today)),
        voices=counsel.voices,
        content=counsel.content,
        kpis=counsel.kpis,
        hours=_budget(case, sum(k.hours for k in ground), NOTHING, catalogue),
        warnings=counsel.warnings,
        stability=Stability(1.0, runs, ()),
        question=None,
    )
