"""What the house lets itself say: what blocks a text, and what is only advised. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pupitre.core.rules.refusals import Fault
from pupitre.judge.lints import avoided, counts, pronouns

N_ = str
LABELS = {"": N_("Nothing to declare"), "ad": N_("Advertising"), "collaboration": N_("Commercial collaboration")}
# French law wants one of these words; a text in English for people in France wears it too.
SAID = {"ad": "Publicité", "collaboration": "Collaboration commerciale"}


@dataclass(frozen=True, slots=True)
class Manners:
    """The house's own rules. `election` is its first and last day."""

    avoid: tuple[str, ...] = ()
    emoji_most: int = 4
    strict: bool = False
    election: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a person says "I"; an elected person is an executive of a public body."""

    personal: bool = False
    elected: bool = False


def stops(text: str, manners: Manners, *, field: str, label: str = "") -> list[Fault]:
    """Words the charter avoids, where they stand; a missing label; for who chose so, what cannot be read aloud."""
    faults = [
        Fault(field, N_("“%(words)s”, at character %(at)s: the charter asks to avoid it."),
              {"words": mark.words, "at": mark.start + 1})
        for mark in avoided(text, manners.avoid)
    ]  # fmt: skip
    if label and SAID[label].casefold() not in text.casefold():
        words = N_("What is paid or given is said: write “%(label)s” in this text.")
        faults.append(Fault(field, words, {"label": SAID[label]}))
    return [*faults, *unreadable(text, manners, field=field)] if manners.strict else faults


def unreadable(text: str, manners: Manners, *, field: str) -> list[Fault]:
    """What a screen reader stumbles on: hashtags without capitals, too many emojis."""
    found = counts(text)
    faults = [
        Fault(field, N_("“%(tag)s”: write each of its words with a capital, so that it can be read aloud."),
              {"tag": mark.words})
        for mark in found.flat_tags
    ]  # fmt: skip
    if found.emojis > manners.emoji_most:
        words = N_("%(n)s emojis: each is read aloud. %(most)s at most.")
        faults.append(Fault(field, words, {"n": found.emojis, "most": manners.emoji_most}))
    return faults


def advice(text: str, manners: Manners, *, speaker: Speaker, on: date | None, field: str) -> list[Fault]:
    """What is worth another look; nothing here blocks."""
    marks = pronouns(text, "personal" if speaker.personal else "company")
    said = {
        "we_in_personal": N_("“%(words)s”, at character %(at)s: this voice is a person and says “I”."),
        "i_in_company": N_("“%(words)s”, at character %(at)s: this voice is the house and says “we”."),
    }
    found = [Fault(field, said[one.key], {"words": one.words, "at": one.start + 1}) for one in marks]
    if manners.election and on and manners.election[0] <= on <= manners.election[1]:
        found += _reserve(text, speaker, field)
    return [*found, *(() if manners.strict else unreadable(text, manners, field=field))]


def _reserve(text: str, speaker: Speaker, field: str) -> list[Fault]:
    """Before a ballot, a public body stays neutral and as usual; nobody's record is praised."""
    found = [Fault(field, N_("Election period: stay neutral, regular, as usual; no praise of what was achieved."))]
    if speaker.elected or pronouns(text, "company"):
        found.append(Fault(field, N_("Election period: an elected person does not speak here in the first person.")))
    return found


def cleaned(words: Sequence[str], *, most: int = 200) -> list[str]:
    """One phrase a line, once each."""
    return list(dict.fromkeys(" ".join(one.split())[:80] for one in words if one.strip()))[:most]
