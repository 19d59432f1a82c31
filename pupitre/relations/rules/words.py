"""The words of relations: purposes, stages, affinity, and the quality of one tie in four words. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

N_ = str

PURPOSES = {
    "be_contacted": N_("Be written to"),
    "be_introduced": N_("Be introduced"),
    "introduce_others": N_("Introduce others"),
    "appear_in_directory": N_("Appear in the directory"),
}
CHANNELS = {
    "": N_("Any way"), "mail": N_("By mail"), "phone": N_("By telephone"), "network": N_("On the networks"),
}  # fmt: skip
AFFINITIES = {
    "unknown": N_("Unknown"), "acquaintance": N_("Acquaintance"), "regular": N_("Regular"), "ally": N_("Ally"),
}  # fmt: skip
RELATIONS = {
    "": N_("Not said"), "client": N_("Client"), "partner": N_("Partner"), "hire": N_("Future colleague"),
    "press": N_("Press"), "institution": N_("Institution"),
}  # fmt: skip
STAGES = {
    "": N_("Not said"), "first": N_("First words"), "talking": N_("In discussion"), "agreed": N_("Agreed"),
    "resting": N_("At rest"),
}  # fmt: skip
STRENGTHS = {
    "picks_up": N_("picks up when I call"), "worked_together": N_("we worked together"),
    "acquainted": N_("we know each other"), "met_once": N_("met once"),
}  # fmt: skip
OUTCOMES = {"work": N_("Work followed"), "exchange": N_("A good exchange"), "nothing": N_("Nothing yet")}
RECENT, YEAR = timedelta(days=92), timedelta(days=365)


@dataclass(frozen=True)
class Quality:
    """What one tie is worth, in four words: message ids, never a number, never a rank."""

    fit: str
    strength: str
    freshness: str
    reciprocity: str


def quality(*, about: str, audiences: str, strength: str, last_exchange: date, both_ways: bool, today: date) -> Quality:
    """`about` is who the person is (role, employer, place), `audiences` whom the objectives are for."""
    near = {word for word in tokens(about) if len(word) > 3} & {word for word in tokens(audiences) if len(word) > 3}
    silence = today - last_exchange
    fresh = N_("recent") if silence <= RECENT else N_("this year") if silence <= YEAR else N_("long ago")
    return Quality(
        fit=N_("near an objective") if near else N_("near no objective"), strength=STRENGTHS[strength],
        freshness=fresh, reciprocity=N_("both ways") if both_ways else N_("one way"),
    )  # fmt: skip


def fold(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text)).split()


def says(text: str, wanted: str) -> bool:
    """Whether every word of `wanted` begins a word of `text`; nothing is never said."""
    said, sought = tokens(text), tokens(wanted)
    return bool(sought) and all(any(word.startswith(one) for word in said) for one in sought)
