"""The publics of a crisis, in the order in which they should hear of it: our own people first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

N_ = str
KINDS: Mapping[str, str] = {
    "staff": N_("Our own people"),
    "customers": N_("Those we serve"),
    "partners": N_("Partners"),
    "press": N_("Press"),
    "authorities": N_("Authorities"),
}
EXPECTED = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Told:
    """One public and when it was told, None when nobody has."""

    kind: str
    at: datetime | None


def uncovered(told: Iterable[Told]) -> list[str]:
    """The kinds of public that nobody has told."""
    done = {one.kind for one in told if one.at is not None}
    return [kind for kind in EXPECTED if kind not in done]


def staff_last(told: Iterable[Told]) -> bool:
    """Whether others were told before our own people: they learn it from outside."""
    known = list(told)
    others = [one.at for one in known if one.kind != "staff" and one.at is not None]
    ours = [one.at for one in known if one.kind == "staff" and one.at is not None]
    return bool(others) and (not ours or min(ours) > min(others))
