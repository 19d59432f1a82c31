"""Where people leave traces: rooms above write themselves in when they load, so that this one knows none of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pupitre.relations.models import Contact


@dataclass(frozen=True, slots=True)
class Trace:
    """One room's share of a person. `tell` gives what is kept of her, `forget` takes it out and says how many rows."""

    key: str
    label: str
    tell: Callable[[Contact], list[dict[str, Any]]]
    forget: Callable[[Contact], int]


_traces: dict[str, Trace] = {}


def enter_trace(trace: Trace) -> None:
    _traces[trace.key] = trace


def traces() -> Iterator[Trace]:
    yield from (_traces[key] for key in sorted(_traces))
