"""What a person agreed to, for how long, and the states of somebody we know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Purpose(StrEnum):
    """Each is asked for apart. `INTRODUCE_OTHERS`: may be asked for an introduction. `BE_INTRODUCED`: reachable."""

    BE_CONTACTED = "be_contacted"
    BE_INTRODUCED = "be_introduced"
    INTRODUCE_OTHERS = "introduce_others"
    APPEAR_IN_DIRECTORY = "appear_in_directory"


class State(StrEnum):
    """From nothing stored to nothing stored but a salted hash."""

    UNKNOWN = "unknown"
    PRIVATE = "private"
    ASKED = "asked"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


NEXT_STATES: dict[State, frozenset[State]] = {
    State.UNKNOWN: frozenset({State.PRIVATE, State.ASKED}),
    State.PRIVATE: frozenset({State.ASKED, State.ERASED}),
    State.ASKED: frozenset({State.ACCEPTED, State.REFUSED, State.EXPIRED, State.ERASED}),
    State.ACCEPTED: frozenset({State.EXPIRED, State.WITHDRAWN, State.ERASED}),
    State.EXPIRED: frozenset({State.ASKED, State.ERASED}),
    State.REFUSED: frozenset({State.ERASED}),
    State.WITHDRAWN: frozenset({State.ERASED, State.ACCEPTED}),
    State.ERASED: frozenset(),
}
"""A refusal is final for us; whoever withdrew may come back by their own act, never by ours."""

FADES_AFTER = timedelta(days=730)
"""Consent lapses after this long without any contact: an assumption, to be edited."""

EXPIRING_WITHIN = timedelta(days=60)


@dataclass(frozen=True)
class Consent:
    """One person's word for one purpose and one channel ("" for any), with its proof.

    `last_contact` is the last exchange with the person, or None since the consent.
    """

    purpose: Purpose
    given: date
    proof: str
    channel: str = ""
    expires: date | None = None
    withdrawn: date | None = None
    last_contact: date | None = None

    def __post_init__(self) -> None:
        if not self.proof.strip():
            raise ValueError("a consent without proof is not a consent")


class Health(StrEnum):
    """What a consent is worth today."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def ends(consent: Consent) -> date:
    """The day the consent lapses by itself: its own date, or long silence, whichever comes first."""
    faded = max(consent.given, consent.last_contact or consent.given) + FADES_AFTER
    return min(faded, consent.expires or faded)


def health(consent: Consent, *, today: date) -> Health:
    """Withdrawal counts from its very day; an end date is the first day without consent."""
    if consent.withdrawn is not None and consent.withdrawn <= today:
        return Health.WITHDRAWN
    if ends(consent) <= today:
        return Health.EXPIRED
    return Health.EXPIRING if ends(consent) - today <= EXPIRING_WITHIN else Health.VALID


def agrees(consents: Iterable[Consent], purpose: Purpose, *, today: date, channel: str = "") -> bool:
    """Whether somebody agrees to a purpose today, on this channel. A consent for any channel covers each."""
    return any(
        consent.purpose is purpose
        and consent.given <= today
        and consent.channel in ("", channel)
        and health(consent, today=today) in (Health.VALID, Health.EXPIRING)
        for consent in consents
    )
