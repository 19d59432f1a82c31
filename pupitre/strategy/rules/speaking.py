"""Who takes the floor: one first speaker for each kind of event on each track. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

N_ = str
EVENTS: Mapping[str, str] = {
    "launch": N_("Something new"),
    "hiring": N_("We are hiring"),
    "identity": N_("A change of name or of image"),
    "question": N_("A question about what we do"),
    "complaint": N_("A complaint"),
    "outage": N_("Something does not work"),
    "criticism": N_("A criticism of the house"),
    "crisis": N_("A crisis"),
    "legal": N_("A matter of law"),
    "local": N_("A local event"),
    "press": N_("A journalist asks"),
}
EVERY_TRACK = "all"
ON_TIME = N_("It is their hour and they are there.")
ABSENT = N_("The person responsible is absent: the deputy takes the floor.")
CLOSED = N_("It is outside the hours of the person responsible: the deputy takes the floor.")
CONDUCTED = N_("Neither the person responsible nor a deputy is there: the conductor takes the floor.")
NOBODY = N_("Nobody is there to take the floor: name a deputy.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the matrix: who is first for this event on this track ("all" for every track)."""

    id: int
    event: str
    track: str


@dataclass(frozen=True, slots=True)
class Somebody:
    id: int
    present: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks (None when nobody can), and why, as a message id."""

    member_id: int | None
    reason: str


def clash(lines: Iterable[Line], *, event: str, track: str, but: int | None = None) -> Line | None:
    """The line that already has a first speaker for this event on this track."""
    for line in lines:
        if line.id == but or line.event != event:
            continue
        if line.track == track or EVERY_TRACK in (line.track, track):
            return line
    return None


def is_open(hours: Mapping[str, list[list[str]]], *, weekday: int, clock: str) -> bool:
    """Whether "HH:MM" on this weekday (0 is Monday) falls in these hours; no hours at all means always."""
    return not hours or any(start <= clock < end for start, end in hours.get(str(weekday), []))


def turn(responsible: Somebody | None, *, deputy: Somebody | None, conductor: Somebody | None, opened: bool) -> Turn:
    """The responsible when present and in hours, else the deputy, else the conductor."""
    if responsible and responsible.present and opened:
        return Turn(responsible.id, ON_TIME)
    if deputy and deputy.present:
        return Turn(deputy.id, CLOSED if responsible and responsible.present else ABSENT)
    if conductor and conductor.present:
        return Turn(conductor.id, CONDUCTED)
    return Turn(None, NOBODY)
