"""The score sheet of an exercise: what was seen, line by line, each with the sentence that explains it. Pure.

No total: an early word does not make up for a denial. `passed` asks for each of the lines that count.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pupitre.training.rules.wave import Act, Wave, loudest

N_ = str
FIRST_WORD, LATE_WORD = 15, 60  # minutes
STRETCH = 10  # minutes of one point of the curve
ENOUGH = 0.8  # of the criticisms
PUBLICS = ("staff", "customers", "partners", "press", "authorities")  # crisis/rules/audiences.py


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `met` is yes, partly or no; `name` and `why` are message ids, filled with `params`."""

    key: str
    name: str
    met: str
    figure: str
    why: str
    params: Mapping[str, Any]
    counts: bool = True  # whether passing asks for it


@dataclass(frozen=True, slots=True)
class Played:
    """What the team did, as the rooms wrote it down. Minutes since the first message; None is never."""

    acts: Sequence[Act]
    told: Mapping[str, int]  # public -> minute
    settled: Collection[str]  # criticisms answered, or left with a reason written in the room
    attacked: Collection[str]  # channels where people speak of it
    asked: Sequence[str]  # criticisms that want an answer


def first_word(acts: Collection[Act]) -> int | None:
    return min((one.minute for one in acts if one.what == "word"), default=None)


def lines(played: Played) -> list[Line]:
    """The sheet, in the order in which a crisis is handled."""
    return [
        _word(played), _staff(played), _denials(played), _criticisms(played), _publics(played), _places(played),
        *_others(played),
    ]  # fmt: skip


def passed(sheet: Sequence[Line]) -> bool:
    """Whether this run shows what the certificate says: no line that counts is a no, and at most one is partly."""
    counted = [one.met for one in sheet if one.counts]
    return "no" not in counted and counted.count("partly") <= 1


def _word(played: Played) -> Line:
    at = first_word(played.acts)
    name = N_("First word")
    if at is None:
        why = N_("Nobody heard from you: people filled the silence themselves.")
        return Line("word", name, "no", "–", why, {})
    if at <= FIRST_WORD:
        return Line("word", name, "yes", f"{at} min", N_("Within a quarter of an hour, before guesses took hold."), {})
    why = N_("%(minutes)s minutes of silence: each of them was filled with guesses.")
    return Line("word", name, "partly" if at <= LATE_WORD else "no", f"{at} min", why, {"minutes": at})


def _staff(played: Played) -> Line:
    at, word = played.told.get("staff"), first_word(played.acts)
    name = N_("Our own people first")
    if at is None:
        return Line("staff", name, "no", "–", N_("Your own people learnt it from outside."), {})
    if word is None or at <= word:
        return Line(
            "staff", name, "yes", f"{at} min", N_("They knew before the public: none was caught unprepared."), {}
        )
    why = N_("Told %(minutes)s minutes after the public: those at the counter had nothing to say meanwhile.")
    return Line("staff", name, "partly", f"{at} min", why, {"minutes": at - word})


def _denials(played: Played) -> Line:
    count = sum(one.what == "denial" for one in played.acts)
    name = N_("Denials avoided")
    if not count:
        return Line("denials", name, "yes", "0", N_("Nothing that everybody could see was denied."), {})
    at = min(one.minute for one in played.acts if one.what == "denial")
    why = N_("At minute %(minute)s, something that everybody could see was denied: the wave rose again at once.")
    return Line("denials", name, "no", str(count), why, {"minute": at})


def _criticisms(played: Played) -> Line:
    done = {one.about for one in played.acts if one.what == "answer"} | set(played.settled)
    answered = [key for key in played.asked if key in done]
    name, figure = N_("Distinct criticisms answered"), f"{len(answered)} / {len(played.asked)}"
    if len(answered) == len(played.asked):
        return Line("criticisms", name, "yes", figure, N_("Each has its answer or its reason."), {})
    met = "partly" if len(answered) >= ENOUGH * len(played.asked) else "no"
    why = N_("%(left)s went without an answer: whoever said it goes on saying it.")
    return Line("criticisms", name, met, figure, why, {"left": len(played.asked) - len(answered)})


def _publics(played: Played) -> Line:
    told = [one for one in PUBLICS if one in played.told]
    name, figure = N_("Publics told"), f"{len(told)} / {len(PUBLICS)}"
    if len(told) == len(PUBLICS):
        return Line("publics", name, "yes", figure, N_("Each public heard it from you."), {})
    why = N_("%(left)s heard it from others.")
    met = "partly" if len(told) >= len(PUBLICS) - 1 else "no"
    return Line("publics", name, met, figure, why, {"left": len(PUBLICS) - len(told)})


def _places(played: Played) -> Line:
    spoken = {one.where for one in played.acts if one.what == "word"}
    covered = [one for one in played.attacked if one in spoken]
    name, figure = N_("Where it is said"), f"{len(covered)} / {len(played.attacked)}"
    if len(covered) == len(played.attacked):
        return Line("places", name, "yes", figure, N_("You spoke in each place where people spoke of it."), {})
    met = "partly" if covered else "no"
    return Line("places", name, met, figure, N_("Some of those who speak of it did not see your word."), {})


OTHERS: Mapping[str, tuple[str, str]] = {
    "deletion": (N_("Criticisms hidden"), N_("A criticism that is hidden is copied, and said louder.")),
    "promotion": (N_("Promotion sent"), N_("Selling while people complain reads as not listening.")),
    "exposed": (N_("A name exposed"), N_("The person who was to be protected was named once more.")),
    "pasted": (N_("Answers pasted"), N_("The same words under each complaint read as a machine.")),
    "missed": (N_("Words promised and missed"), N_("An hour that is promised and missed costs more than no promise.")),
}  # fmt: skip


def _others(played: Played) -> list[Line]:
    """What only appears when it happened; a missed promise is said and does not fail."""
    found = []
    for key, (name, why) in OTHERS.items():
        count = sum(one.what == key for one in played.acts)
        if count:
            heavy = key in {"deletion", "exposed"}
            found.append(Line(key, name, "no" if heavy else "partly", str(count), why, {}, counts=heavy))
    return found


def as_json(played: Played, wave: Wave, silent: Wave) -> dict[str, Any]:
    """The sheet as it is kept: lines, curves by stretch of ten minutes, acts; `silent` is the same public had nobody
    done anything, played by the same rules."""
    curve = wave.by(STRETCH)
    return {
        "lines": [asdict(one) for one in lines(played)],
        "curve": curve, "silent": silent.by(STRETCH), "said": len(wave.said), "silent_said": len(silent.said),
        "peak": max(curve), "peak_at": loudest(curve) * STRETCH,
        "acts": [{"minute": one.minute, "what": one.what, "where": one.where, "about": one.about}
                 for one in played.acts],
    }  # fmt: skip
