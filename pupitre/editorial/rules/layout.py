"""Where things go on the score. Pure geometry: x in hundredths of the drawing's width, y in pixels.

A staff has three lines: visibility at the top, expertise, proximity near the ground.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 76  # pixels from one staff to the next
TOP = 46  # pixels before the first line of the first staff
GAP = 14  # pixels between two lines
LINES = ("visibility", "expertise", "proximity")
MOST_STAVES = 12
MOST_NOTES = 32  # beyond, notes of one day on one staff become one head with a number
NOMINAL = 950  # pixels: the width at which labels are placed
LETTER = 6.6  # pixels a letter takes
TAIL_PER_HOUR = 26  # pixels
MOST_TAIL = 60


@dataclass(frozen=True, slots=True)
class Note:
    """What is drawn: `at` is 0 to 1 inside the window, `key` its id, `count` how many it stands for."""

    key: int
    staff: int
    at: float
    relation: str
    expression: str
    state: str
    label: str
    minutes: int = 0
    frozen: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A note at its place; its label is above or below (or nowhere, when two others already stand there)."""

    note: Note
    x: float
    y: int
    label_y: int | None
    tail: int


def height(staves: int) -> int:
    return TOP + ROW * max(staves, 1)


def line_y(staff: int, relation: str) -> int:
    line = LINES.index(relation) if relation in LINES else 1
    return TOP + ROW * staff + GAP * line


def staff_lines(staff: int) -> tuple[int, int, int]:
    first, second, third = (line_y(staff, relation) for relation in LINES)
    return first, second, third


def place(notes: Sequence[Note]) -> list[Placed]:
    """Every note at its hour on its line; labels go outside the staff, each on the first side that is free."""
    taken: dict[tuple[int, str], list[tuple[float, float]]] = {}
    return [_placed(note, taken) for note in sorted(notes, key=lambda note: (note.staff, note.at, note.key))]


def _placed(note: Note, taken: dict[tuple[int, str], list[tuple[float, float]]]) -> Placed:
    x = min(max(note.at, 0.0), 1.0)
    half = len(note.label) * LETTER / NOMINAL / 2
    span = (x - half, x + half)
    sides = ("above", "below") if note.relation == "visibility" else ("below", "above")
    for side in sides:
        there = taken.setdefault((note.staff, side), [])
        if note.label and all(span[1] <= start or span[0] >= end for start, end in there):
            there.append(span)
            return Placed(note, x, line_y(note.staff, note.relation), _label_y(note.staff, side), _tail(note.minutes))
    return Placed(note, x, line_y(note.staff, note.relation), None, _tail(note.minutes))


def _label_y(staff: int, side: str) -> int:
    first, _, last = staff_lines(staff)
    return first - 13 if side == "above" else last + 22


def _tail(minutes: int) -> int:
    return min(round(minutes * TAIL_PER_HOUR / 60), MOST_TAIL)


def gathered(notes: Sequence[Note], *, days: int) -> list[Note]:
    """When there are too many to read, one head per staff and day, in the most urgent state, with the number."""
    if len(notes) <= MOST_NOTES:
        return list(notes)
    urgency = ("failed", "unknown", "draft", "waiting", "approved", "sent")
    cells: dict[tuple[int, int], list[Note]] = {}
    for note in notes:
        cells.setdefault((note.staff, int(note.at * days)), []).append(note)
    kept = []
    for (staff, day), there in sorted(cells.items()):
        first = min(there, key=lambda note: (urgency.index(note.state), note.at))
        at = first.at if len(there) == 1 else (day + 0.5) / days
        kept.append(
            Note(
                first.key, staff, at, first.relation, first.expression, first.state,
                str(len(there)) if len(there) > 1 else "", 0, first.frozen, len(there),
            )
        )  # fmt: skip
    return kept


def clusters(notes: Sequence[tuple[int, int, float, float]], *, within: float) -> list[tuple[list[int], float, float]]:
    """(staves, x, share) of posts whose same text stands on several staves at nearly the same hour.

    `notes` are (post id, staff, at, echo); `within` is how near, as a share of the window.
    """
    groups: dict[int, list[tuple[int, float, float]]] = {}
    for post, staff, at, echo in notes:
        groups.setdefault(post, []).append((staff, at, echo))
    found = []
    for group in groups.values():
        staves = sorted({staff for staff, _, _ in group})
        times = [at for _, at, _ in group]
        if len(staves) > 1 and max(times) - min(times) <= within:
            found.append((staves, sum(times) / len(times), max(echo for _, _, echo in group)))
    return found
