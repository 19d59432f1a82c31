"""The gate: three questions asked before anything else, and what an objective needs to be complete.

An answer is judged clause by clause. A clause that imitates, follows fashion, obeys an order or only wants to be
present says nothing about a public or a change: it is set aside, and what remains must stand alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from . import lexicon, words

Question = Literal["what_for", "about_what", "just_to_be_there", "wished_change", "target_public", "measure"]
Language = Literal["fr", "en"]

N_ = str  # marks a message id for the catalogues
QUESTIONS: tuple[Question, ...] = ("what_for", "about_what", "just_to_be_there")
MINIMUM_CHARACTERS = 20
SHORT_FIELD_CHARACTERS = 8
UNKNOWN_BASELINE = frozenset({"unknown", "inconnu", "inconnue", "?"})
COMPLETENESS = ("wished_change", "target_public", "measure", "baseline", "target_value", "due_on")


@dataclass(frozen=True)
class Refusal:
    """Why an answer is refused: a stable reason key, one sentence and two examples, all three English msgids."""

    reason: str
    message: str
    examples: tuple[str, str]


MESSAGES: dict[str, str] = {
    "empty": N_("Nothing is written here. The question stays open until it has an answer."),
    "short": N_("This is too short to act on. Say in one sentence who waits for it, and what would change."),
    "gibberish": N_("These words do not form an answer."),
    "benchmark": N_(
        "There is no rule to copy, and the giants’ plans are no reference: what they get says nothing of your people."
    ),
    "imitation": N_("Imitation is not a reason: it says neither who expects you there nor what would change for you."),
    "order": N_("An order is not a reason: it says neither who expects you there nor what would change for them."),
    "fashion": N_("Fashion is not a reason: it passes, and it says nothing of the people you want to reach."),
    "presence": N_("Being present is not an aim. Say what would change, and for whom."),
    "audience": N_("Counters are not an aim: they say nothing of what these people will do for you, or you for them."),
    "listing": N_("To be found is the work of a business listing and of your own site, not of a network."),
    "feed": N_("Repeating your site or your blog elsewhere is not a reason to open a channel."),
    "undecided": N_("This can be decided later, and so can the channel."),
    "self": N_("This speaks of you alone. Say which precise thing, and who needs it."),
    "vague": N_("This could be said by any organisation. Name a public, and what would change for it."),
    "everyone": N_("“Everyone” cannot be reached or asked. Name a public and where it is."),
}
_EXAMPLES: dict[Question, tuple[str, str]] = {
    "what_for": (
        N_("Fill Friday evenings: families go to the supermarket because they do not know what we have left at 6 pm."),
        N_("Answer residents about roadworks before they call: 140 calls a week reach the town hall."),
    ),
    "about_what": (
        N_("What comes out of the oven, at what time, and how it is made."),
        N_("Street closures, detours and collection days, district by district."),
    ),
    "just_to_be_there": (
        N_("Our regulars ask on the telephone whether any bread is left: ten calls an evening."),
        N_("Nothing obliges us to be there. We keep the business listing and the reviews first."),
    ),
    "wished_change": (
        N_("Bring Friday evening orders from 126 to 145 a week."),
        N_("Halve the calls about waste collection received by the town hall."),
    ),
    "target_public": (
        N_("Families living within three kilometres of the shop."),
        N_("Production managers of food factories in two regions."),
    ),
    "measure": (N_("Friday orders counted at the till."), N_("Qualified requests received through the form.")),
}
_CONJUNCTIONS: dict[Language, str] = {
    "fr": r"\b(?:et|mais|car|parce qu\w*|puisqu\w*|afin|alors|donc|pour que|que si|si)\b",
    "en": r"\b(?:and|but|because|since|so|in order|if|only if|unless)\b",
}
_CLAUSE_REASONS = (
    ("benchmark", lexicon.BENCHMARK),
    ("imitation", lexicon.IMITATION),
    ("order", lexicon.ORDER),
    ("fashion", lexicon.FASHION),
    ("feed", lexicon.FEED),
    ("undecided", lexicon.UNDECIDED),
    ("listing", lexicon.LISTING),
    ("presence", lexicon.PRESENCE),
    ("audience", lexicon.AUDIENCE),
    ("self", lexicon.SELF),
)
_EVERYONE = re.compile(
    r"^(?:\W|le|la|les|the|all|a|pour|tous|toute?s?|of|general)*(?:tout le monde|grand public|everyone|everybody|"
    r"general public|"
    r"public|anyone|n importe qui|toute la population|whole world|people|les gens|gens|tous|all)\W*$"
)


def refusal(question: Question, answer: str, *, language: Language) -> Refusal | None:
    """Why this answer does not open the gate, or None when it does."""
    reason = _reason(question, answer, language=language)
    return Refusal(reason, MESSAGES[reason], _EXAMPLES[question]) if reason else None


def reflex(question: Question, answer: str, *, language: Language) -> str | None:
    """The reflex this answer is made of, whatever its length, or None when it has none or stands beside it."""
    text = folded(answer)
    spoken = _language_of(text, otherwise=language)
    hits, kept = _sift(text, spoken)
    return _verdict(question, hits, kept, spoken) if hits else None


def missing(objective: object) -> tuple[str, ...]:
    """Names of what one objective lacks, in the order of COMPLETENESS.

    Accepts any object or mapping with wished_change, target_public, measure (text), baseline (number, or a word
    for "unknown"; a true `baseline_unknown` also counts), target_value (number) and due_on (date).
    """
    return tuple(name for name in COMPLETENESS if _lacks(objective, name))


def folded(text: str) -> str:
    """Lower case, no accents, apostrophes and dashes as spaces: what every pattern here is written against."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", re.sub(r"['’`_/\-‐-―]", " ", plain.replace("œ", "oe"))).strip()


