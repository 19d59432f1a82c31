"""An act as another tool tells it: which words are read, what is refused, how a call is signed. Pure."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from pupitre.core.rules.refusals import Fault

N_ = str
FIELDS = ("event", "id", "at", "times", "value", "first", "last", "declared", "place")
COLUMNS = {
    "acte": "event", "evenement": "event", "événement": "event", "numero": "id", "numéro": "id", "date": "at",
    "quand": "at",
    "fois": "times", "nombre": "times", "count": "times", "valeur": "value", "euros": "value", "montant": "value",
    "premier": "first", "dernier": "last", "declare": "declared", "déclaré": "declared", "reponse": "declared",
    "réponse": "declared", "lieu": "place", "ville": "place",
}  # fmt: skip
TOLERANCE = 300  # seconds between a call and its signature's moment
MOST_TIMES = 1_000_000


@dataclass(frozen=True)
class Told:
    """One act, read."""

    event: str
    at: datetime
    times: int = 1
    value: Decimal | None = None
    first: str = ""
    last: str = ""
    declared: str = ""
    place: str = ""
    id: str = ""


def column(name: str) -> str:
    """The field that a column's head names, in French or in English; "" for a column that is not read."""
    plain = name.strip().lower()
    found = COLUMNS.get(plain, plain)
    return found if found in FIELDS else ""


def read(row: Mapping[str, object], *, at: datetime | None) -> tuple[Told | None, list[Fault]]:
    """One act from loose values; `at` is its moment, read by the caller. Fields that are not ours are refused."""
    faults = [
        Fault(str(name)[:60], N_("Only the act and its sources are read: nothing about the person."))
        for name in row
        if name not in FIELDS
    ]
    text = {name: str(row.get(name) if row.get(name) is not None else "").strip() for name in FIELDS}
    if not text["event"]:
        faults.append(Fault("event", N_("Say which act it is.")))
    if at is None:
        faults.append(Fault("at", N_("Say when, as in 2027-01-31 or 2027-01-31T10:30:00+01:00.")))
    times = _whole(text["times"] or "1")
    if times is None:
        faults.append(Fault("times", N_("Write a whole number above zero.")))
    value = _amount(text["value"])
    if value is None and text["value"]:
        faults.append(Fault("value", N_("Write an amount in euros.")))
    faults += [
        Fault(name, N_("A source is a word, not a person."))
        for name in ("first", "last", "declared", "place", "id")
        if "@" in text[name]
    ]
    if faults or at is None or times is None:
        return None, faults
    words = {name: text[name].lower()[:60] for name in ("first", "last", "declared")}
    return Told(
        text["event"], at, times, value, place=" ".join(text["place"].split())[:120], id=text["id"][:100], **words
    ), []


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= MOST_TIMES else None


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(
            text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace("€", "").replace(",", ".")
        )
    except InvalidOperation:
        return None
    return round(found, 2) if found.is_finite() and 0 <= found < 10**9 else None


def sign(secret: str, moment: int, body: bytes) -> str:
    """The header of a call: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "t.body", in hexadecimal>`."""
    made = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={made}"


def signed(header: str, secret: str, body: bytes, *, now: int) -> bool:
    """Whether this header signs this body, not more than five minutes from now."""
    parts = dict(part.partition("=")[::2] for part in header.strip().split(","))
    moment = parts.get("t", "")
    if not (moment.isascii() and moment.isdecimal() and len(moment) < 12 and abs(now - int(moment)) <= TOLERANCE):
        return False
    return hmac.compare_digest(
        sign(secret, int(moment), body).encode(), f"t={moment},v1={parts.get('v1', '')}".encode()
    )
