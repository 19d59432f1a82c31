"""The score as RFC 5545 writes calendars. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Event:
    """One note: `key` never changes, `stamp` is when it was last written."""

    key: str
    start: datetime
    minutes: int
    title: str
    words: str
    url: str
    stamp: datetime
    sure: bool


def calendar(name: str, events: Iterable[Event]) -> str:
    """Lines of 75 bytes at most, ended as the standard ends them."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pupitre//Score//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: Event) -> list[str]:
    end = event.start + timedelta(minutes=event.minutes)
    return [
        "BEGIN:VEVENT", f"UID:{event.key}", f"DTSTAMP:{_utc(event.stamp)}", f"DTSTART:{_utc(event.start)}",
        f"DTEND:{_utc(end)}", f"SUMMARY:{_escaped(event.title)}", f"DESCRIPTION:{_escaped(event.words)}",
        f"URL:{event.url}", f"STATUS:{'CONFIRMED' if event.sure else 'TENTATIVE'}", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, "\\" + mark)
    return "".join(one for one in plain.replace("\n", "\\n") if one >= " ")


def _folded(line: str) -> str:
    """Broken between characters, never inside one, so that each piece holds 75 bytes at most."""
    pieces, piece, room = [], "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", 74
        piece, room = piece + letter, room - size
    return "\r\n".join([*pieces, piece])
