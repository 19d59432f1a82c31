"""The rules engine: a lexicon, a score, a verdict, all in well under a millisecond."""

from __future__ import annotations

from typing import Final, NamedTuple

from .evidence import Evidence, Reading, read
from .language import SHORT, detect
from .lexicon import LANGUAGES, lexicon
from .scoring import ENOUGH, SECOND, Score, score
from .text import tokens
from .verdict import POLARITY_OF, SURE, Context, Kind, Reason, Verdict

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
_NOTHING_SEEN: Final = 0.5
RESERVE: Final = 0.8
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


def verdict(text: str, seen: Seen) -> Verdict:
    """The verdict of the rules alone."""
    (first, best), (second, next_best) = seen.score.ranked()[:2]
    if best < ENOUGH:
        first, second, confidence = "other", first, _NOTHING_SEEN if best == 0 else 0.4
    else:
        confidence = best / (best + next_best + RESERVE)
    second_kind = second if next_best >= SECOND and best >= ENOUGH else None
    flags = seen.score.flags
    return Verdict(
        language=seen.language,
        kind=first,
        second_kind=second_kind,
        polarity=POLARITY_OF[first],
        confidence=round(confidence, 3),
        flags=flags,
        needs_human=needs_human(first, confidence, flags),
        reasons=reasons(text, seen.reading.evidence, first, second_kind),
        engine="rules",
        version=seen.version,
    )


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
