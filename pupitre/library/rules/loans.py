"""Pictures that other people made: from the question to the proof. Pure."""

from datetime import date

from pupitre.core.rules.refusals import Fault

N_ = str
STATES = {
    "asked": N_("Asked, no answer yet"), "granted": N_("Lent"), "refused": N_("Refused"), "ended": N_("Taken back"),
}  # fmt: skip
ASKS = N_(
    "Hello %(author)s, we like your picture (%(source)s). May we show it on our accounts, with your name? "
    "You can say no, and take your yes back at any time."
)


def asking_faults(author: str, source: str, words: str) -> list[Fault]:
    """A picture without its author or its source is not shown again."""
    faults = []
    if not author.strip():
        faults.append(Fault("author", N_("Say who made it.")))
    if not source.strip():
        faults.append(Fault("source", N_("Say where you saw it: without a source, nothing is shown again.")))
    if not words.strip():
        faults.append(Fault("asked", N_("Keep the words of your request.")))
    return faults


def granting_faults(scope: str, proof: str, until: date | None, *, today: date) -> list[Fault]:
    """A yes that nobody can show is not a permission."""
    faults = []
    if not proof.strip():
        faults.append(Fault("proof", N_("Say where the written yes is: a message, a paper, a capture.")))
    if not scope.strip():
        faults.append(Fault("scope", N_("Say for what it is lent.")))
    if until is not None and until < today:
        faults.append(Fault("until", N_("This permission has already ended.")))
    return faults


def tags_in(text: str, *, most: int = 12) -> list[str]:
    """Words separated by commas, in small letters, once each: "Four, pain" is ["four", "pain"]."""
    words = (" ".join(word.strip().lstrip("#").casefold().split())[:40] for word in text.split(","))
    return list(dict.fromkeys(word for word in words if word))[:most]
