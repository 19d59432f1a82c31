"""How much the variants of one post repeat each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from pupitre.judge.echo import Passage, echo


@dataclass(frozen=True, slots=True)
class Pair:
    """Two variants by their keys, the share repeated (0..1), what it means, and where in the second."""

    first: int
    second: int
    share: float
    finding: str
    passages: tuple[Passage, ...] = ()

    @property
    def copied(self) -> bool:
        return self.finding == "copy"


def pairs(texts: Sequence[tuple[int, str]]) -> list[Pair]:
    """Every two texts that both say something, in the order given."""
    written = [(key, text) for key, text in texts if text.strip()]
    found = []
    for (first, one), (second, other) in combinations(written, 2):
        heard = echo(other, one)
        found.append(Pair(first, second, heard.share, heard.finding, heard.passages))
    return found


def loudest(key: int, found: Sequence[Pair]) -> float:
    """The largest share of this text that another one repeats, translations apart."""
    return max((p.share for p in found if key in (p.first, p.second) and p.finding != "translation"), default=0.0)


def copied_from(key: int, found: Sequence[Pair]) -> int | None:
    """The earlier text that this one copies, if any: the first of two may leave, the second is held."""
    return next((pair.first for pair in found if pair.second == key and pair.copied), None)