def _value(objective: object, name: str) -> object:
    return objective.get(name) if isinstance(objective, Mapping) else getattr(objective, name, None)


def _lacks(objective: object, name: str) -> bool:
    value = _value(objective, name)
    if name == "baseline" and value is None:
        return not _value(objective, "baseline_unknown")
    if isinstance(value, str):
        return not value.strip() or (value.strip().lower() in UNKNOWN_BASELINE and name != "baseline")
    return value is None


def _reason(question: Question, answer: str, *, language: Language) -> str | None:
    text = folded(answer)
    if not re.sub(r"[\W_]", "", text):
        return "empty"
    if len(" ".join(answer.split())) < _minimum(question):
        return "short"
    if _is_gibberish(text):
        return "gibberish"
    if question == "target_public":
        return "everyone" if _EVERYONE.match(text) else None
    spoken = _language_of(text, otherwise=language)
    hits, kept = _sift(text, spoken)
    return _verdict(question, hits, kept, spoken)


def _minimum(question: Question) -> int:
    return SHORT_FIELD_CHARACTERS if question in ("target_public", "measure") else MINIMUM_CHARACTERS


def _is_gibberish(text: str) -> bool:
    tokens = re.findall(r"[a-z]+", text)
    letters = set("".join(tokens))
    vowelless = [t for t in tokens if len(t) > 3 and not set(t) & set("aeiouy")]
    mashed = [
        t
        for t in tokens
        if re.search(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{6}|asdf|qsdf|azert|qwert|sdfg|dfgh|wxcv|zxcv", t)
    ]
    return (
        len(letters) < 5
        or len(set(tokens)) < words.FEWEST_DISTINCT_WORDS
        or len(vowelless) + len(mashed) > len(tokens) / 4
    )


def _language_of(text: str, *, otherwise: Language) -> Language:
    tokens = re.findall(r"[a-z]+", text)
    fr = sum(t in words.STOP_FR for t in tokens)
    en = sum(t in words.STOP_EN for t in tokens)
    return otherwise if fr == en else ("fr" if fr > en else "en")


def _sift(text: str, language: Language) -> tuple[list[str], list[str]]:
    """Reasons to refuse met in the text, and the clauses that remain once those are set aside."""
    hits: list[str] = []
    kept: list[str] = []
    for sentence in re.split(r"[.;:,!?()«»\"“”…]+", text):
        whole = _clause_reason(sentence)
        for clause in re.split(_CONJUNCTIONS[language], sentence):
            reason = _clause_reason(clause) or (whole if whole in ("imitation", "feed") else None)
            if reason is None:
                kept.append(clause)
            elif not lexicon.NEGATION.search(sentence) or reason in ("imitation", "undecided"):
                hits.append(reason)
    return hits, kept


def _clause_reason(clause: str) -> str | None:
    return next((name for name, pattern in _CLAUSE_REASONS if pattern.search(clause)), None)


def _verdict(question: Question, hits: list[str], kept: list[str], language: Language) -> str | None:
    substance = _substance(" ".join(kept), language)
    anchored = any(_starts(word, words.ANCHORS) or word.isdigit() for word in substance)
    needed = {"about_what": 3, "measure": 1}.get(question, 3) + bool(hits) - (anchored and question == "about_what")
    if len(substance) >= needed + (0 if anchored or question in ("about_what", "measure") else 2):
        return None
    order = [name for name, _ in _CLAUSE_REASONS]
    return min(hits, key=order.index) if hits else "vague"


def _substance(text: str, language: Language) -> set[str]:
    stop = words.STOP_FR if language == "fr" else words.STOP_EN
    tokens = {t for t in re.findall(r"[a-z0-9]+", text) if (len(t) > 2 or t.isdigit()) and t not in stop}
    return {t for t in tokens if not _starts(t, words.FILLER)}


def _starts(word: str, stems: tuple[str, ...]) -> bool:
    return word.startswith(stems)
