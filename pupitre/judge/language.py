"""Which language a post is in: a detector of n-grams, helped by the small words on short or badly spelt texts."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol

from .data import words_of
from .text import stripped, tokens

# Small words of each language; those that both have say nothing.
FRENCH: Final = words_of("small-words.yaml", "fr")
ENGLISH: Final = words_of("small-words.yaml", "en")
_BOTH: Final = FRENCH & ENGLISH
# Small French words that are also Spanish, Italian, Portuguese or Catalan.
_ROMANCE: Final = words_of("small-words.yaml", "romance")
SHORT: Final = 3
_CHATTER: Final = 0.2
# Under this many letters another language than ours is more often a mistake than a fact.
_UNSURE: Final = 36


class _Detector(Protocol):
    def detect(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _detectors() -> tuple[_Detector, _Detector] | None:
    """A detector of every language and one of ours only, or nothing when the package is absent."""
    try:
        import eldc
    except ImportError:
        return None
    eldc.init()
    ours = eldc.instance()
    ours.set_languages(["fr", "en"])
    return eldc.instance(), ours


def detect(text: str, *, fallback: str | None = None) -> str:
    """ISO 639-1 code of the text; under three words the thread's language (`fallback`) is kept when known."""
    plain = stripped(text)
    words = [t.text for t in tokens(plain)[0] if t.text[0].isalpha()]
    if not words or (len(words) < SHORT and fallback):
        return fallback or "und"
    return _by_small_words(words) or _by_letters(plain, short=len(words) < SHORT)


def _by_small_words(words: list[str]) -> str | None:
    french = sum(w in FRENCH and w not in _BOTH and w not in _ROMANCE for w in words)
    english = sum(w in ENGLISH and w not in _BOTH for w in words)
    if max(french, english) < max(2, _CHATTER * len(words)) or abs(french - english) < 2:
        return None
    return "fr" if french > english else "en"


def _by_letters(text: str, *, short: bool) -> str:
    detectors = _detectors()
    if detectors is None:
        return "fr"
    every, ours = detectors
    code = every.detect(text)
    if code in ("fr", "en"):
        return code
    if short or len(text) < _UNSURE:
        code = ours.detect(text)
        return code if code != "und" else "fr"
    return code
