"""A link sent to somebody without an account: when it opens, and how many words it may bring. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

N_ = str
State = Literal["open", "ended", "revoked"]
CONSULTATION, EXPERT = "consultation", "expert"
KINDS: Mapping[str, str] = {
    CONSULTATION: N_("Questions to answer"),
    EXPERT: N_("The decision file to read and comment on"),
}
# Those a consultation is made with; an expert is heard as one.
GROUPS: Mapping[str, str] = {
    "served": N_("Those we serve"), "support": N_("Those who answer them"), "sales": N_("Those who sell"),
}  # fmt: skip
QUESTIONS: Mapping[str, str] = {
    "served": N_("What do you come to us for, and what do you do when we do not answer?"),
    "support": N_("What are you asked every week that people could know beforehand?"),
    "sales": N_("What makes somebody choose us, and what makes somebody leave?"),
}
MOST_QUESTIONS = 5
MOST_CHARACTERS = 3000  # of one answer
LONGEST_DAYS = 90
AN_HOUR, IN_ALL = 30, 300  # answers one link may bring


def state(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> State:
    if revoked_at is not None:
        return "revoked"
    return "open" if now < expires_at else "ended"


def is_crowded(*, last_hour: int, in_all: int) -> bool:
    """Whether a link has brought as much as people can; the rest is a machine or a mistake."""
    return last_hour >= AN_HOUR or in_all >= IN_ALL


def together(questions: Sequence[str], answers: Sequence[str]) -> str:
    """What was said, each answer after its question when there are several."""
    if len(questions) < 2:
        return "\n".join(answer.strip() for answer in answers if answer.strip())
    pairs = zip(questions, (answer.strip() for answer in answers), strict=False)
    return "\n".join(f"{question} {answer}" for question, answer in pairs if answer)
