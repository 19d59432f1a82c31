"""The holding word: what is known, what is not, when we speak again; and what it is read for before it leaves. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pupitre.judge.denial import telling

N_ = str
HOUR = re.compile(r"\b\d{1,2}\s?(?:h|:|\.)\s?\d{0,2}\b|\b\d{1,2}\s?(?:am|pm)\b", re.IGNORECASE)
UNKNOWN = re.compile(
    r"ne savons pas|ignorons|pas encore|vérifi|cherch|nous regardons|not know|do not yet|checking|looking into|unknown",
    re.IGNORECASE,
)
PARTS: Mapping[str, str] = {
    "known": N_("what is known"), "unknown": N_("what is not"), "next": N_("what comes next, and its hour"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """The sentences of one language; `{…}` are filled from the ledger."""

    known: str
    known_nothing: str
    unknown: str
    unknown_cause: str
    sorry: str
    next: str


FRAMES: Mapping[str, Frame] = {
    "fr": Frame(
        "Voici ce que nous savons. {facts}", "Nous avons vu vos messages et nous vérifions ce qui se passe.",
        "Nous ne savons pas encore : {facts}", "Nous n’en connaissons pas encore la cause ; nous la cherchons.",
        "Nous vous présentons nos excuses.", "Nous vous redisons où nous en sommes ici, à {hour}.",
    ),
    "en": Frame(
        "Here is what we know. {facts}", "We have read your messages and we are checking what is happening.",
        "We do not know yet: {facts}", "We do not know the cause yet; we are looking for it.",
        "We apologise to you.", "We will speak again here at {hour}.",
    ),
}  # fmt: skip


def holding(
    language: str, *, confirmed: Sequence[str], checking: Sequence[str], hour: str, sorry: bool
) -> str:  # fmt: skip
    """A first word in minutes, from the facts: nothing in it that the ledger does not hold."""
    frame = FRAMES["fr" if language == "fr" else "en"]
    lines = [
        frame.known.format(facts=" ".join(_sentence(one) for one in confirmed)) if confirmed else frame.known_nothing,
        frame.unknown.format(facts=" ".join(_sentence(one) for one in checking)) if checking else frame.unknown_cause,
    ]
    if sorry and confirmed:
        lines.append(frame.sorry)
    return "\n".join((*lines, frame.next.format(hour=hour)))


def parts(text: str, *, confirmed: Sequence[str]) -> dict[str, bool]:
    """Which of the three things this word says."""
    words = telling(text)
    known = any(len(words & telling(fact)) >= min(2, max(1, len(telling(fact)))) for fact in confirmed)
    return {
        "known": known or not confirmed, "unknown": bool(UNKNOWN.search(text)), "next": bool(HOUR.search(text)),
    }  # fmt: skip


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
