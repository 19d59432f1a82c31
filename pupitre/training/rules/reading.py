"""What the team's words and gestures are to the public: a word, a denial, an answer, a promotion. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pupitre.judge.denial import telling
from pupitre.ledger.rules.saying import Line, denied
from pupitre.training.rules.scenarios import Scenario
from pupitre.training.rules.wave import Act

SAME_WORDS = 3  # the same answer this many times is pasted
GRACE = 5  # minutes after a promised hour


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that left. `kind` is post, reply or statement; `under` is the id of the message answered, if any."""

    minute: int
    kind: str
    text: str
    channel: str
    promotional: bool
    under: str = ""
    promised: int | None = None  # the minute at which the next word is promised


def remote_id(channel: str, criticism: str, minute: int, slot: int) -> str:
    """The id of one message of the public: it tells which criticism it is."""
    return f"{channel}.{criticism}.{minute}.{slot}"


def criticism_in(remote_id: str, scenario: Scenario) -> str:
    """Which criticism a message is, by its id; empty when it is not of this exercise."""
    parts = remote_id.split(".")
    return parts[1] if len(parts) == 4 and parts[1] in scenario.criticisms else ""


def read(spoken: Sequence[Spoken], scenario: Scenario, *, language: str) -> list[Act]:
    """The acts that these messages are, in order."""
    acts: list[Act] = []
    answers: dict[str, int] = {}
    for one in sorted(spoken, key=lambda each: each.minute):
        acts += _one(one, scenario, language=language)
        if one.kind == "reply":
            answers[one.text] = answers.get(one.text, 0) + 1
            if answers[one.text] >= SAME_WORDS:
                acts.append(Act(one.minute, "pasted", one.channel))
    return acts


def _one(one: Spoken, scenario: Scenario, *, language: str) -> list[Act]:
    found = []
    if denies(one.text, scenario, language=language):
        found.append(Act(one.minute, "denial", one.channel))
    if any(name.lower() in one.text.lower() for name in scenario.never):
        found.append(Act(one.minute, "exposed", one.channel))
    if found:
        return found
    if one.kind == "reply":
        about = criticism_in(one.under, scenario)
        return [Act(one.minute, "answer", one.channel, about)] if about else []
    if one.kind == "statement" or (not one.promotional and _about(one.text, scenario)):
        return [Act(one.minute, "word", one.channel)]
    return [Act(one.minute, "promotion", one.channel)]


def denies(text: str, scenario: Scenario, *, language: str) -> bool:
    """Whether these words deny what everybody can see. A rumour has nothing evident: it may be denied."""
    known = [Line(rank, fact, "confirmed") for rank, fact in enumerate(scenario.evident)]
    return bool(known) and denied(text, known, language=language) is not None


def _about(text: str, scenario: Scenario) -> bool:
    return bool(scenario.criticism_of(text)) or any(
        len(telling(text) & telling(fact)) >= 2 for fact in scenario.evident
    )


def missed(spoken: Iterable[Spoken], *, now: int) -> list[Act]:
    """Promised hours at which nothing came, by `now`."""
    words = sorted((one for one in spoken if one.kind == "statement"), key=lambda one: one.minute)
    found = []
    for one in words:
        if one.promised is None:
            continue
        end = one.promised + GRACE
        kept = any(one.minute < other.minute <= end for other in words)
        if not kept and end < now:
            found.append(Act(end, "missed"))
    return found
