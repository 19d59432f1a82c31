"""Consultations: a question, what its answer commits to, an outcome that says how many and who is missing. Pure."""

from collections.abc import Sequence
from datetime import date

from pupitre.core.rules.refusals import Fault

N_ = str
FEW = 30  # people: under this, the outcome says that they are few
MOST_OPTIONS = 6


def opening_faults(
    question: str, commitment: str, audience: str, options: Sequence[str], *, opens_on: date, closes_on: date
) -> list[Fault]:
    """A question without a commitment is a survey for show: refused."""
    faults = []
    if not question.strip():
        faults.append(Fault("question", N_("Ask one question.")))
    if not commitment.strip():
        faults.append(Fault("commitment", N_("Say what you commit to do with the answer.")))
    if not audience.strip():
        faults.append(Fault("audience", N_("Say whom you ask.")))
    if not 2 <= len(options) <= MOST_OPTIONS or len({one.casefold() for one in options}) != len(options):
        faults.append(Fault("options", N_("Give two to six answers, all different.")))
    if closes_on < opens_on:
        faults.append(Fault("closes_on", N_("It closes after it opens.")))
    return faults


def outcome_faults(answers: Sequence[int], options: int, outcome: str, caveat: str) -> list[Fault]:
    """What was decided is written with how many answered and what the figure does not say."""
    faults = []
    if len(answers) != options or any(one < 0 for one in answers):
        faults.append(Fault("answers", N_("Count each answer, zero too.")))
    if not outcome.strip():
        faults.append(Fault("outcome", N_("Say what was decided: people answered, they wait for it.")))
    if not caveat.strip():
        faults.append(Fault("caveat", N_("Say who did not answer, or what this figure does not say.")))
    return faults


def leading(answers: Sequence[int]) -> list[int]:
    """The places of the answers with the most people: several when they are equal, none when nobody answered."""
    most = max(answers, default=0)
    return [place for place, count in enumerate(answers) if count == most and most]
