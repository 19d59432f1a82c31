"""Who can do what, beside what the plan wants: a skill wanted and not held is a gap, to be learnt or bought. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

N_ = str
SKILLS: Mapping[str, str] = {
    "writing": N_("Writing"), "image": N_("Images"), "video": N_("Video"), "search": N_("Being found"),
    "moderation": N_("Moderation"), "law": N_("Law of images and data"), "data": N_("Figures"),
    "crisis": N_("Crisis"),
}  # fmt: skip
LEVELS: Mapping[int, str] = {
    0: N_("Not at all"), 1: N_("With help"), 2: N_("Alone"), 3: N_("Could teach it"),
}  # fmt: skip
HELD = 2  # from this level on, somebody does it alone
WAYS: Mapping[str, str] = {"training": N_("Learn it"), "outsourcing": N_("Buy it")}
# What a network shows first, read from what its channel can do; a list in a rule, so that no network is named.
IMAGES, VIDEO = "image", "video"
CONVERSE = frozenset({"comments", "mentions", "dms", "reviews", "reply"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What the plan holds, as far as skills go. `texts` are the words of objectives, charters and operations."""

    channels: int
    capabilities: Collection[str]
    texts: str
    objectives: int
    site: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A skill that the plan wants, and why, as a message id."""

    skill: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One skill: whether it is wanted and why, the best level, and whether it is a gap."""

    skill: str
    why: str
    best: int
    gap: bool


def needs(plan: Plan) -> list[Need]:
    """What the plan wants of people, in the order of SKILLS."""
    words = plan.texts.lower()
    found: dict[str, str] = {}
    if plan.channels:
        found["writing"] = N_("A channel is open: somebody writes.")
        found["crisis"] = N_("A channel is open: the tone may rise.")
    if plan.capabilities and CONVERSE & set(plan.capabilities):
        found["moderation"] = N_("People answer on your channels.")
    if any(word in words for word in ("photo", "image", "picture", "visuel")):
        found["image"] = N_("The plan speaks of images.")
        found["law"] = N_("Images show people and belong to somebody.")
    if any(word in words for word in ("vidéo", "video", "film", "tourn", "reel", "direct")):
        found["video"] = N_("The plan speaks of video.")
        found["law"] = N_("Images show people and belong to somebody.")
    if plan.site:
        found["search"] = N_("You have a site: it must be found.")
    if plan.objectives:
        found["data"] = N_("An objective has a figure: somebody reads it.")
    return [Need(key, found[key]) for key in SKILLS if key in found]


def matrix(wanted: Sequence[Need], levels: Iterable[tuple[str, int]]) -> list[Row]:
    """Each skill, wanted or not, with the best level that anybody has."""
    best: dict[str, int] = {}
    for skill, level in levels:
        best[skill] = max(level, best.get(skill, 0))
    why = {one.skill: one.why for one in wanted}
    return [Row(key, why.get(key, ""), best.get(key, 0), key in why and best.get(key, 0) < HELD) for key in SKILLS]
