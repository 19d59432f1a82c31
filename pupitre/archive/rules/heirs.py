"""Which places serve the same use as one that closes. Pure: shapes of the catalogue in, an order out."""

from collections.abc import Iterable, Mapping

from pupitre.strategy.deduction.platforms import Platform, Usage

RELATION, MODES, EXPRESSIONS = 0.45, 0.2, 0.35  # what weighs in a likeness: why, how, in what form


def likeness(one: Usage, other: Usage) -> float:
    """From 0, nothing in common, to 1, the same use."""
    return (
        RELATION * (1 - _distance(one.relation, other.relation))
        + MODES * (1 - _distance(one.modes, other.modes))
        + EXPRESSIONS * _shared(one.expressions, other.expressions)
    )


def heirs(closing: Platform, others: Iterable[Platform]) -> list[tuple[Platform, float]]:
    """Living places in the order of their likeness; those of the same owner come last, for they fall together."""
    alive = [
        (other, likeness(closing.usage, other.usage))
        for other in others
        if closing.usage and other.usage and other.id != closing.id and not other.has_ended
    ]
    return sorted(alive, key=lambda pair: (pair[0].owner_group == closing.owner_group, -pair[1], pair[0].id))


def platform_of(network: str, platforms: Mapping[str, Platform]) -> Platform | None:
    """The place of the catalogue that a network's key stands for: by its name, its beginning or an alias."""
    if network in platforms:
        return platforms[network]
    begins = [one for key, one in platforms.items() if network.startswith(f"{key}_")]
    called = [one for one in platforms.values() if network in {alias.casefold() for alias in one.aliases}]
    return next(iter([*begins, *called]), None)


def _distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    keys = set(one) | set(other)
    return sum(abs(one.get(key, 0) - other.get(key, 0)) for key in keys) / len(keys) if keys else 0.0


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    keys = set(one) | set(other)
    most = sum(max(one.get(key, 0), other.get(key, 0)) for key in keys)
    return sum(min(one.get(key, 0), other.get(key, 0)) for key in keys) / most if most else 0.0
