"""The sorting game: put measures into the box they belong to, and learn what each does not say. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.kpis.definition import Box, Kpi

N_ = str
DEALT = 6
BOXES: Mapping[str, str] = {
    Box.INPUTS: N_("What we put in"), Box.ACTIVITIES: N_("What we do"), Box.OUTPUTS: N_("What is shown to people"),
    Box.OUT_TAKES: N_("What they take of it"), Box.OUTCOMES: N_("What it changes for them"),
    Box.IMPACT: N_("What it changes for the house"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sorted:
    """One measure, where it was put and where it belongs."""

    measure: Kpi
    chosen: str

    @property
    def right(self) -> bool:
        return self.chosen == self.measure.box


def deal(seed: int) -> list[Kpi]:
    """Six measures, the same for a seed, from at least four boxes."""
    draw = Random(f"deal:{seed}")
    known = [one for one in catalogue().values() if one.box in BOXES]
    boxes = draw.sample(sorted({one.box for one in known}), 4)
    first = [draw.choice([one for one in known if one.box == box]) for box in boxes]
    rest = draw.sample([one for one in known if one not in first], DEALT - len(first))
    hand = [*first, *rest]
    draw.shuffle(hand)
    return hand


def check(seed: int, chosen: Mapping[str, str]) -> Sequence[Sorted]:
    """Each measure of this deal with where it was put."""
    return [Sorted(one, chosen.get(one.key, "")) for one in deal(seed)]
