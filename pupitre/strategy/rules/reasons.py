"""Typed reasons: what makes an organisation go there. Imitation and fashion alone are no reason. Pure."""

from collections.abc import Iterable, Mapping

N_ = str
REASONS: Mapping[str, str] = {
    "customer_need": N_("The people we serve need it"),
    "measured_demand": N_("A demand that was counted"),
    "internal_need": N_("The house needs it"),
    "imitation": N_("Others do it"),
    "fashion": N_("It is in the air"),
}
WEAK = frozenset({"imitation", "fashion"})


def is_weak(reasons: Iterable[str]) -> bool:
    """Whether every reason given is imitation or fashion."""
    given = set(reasons)
    return bool(given) and given <= WEAK
