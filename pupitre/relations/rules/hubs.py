"""The law of groups and of the experts' shelf: postures and their work, what is said before either is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pupitre.core.rules.refusals import Fault
from pupitre.relations.rules.words import tokens

N_ = str

OPENNESS = {"open": N_("Open to all"), "closed": N_("Closed: what is said there stays there")}
POSTURES = {
    "join": N_("Join: listen and help"), "animate": N_("Animate: bring subjects to somebody else’s group"),
    "create": N_("Create: hold it, with its rules and moderators"),
}  # fmt: skip
LEAST_HOURS: Mapping[str, Decimal] = {"join": Decimal("0.25"), "animate": Decimal(1), "create": Decimal(2)}
"""Hours a week below which a posture is a promise that is not kept: an assumption, to be corrected by one's own log."""

BASES = {
    "agreement": N_("She agreed, and this is the proof"), "office": N_("She holds this office publicly"),
    "contract": N_("A contract with us"), "interest": N_("Our legitimate interest, weighed in the register"),
}  # fmt: skip
OUTCOMES = {"came": N_("It came"), "not": N_("It did not come")}
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Hub:
    """A group as somebody proposes it. `hours` a week; `moderators` how many people of the house watch over it."""

    name: str
    place: str
    openness: str
    posture: str
    aim: str
    rules: str
    cadence: str
    hours: Decimal
    exit: str
    review_on: date | None
    moderators: int


def faults(hub: Hub, *, today: date) -> list[Fault]:
    """What is missing before a group may be kept."""
    empty = {
        "name": N_("Name the group."), "place": N_("Say where it meets."),
        "aim": N_("Say what you do there, and for whom."), "cadence": N_("Say how often."),
        "exit": N_("Say what would make you leave: a group without an exit is never left."),
    }  # fmt: skip
    found = [Fault(key, words) for key, words in empty.items() if not getattr(hub, key).strip()]
    if hub.openness not in OPENNESS:
        found.append(Fault("openness", N_("Choose one of these.")))
    if hub.posture not in POSTURES:
        return [*found, Fault("posture", N_("Choose one of these."))]
    if not LEAST_HOURS[hub.posture] <= hub.hours <= 60:
        found.append(Fault("hours", _hours(hub.posture)))
    if hub.posture == "create" and not hub.rules.strip():
        found.append(Fault("rules", N_("Write the group’s rules: its members read them before they enter.")))
    if hub.posture == "create" and not hub.moderators:
        found.append(Fault("moderators", N_("Name who moderates it.")))
    if hub.review_on is None or not today < hub.review_on <= today + FARTHEST:
        found.append(Fault("review_on", N_("Say on which day of the coming year you look at it again.")))
    return found


def _hours(posture: str) -> str:
    return {
        "join": N_("Joining takes a quarter of an hour a week at least."),
        "animate": N_("Animating takes one hour a week at least."),
        "create": N_("Holding a group takes two hours a week at least."),
    }[posture]


def expert_faults(*, topic: str, evidence: str, basis: str, basis_words: str) -> list[Fault]:
    """An expert without evidence or basis is a rumour, or a file on somebody: neither is kept."""
    found = [Fault("topic", N_("Say what she knows."))] if not topic.strip() else []
    if len(evidence.strip()) < 5:
        found.append(Fault("evidence", N_("Say where it can be seen: an article, a work, a talk.")))
    if basis not in BASES:
        found.append(Fault("basis", N_("Say why you may keep this: without a basis, nothing is kept.")))
    if len(basis_words.strip()) < 5:
        found.append(Fault("basis_words", N_("Write what shows it: a mail, an office, a contract, a weighing.")))
    return found


def knows(topic: str, subject: str) -> bool:
    """Whether a subject, in anybody's words, is about this topic: one telling word of it, however it ends."""
    stems = {word[: max(4, len(word) - 2)] for word in tokens(topic) if len(word) > 3}
    return any(word.startswith(stem) for word in tokens(subject) for stem in stems)
