"""The simulated public of an exercise, minute by minute: how hot it is, who says what. Pure, and the same for a seed.

`heat` goes from 0 (nobody speaks of it) to 100. Each minute has three people who may speak, drawn in advance: each does
if a number drawn in advance is under what the heat of that minute allows. What the team does only moves the heat and
what people expect, so that two runs of one seed differ by what was done and by nothing else: whatever warms can only
add messages, whatever calms can only take some away.

The shape is ours; the numbers are those of a game, chosen so that an hour of silence is felt. They measure nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from random import Random

SPEEDS = (0, 1, 10, 60)
LONGEST = 72 * 60  # minutes played, after which nothing more is said
SLOTS = 3  # people who may speak in one minute
COLD = 0.05  # under this heat nobody speaks of it
LOUDEST = 0.6  # how likely each is to speak when it is hottest
COOLING, AFTER_WORD, AFTER_HALF_WORD, PER_ANSWER = 0.012, 0.018, 0.015, 0.002  # of the heat, each minute
CONTAGION, AFTER_DENIAL = 0.5, 0.8  # heat that each message adds
SILENCE, PATIENCE = 0.2, 240  # heat that each minute without a word adds, and for how long
TIRED, ASLEEP = 480, 1440  # minutes after which fewer relay, then nobody
APPEASED = 0.35  # how much those who were answered still speak
WARMS: Mapping[str, float] = {"denial": 25, "deletion": 18, "exposed": 22, "promotion": 8, "pasted": 4, "missed": 5}
LEAK, LEAK_AT = 6.0, 30  # staff who were not told by then talk


@dataclass(frozen=True, slots=True)
class Act:
    """What the team did, `minute` after the first message. `what` is word, answer, staff, or a key of WARMS.

    A word has the key of its channel in `where`; an answer the criticism it answers in `about`.
    """

    minute: int
    what: str
    where: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a scenario gives the public: how it begins, what it criticises, and where it speaks.

    `spark` is the heat of the first minutes, which fades with `lasts` minutes; `weights` says how often each criticism
    and each channel comes.
    """

    spark: float
    lasts: float
    criticisms: Mapping[str, int]
    channels: Mapping[str, int]
    people: int
    variants: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the public: the rank of who says it, and of the words."""

    minute: int
    second: int
    slot: int
    person: int
    channel: str
    criticism: str
    variant: int


@dataclass(slots=True)
class Wave:
    """A whole run: the heat of each minute, and everything said."""

    heat: list[float] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def by(self, minutes: int) -> list[int]:
        """How many messages in each stretch of so many minutes."""
        counts = [0] * (-(-len(self.heat) // minutes) or 1)
        for one in self.said:
            counts[one.minute // minutes] += 1
        return counts


@dataclass(slots=True)
class _Mood:
    spoken: bool = False
    whole: bool = False
    denied: bool = False
    told: bool = False
    covered: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    @property
    def cooling(self) -> float:
        base = AFTER_WORD if self.whole else AFTER_HALF_WORD if self.spoken else COOLING
        return base + PER_ANSWER * len(self.answered)


def play(terms: Terms, *, seed: int, acts: Collection[Act], minutes: int) -> Wave:
    """What the public says in the first `minutes`, given what the team did. An act is felt from the next minute on."""
    wave, mood, heat = Wave(), _Mood(), terms.spark / 2
    felt: dict[int, list[Act]] = {}
    for act in sorted(acts, key=lambda one: (one.minute, one.what, one.where, one.about)):
        felt.setdefault(max(0, act.minute), []).append(act)
    for minute in range(min(minutes, LONGEST)):
        slots = range(SLOTS) if heat >= COLD else ()
        drawn = [_slot(terms, Random(f"{seed}:{minute}:{slot}"), minute, slot) for slot in slots]
        spoken = [one for one, luck in drawn if luck < _likely(heat, one.criticism, mood.answered)]
        wave.said += sorted(spoken, key=lambda one: one.second)
        wave.heat.append(heat)
        heat = _next(terms, mood, heat, minute, len(spoken))
        for act in felt.get(minute, ()):
            heat = _feel(terms, mood, heat, act)
        heat = min(100.0, max(0.0, heat))
    return wave


def _slot(terms: Terms, draw: Random, minute: int, slot: int) -> tuple[Said, float]:
    """Who may speak, and how lucky one must be: drawn whole whatever happens, so that runs stay comparable."""
    luck, second, person = draw.random(), draw.randrange(60), draw.randrange(terms.people)
    criticism = draw.choices(list(terms.criticisms), weights=list(terms.criticisms.values()))[0]
    channel = draw.choices(list(terms.channels), weights=list(terms.channels.values()))[0]
    return Said(minute, second, slot, person, channel, criticism, draw.randrange(terms.variants[criticism])), luck


def _likely(heat: float, criticism: str, answered: Collection[str]) -> float:
    return LOUDEST * heat / 100 * (APPEASED if criticism in answered else 1.0)


def _next(terms: Terms, mood: _Mood, heat: float, minute: int, said: int) -> float:
    """The heat of the next minute, before what was done."""
    awake = 1.0 if minute < TIRED else max(0.0, 1 - (minute - TIRED) / (ASLEEP - TIRED))
    relayed = (AFTER_DENIAL if mood.denied else CONTAGION) * said * awake
    silence = SILENCE if not mood.spoken and minute < PATIENCE else 0.0
    leak = LEAK if minute == LEAK_AT and not mood.told else 0.0
    spark = terms.spark * exp(-minute / terms.lasts) / terms.lasts
    return min(100.0, heat * (1 - mood.cooling) + spark + relayed + silence + leak)


def _feel(terms: Terms, mood: _Mood, heat: float, act: Act) -> float:
    """What one act does at once."""
    if act.what in WARMS:
        mood.denied = mood.denied or act.what == "denial"
        return heat + WARMS[act.what]
    if act.what == "staff":
        mood.told = True
    elif act.what == "answer":
        mood.answered.add(act.about)
    elif act.what == "word":
        here = act.where in terms.channels
        again = mood.spoken and (act.where in mood.covered or not here)
        mood.spoken, mood.covered = True, mood.covered | {act.where}
        mood.whole = mood.whole or here
        if again:
            return heat * 0.95
        return heat * (0.97 if not here else 0.75 if act.minute <= 15 else 0.85 if act.minute <= 60 else 0.93)
    return heat


def loudest(counts: Sequence[int]) -> int:
    """The rank of the loudest stretch; the first when several are."""
    return max(range(len(counts)), key=lambda rank: (counts[rank], -rank))
