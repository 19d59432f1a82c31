"""The six factors of a platform for one public, and the score they make.

The score is a weighted geometric mean: a zero in relation, target or expression cannot be bought back by size,
and the target factor saturates at half of the public, so popularity beyond that never counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .case import Case, Objective, Public
from .platforms import MODES, RELATIONS, Catalogue, Expression, Platform, Usage

WEIGHTS: Mapping[str, float] = {
    "relation": 0.26, "target": 0.26, "expression": 0.16, "mode": 0.12, "track": 0.10, "durability": 0.10,
}  # fmt: skip
FACTORS = tuple(WEIGHTS)
SATURATION = 0.5
DECLINING = 0.6
NO_PERSON = 0.8


@dataclass(frozen=True)
class Need:
    """What is sought with one public: relation and mode weights, each summing to 1."""

    public: Public
    relation: Mapping[str, float]
    modes: Mapping[str, float]


@dataclass(frozen=True)
class Measured:
    """One platform measured for one need; `share` is None when nothing usable is known."""

    platform: Platform
    need: Need
    share: float | None
    share_is_ours: bool
    expression: Expression
    factors: Mapping[str, float]
    brand: float

    @property
    def score(self) -> float:
        return geometric(self.factors, WEIGHTS) * self.brand

    @property
    def weakest(self) -> str:
        """The factor that costs most, by weight."""
        if self.brand < 0.75:
            return "brand"
        return max(FACTORS, key=lambda f: -WEIGHTS[f] * math.log(max(self.factors[f], 1e-9)))


def geometric(factors: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Weighted geometric mean, 0 when any factor is 0."""
    if any(factors[name] <= 0 for name in weights):
        return 0.0
    total = sum(weights.values())
    return math.exp(sum(w * math.log(factors[name]) for name, w in weights.items()) / total)


def needs(case: Case, objectives: Sequence[Objective], catalogue: Catalogue) -> tuple[Need, ...]:
    """One need for each public that an objective points to, weights averaged over its objectives."""
    found = []
    for public in case.publics:
        own = [o for o in objectives if o.target_public == public.name]
        if own:
            types = [(catalogue.objectives[o.type], o.weight) for o in own]
            wanted = [(o.relation or catalogue.objectives[o.type].relation, o.weight) for o in own]
            relation = _mean(wanted, RELATIONS)
            found.append(Need(public, relation, _mean([(t.modes, w) for t, w in types], MODES)))
    return tuple(found)


def measure(platform: Platform, need: Need, *, case: Case, catalogue: Catalogue, today: date) -> Measured:
    """The six factors of this platform for this need. The platform must be a ranked one."""
    usage = platform.usage
    assert usage is not None
    share, ours = known_share(platform, need.public, catalogue=catalogue, today=today)
    expression, means = best_expression(usage, case=case, catalogue=catalogue)
    relation = sum(need.relation[r] * usage.relation[r] for r in RELATIONS)
    if usage.person_driven and not case.has_active_person():
        relation *= NO_PERSON
    factors = {
        "relation": relation,
        "target": saturated(share or 0.0),
        "expression": means,
        "mode": sum(need.modes[m] * usage.modes[m] for m in MODES),
        "track": usage.tracks[need.public.track],
        "durability": usage.durability * (DECLINING if platform.state == "declining" else 1.0),
    }
    return Measured(platform, need, share, ours, expression, factors, brand_fit(platform, case))


def saturated(share: float) -> float:
    return min(1.0, share / SATURATION)


def brand_fit(platform: Platform, case: Case) -> float:
    """What the brand's selectivity leaves of the score in this context: 1 when the brand asks for nothing."""
    if platform.id in case.fit:
        return case.fit[platform.id]
    context = platform.usage.selectivity if platform.usage else 1.0
    return math.sqrt(1 - case.selectivity * (1 - context))


def best_expression(usage: Usage, *, case: Case, catalogue: Catalogue) -> tuple[Expression, float]:
    """The expression we can make that carries most there, and what it carries (0 to 1)."""
    means = {e: accepted * case.ability(catalogue.expressions[e].ability) for e, accepted in usage.expressions.items()}
    best = max(means, key=lambda e: (means[e], usage.expressions[e]))
    return catalogue.expressions[best], means[best]


def known_share(platform: Platform, public: Public, *, catalogue: Catalogue, today: date) -> tuple[float | None, bool]:
    """Share of this public there, and whether the organisation gave it itself. Expired shares do not count."""
    if platform.id in public.presence:
        return public.presence[platform.id], True
    shares = {k: s.value for k, s in (platform.audience or {}).items() if not s.provenance.is_stale(today)}
    found = _share_by_role(shares, public) if public.roles else _share_by_age(shares, public, catalogue)
    if found is None:
        return None, False
    nearby = platform.usage.local if public.local and not public.roles and platform.usage else 1.0
    return found * nearby, False


def _share_by_role(shares: Mapping[str, float], public: Public) -> float | None:
    values = [shares.get(role, shares.get("professionals")) for role in public.roles]
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _share_by_age(shares: Mapping[str, float], public: Public, catalogue: Catalogue) -> float | None:
    low, high = public.ages or (18, 75)
    spans = {}
    for segment, (start, end) in catalogue.ages.items():
        years = min(high, end) - max(low, start) + 1
        if years > 0 and segment in shares:
            spans[segment] = years
    total = sum(spans.values())
    return sum(shares[s] * years for s, years in spans.items()) / total if total else None


def _mean(pairs: Sequence[tuple[Mapping[str, float], float]], names: Sequence[str]) -> dict[str, float]:
    total = sum(weight for _, weight in pairs)
    return {name: sum(values[name] * weight for values, weight in pairs) / total for name in names}
