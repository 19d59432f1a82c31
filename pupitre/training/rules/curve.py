"""The picture of an exercise: the wave, what it would have been in silence, and what was done on it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

N_ = str
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 240, 40, 12, 34, 26
NAMES: Mapping[str, str] = {
    "word": N_("word"), "staff": N_("our own people"), "answer": N_("first answer"), "denial": N_("denial"),
    "deletion": N_("hidden"), "promotion": N_("promotion"), "exposed": N_("name exposed"), "pasted": N_("pasted"),
    "missed": N_("promise missed"),
}  # fmt: skip
GOOD = {"word", "staff", "answer"}


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing done, drawn on the wave: letters stand on two rows so that neighbours do not meet."""

    x: float
    y: float
    letter: str
    name: str
    minute: int
    good: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Points of the two lines, in pixels of the picture's own grid; `top` messages in ten minutes is its height."""

    width: int
    height: int
    base: int
    wave: str
    area: str
    silent: str
    top: int
    hours: tuple[tuple[float, int], ...]
    flags: tuple[Flag, ...]


def shape(
    curve: Sequence[int], silent: Sequence[int], acts: Sequence[tuple[int, str]], *, stretch: int
) -> Shape:  # fmt: skip
    """`curve` and `silent` are messages by stretch of so many minutes; acts are (minute, what)."""
    top = max([1, *curve, *silent])
    count = max(2, len(curve))
    base, wide, high = HEIGHT - FOOT, WIDTH - LEFT - RIGHT, HEIGHT - FOOT - TOP

    def x(minute: float) -> float:
        return round(LEFT + wide * min(1.0, minute / (stretch * count)), 1)

    def line(values: Sequence[int]) -> str:
        spots = ((x((rank + 0.5) * stretch), base - high * value / top) for rank, value in enumerate(values))
        return " ".join(f"{at:.1f},{y:.1f}" for at, y in spots)

    wave = line(curve)
    first, last = x(stretch / 2), x((len(curve) - 0.5) * stretch)
    step = next(one for one in (1, 2, 4, 6, 12, 24) if stretch * count / 60 / one <= 9 or one == 24)
    hours = tuple((x(60 * hour), hour) for hour in range(0, stretch * count // 60 + 1, step))
    return Shape(
        WIDTH, HEIGHT, base, wave, f"{first},{base} {wave} {last},{base}", line(silent), top, hours,
        tuple(_flags(acts, x)),
    )  # fmt: skip


def firsts(acts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of what was done, the first of each kind, and each that warmed."""
    seen: set[str] = set()
    found = []
    for minute, what in sorted(acts):
        if what in NAMES and (what not in seen or what not in GOOD):
            found.append((minute, what))
        seen.add(what)
    return found[:18]


def _flags(acts: Sequence[tuple[int, str]], x: Callable[[float], float]) -> list[Flag]:
    flags = []
    for rank, (minute, what) in enumerate(firsts(acts)):
        letter = chr(ord("a") + rank)
        flags.append(Flag(x(minute), 12 + 14 * (rank % 2), letter, NAMES[what], minute, what in GOOD))
    return flags
