"""The judge's front door: text in, verdict with reasons out. No framework, no network."""

from __future__ import annotations

from .corrections import corrected, nearest_correction
from .rules import see, verdict
from .verdict import Context, Engine, Verdict

_NOTHING_KNOWN = Context()

# A vector and the centre it is measured from.
Meaning = tuple[tuple[float, ...], tuple[float, ...]]


def judge(text: str, context: Context | None = None, *, engine: Engine = "rules") -> Verdict:
    """Judge one text in French or English.

    `engine` is "rules" (instant) or "local" (rules, embedding and a small trained head; without the embedding
    package or the head it answers by the rules and raises the flag "rules_only"). Never raises on a text.
    """
    known = context or _NOTHING_KNOWN
    seen = see(text, known)
    if engine == "rules":
        return _as_decided(text, verdict(text, seen), known)
    from .local import judged, meaning

    return _as_decided(text, judged(text, seen), known, meaning(text, seen) if known.corrections else None)


def _as_decided(text: str, found: Verdict, known: Context, meaning: Meaning | None = None) -> Verdict:
    """What a person decided about this text, or a near one, comes before what the judge thinks."""
    if not known.corrections:
        return found
    vector, centre = meaning or (None, None)
    decided = nearest_correction(text, known.corrections, vector=vector, centre=centre)
    return found if decided is None else corrected(found, text, decided)
