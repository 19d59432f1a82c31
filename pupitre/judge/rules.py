"""The rules engine: a lexicon, a score, the cues of ordinary words, a verdict, all in well under a millisecond."""

from __future__ import annotations

from typing import Final, NamedTuple

from .cues import hints, known, shares
from .evidence import Evidence, Reading, read
from .language import SHORT, detect
from .lexicon import LANGUAGES, lexicon
from .scoring import ENOUGH, SECOND, Score, score
from .text import tokens
from .verdict import KINDS, POLARITY_OF, SURE, Context, Kind, Reason, Verdict

# Flags that always ask for a person, however sure the judge is.
FOR_A_PERSON: Final = frozenset(
    {
        "sarcasm_possible",
        "health",
        "legal",
        "data",
        "media",
        "hate",
        "threat",
        "unsupported_language",
        "crisis_possible",
    }
)
# Nothing met that the judge knows: "other", and a person reads.
_NOTHING_SEEN: Final = 0.5
RESERVE: Final = 0.8
# "Bravo, third breakdown this week": when the rules see it, what the words say on their face counts less.
IRONY_WEIGHT: Final = 4.0
RULES_POWER: Final = 0.5
RULES_FLOOR: Final = 0.3
SECOND_SHARE: Final = 0.2
# A crisis that comes close without winning is still shown to a person.
CRISIS_SHARE: Final = 0.15
# What an organisation wrote in its own lexicon is its decision, not an argument.
_OWN_WEIGHT: Final = 20.0
# No phrase of the lexicon speaks of harm: ordinary words alone must then be this sure of it.
_HARM_ALONE: Final = 0.5
# Until then the best of the other kinds keeps the first place.
_HARM_DOUBT: Final = 0.9
_HARM: Final[tuple[Kind, ...]] = ("crisis", "abuse", "spam")
CUES: Final = "cues"
_HINTS_SHOWN: Final = 3
_FEW_LETTERS: Final = 60


class Seen(NamedTuple):
    """All that the rules know of one text; the local engine builds on it."""

    language: str
    version: str
    reading: Reading
    score: Score


def see(text: str, context: Context) -> Seen:
    """Read and score a text with the lexicon of its language; of the organisation's, for another language."""
    language = detect(text, fallback=context.language)
    if context.language is None and len(text) <= _FEW_LETTERS:
        language = _of_few_words(text, context) or language
    spoken = language if language in LANGUAGES else context.language if context.language in LANGUAGES else "fr"
    words = lexicon(spoken, context.terms)
    reading = read(text, words, names=context.names)
    scored = score(text, reading)
    if language not in (*LANGUAGES, "und"):
        scored = Score(scored.of, tuple(sorted({*scored.flags, "unsupported_language"})))
    return Seen(language, f"{spoken}-{words.version}", reading, scored)


def _of_few_words(text: str, context: Context) -> str | None:
    """Two words alone may be either language: the one whose lexicon knows them, when only one does."""
    if not 0 < sum(t.text[0].isalpha() for t in tokens(text)[0]) < SHORT:
        return None
    known = [code for code in LANGUAGES if read(text, lexicon(code, context.terms), names=context.names).evidence]
    return known[0] if len(known) == 1 else None


def spoken(seen: Seen) -> str:
    """The language whose words and centre serve: the judge knows two."""
    return "en" if seen.language == "en" else "fr"


def weighed(believed: dict[Kind, float], seen: Seen, *, crisis: float = 1.0) -> dict[Kind, float]:
    """Shares drawn towards what the lexicon says plainly: it knows idioms, and a corrected lexicon counts."""
    said = seen.score.of
    whole = sum(said.values()) + RESERVE
    drawn = {kind: share * (RULES_FLOOR + said[kind] / whole) ** RULES_POWER for kind, share in believed.items()}
    drawn["crisis"] *= crisis
    if "sarcasm_possible" in seen.score.flags:
        drawn["complaint"] *= IRONY_WEIGHT
    whole = sum(drawn.values())
    return {kind: share / whole for kind, share in drawn.items()}


