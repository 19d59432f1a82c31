"""The seal of a piece of evidence: whoever holds the same address, hour and words finds the same mark. Pure."""

import hashlib
from datetime import UTC, datetime


def sealed(url: str, text: str, taken_at: datetime) -> str:
    """SHA-256 of the address, the moment in UTC to the second, and the words, one a line."""
    moment = taken_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return hashlib.sha256(f"{url}\n{moment}\n{text}".encode()).hexdigest()
