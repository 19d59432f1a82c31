"""What may be said, given what is known: a confirmed fact is not denied. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pupitre.judge.denial import Fact, concepts_of, telling
from pupitre.judge.tone import tone

N_ = str
STATUSES = {"confirmed": N_("Confirmed"), "checking": N_("To be checked"), "false": N_("False")}
RANKS = {"confirmed": 0, "checking": 1, "false": 2}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger; `put_away` once its crisis is closed."""

    id: int
    text: str
    status: str
    put_away: bool = False


@dataclass(frozen=True, slots=True)
class Denied:
    """Characters [start, end) of a draft, that say the contrary of a confirmed fact."""

    start: int
    end: int
    words: str
    fact: str


def bearing(lines: Iterable[Line], *, said: str) -> list[Fact]:
    """The facts that rule a draft: all those of now, and of those put away the ones this is about."""
    subject, words = concepts_of(said), telling(said)
    return [
        Fact(str(line.id), line.text, line.status)  # type: ignore[arg-type]
        for line in lines
        if line.status in STATUSES and (not line.put_away or _about(line.text, subject, words))
    ]


def _about(text: str, subject: frozenset[str], words: frozenset[str]) -> bool:
    return bool(subject & concepts_of(text)) or len(words & telling(text)) >= 2


def denied(draft: str, lines: Sequence[Line], *, language: str, thread: Sequence[str] = ()) -> Denied | None:
    """The first words of a draft that deny a confirmed fact, if any."""
    facts = bearing(lines, said="\n".join((draft, *thread)))
    if not any(fact.status == "confirmed" for fact in facts):
        return None
    texts = {str(line.id): line.text for line in lines}
    for one in tone(draft, language=language, thread=thread, facts=facts):
        if one.severity == "block":
            return Denied(one.start, one.end, one.words, texts[one.fact])
    return None
