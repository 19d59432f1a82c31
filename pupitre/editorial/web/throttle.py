"""How often one link, or one address without a link, may knock. Nothing is kept longer than a minute."""

import hashlib
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest

WINDOW = 60  # seconds


def too_often(what: str, who: str, *, most: int, now: datetime) -> bool:
    """Whether `who` did `what` more than `most` times this minute. `who` is kept as a hash."""
    minute = int(now.timestamp()) // WINDOW
    key = "knock:" + hashlib.sha256(f"{what}|{who}|{minute}".encode()).hexdigest()
    cache.add(key, 0, WINDOW * 2)
    return cache.incr(key) > most


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
