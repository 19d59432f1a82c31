"""The answer of the deduction: lists of platforms with their reasons, and what goes with them."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Kept
from .factors import Measured
from .hours import Budget
from .questions import Question
from .sayings import Said
from .stability import Stability


@dataclass(frozen=True)
class Placed:
    """A platform in one list of the recommendation, with its sentences; `measured` when it was scored."""

    platform: str
    reasons: tuple[Said, ...]
    gate: str = ""
    measured: Measured | None = None
    hours: float = 0.0
    change: Said | None = None


@dataclass(frozen=True)
class Recommendation:
    """The whole answer. Each platform appears in one list at most."""

    mode: str
    catalogue_version: str
    base: tuple[Placed, ...]
    open: tuple[Placed, ...]
    experiment: tuple[Placed, ...]
    listen: tuple[Placed, ...]
    reserve: tuple[Placed, ...]
    refused: tuple[Placed, ...]
    voices: tuple[tuple[str, Said], ...]
    content: tuple[tuple[str, Said], ...]
    kpis: tuple[tuple[str, Said], ...]
    hours: Budget
    warnings: tuple[str, ...]
    stability: Stability
    question: Question | None
    changes: tuple[Said, ...] = ()
    ranking: tuple[Measured, ...] = ()


def kept(place: Kept) -> Placed:
    """A place of the base or of the listening, as a line of the answer."""
    return Placed(place.platform, (place.reason,), hours=place.hours)
