"""Two tracks on the same channel the same day: whoever follows it hears two logics at once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

N_ = str
# How a track is named in a sentence: the people it speaks to.
TRACKS = {
    "b2c": N_("private persons"),
    "b2b": N_("people at work"),
    "public": N_("citizens and users"),
    "employer": N_("people to hire"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message: its channel, its local day, the track of its objective ("" without one), its post."""

    channel_id: int
    day: date
    track: str
    post_id: int


@dataclass(frozen=True, slots=True)
class Collision:
    """A channel on a day with its tracks, in the order they are first heard, and the last post that came there."""

    channel_id: int
    day: date
    tracks: tuple[str, ...]
    post_id: int


def collisions(spoken: Iterable[Spoken]) -> list[Collision]:
    """Every channel and day where two tracks or more speak, in the order given."""
    heard: dict[tuple[int, date], dict[str, int]] = {}
    for one in spoken:
        if one.track:
            heard.setdefault((one.channel_id, one.day), {}).setdefault(one.track, one.post_id)
    return [
        Collision(channel_id, day, tuple(tracks), list(tracks.values())[-1])
        for (channel_id, day), tracks in heard.items() if len(tracks) > 1
    ]  # fmt: skip