def verdict(text: str, seen: Seen) -> Verdict:
    """The verdict of the rules alone."""
    believed = _believed(text, seen)
    ranked = sorted(KINDS, key=lambda kind: -believed[kind])
    first = ranked[0]
    second = _second(first, ranked[1], believed, seen)
    flags = seen.score.flags
    if first != "crisis" and believed["crisis"] >= CRISIS_SHARE:
        flags = tuple(sorted({*flags, "crisis_possible"}))
    return Verdict(
        language=seen.language,
        kind=first,
        second_kind=second,
        polarity=POLARITY_OF[first],
        confidence=round(believed[first], 3),
        flags=flags,
        needs_human=needs_human(first, believed[first], flags),
        reasons=_explained(text, seen, first, second),
        engine="rules",
        version=seen.version,
    )


def _believed(text: str, seen: Seen) -> dict[Kind, float]:
    """The share of each kind: by the lexicon and the cues; by the lexicon alone in a language the judge can't read."""
    said = seen.score.of
    if "unsupported_language" in seen.score.flags or not known(seen.reading.words, spoken(seen)):
        return _by_lexicon(said)
    believed = weighed(shares(text, seen, spoken(seen)), seen)
    for item in seen.reading.evidence:
        if item.group.name.startswith("own."):
            believed = {k: v * (_OWN_WEIGHT if k == item.argues else 1.0) for k, v in believed.items()}
    if "mixed" in seen.score.flags and said["complaint"] >= said["praise"]:
        believed["complaint"] = max(believed["complaint"], believed["praise"])
    for kind in _HARM:
        if said[kind] < ENOUGH and believed[kind] < _HARM_ALONE:
            believed[kind] = min(believed[kind], _HARM_DOUBT * max(v for k, v in believed.items() if k not in _HARM))
    whole = sum(believed.values())
    return {kind: share / whole for kind, share in believed.items()}


def _by_lexicon(said: dict[Kind, float]) -> dict[Kind, float]:
    """What the lexicon says, with a reserve; "other" when it says next to nothing."""
    whole = sum(said.values()) + RESERVE
    believed = {kind: score / whole for kind, score in said.items()}
    if max(said.values()) < ENOUGH:
        believed["other"] = max(believed["other"], _NOTHING_SEEN)
    return believed


def _second(first: Kind, next_one: Kind, believed: dict[Kind, float], seen: Seen) -> Kind | None:
    """The kind that nearly won, or the one that the lexicon says plainly."""
    if believed[next_one] >= SECOND_SHARE:
        return next_one
    plain = [kind for kind, score in seen.score.ranked() if kind != first and score >= SECOND]
    return plain[0] if plain else None


def _explained(text: str, seen: Seen, kind: Kind, second: Kind | None) -> tuple[Reason, ...]:
    """The phrases of the lexicon; when none argues for the kind, the words that pushed most towards it."""
    why = reasons(text, seen.reading.evidence, kind, second)
    if kind == "other" or any(reason.argues_for == kind for reason in why):
        return why
    most = sorted(hints(seen.reading.words, spoken(seen), kind), key=lambda hint: -hint.push)[:_HINTS_SHOWN]
    return (*why, *(Reason(f"{CUES}.{kind}", h.start, h.end, text[h.start : h.end], kind) for h in sorted(most)))


def needs_human(kind: Kind, confidence: float, flags: tuple[str, ...]) -> bool:
    """Whether a person must read before anything is shown as settled."""
    return kind == "crisis" or confidence < SURE or not FOR_A_PERSON.isdisjoint(flags)


def reasons(text: str, evidence: list[Evidence], kind: Kind, second: Kind | None) -> tuple[Reason, ...]:
    """The phrases that argue for the kinds retained, or that raise a flag, in the order of the text."""
    kept = [e for e in evidence if e.argues in (kind, second) or e.group.flag]
    return tuple(
        Reason(f"{e.group.name}{'.negated' if e.negated else ''}", e.start, e.end, text[e.start : e.end], e.argues)
        for e in kept
    )
