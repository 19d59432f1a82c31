"""The day's ceilings of a Google project, in their buckets. The day turns at midnight in California."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pupitre.connectors.contract import RetryLater, Vault
from pupitre.connectors.errors import SLOW_DOWN

HERE = ZoneInfo("America/Los_Angeles")
BUCKETS = {"uploads": 100, "units": 10_000}  # a day, read in November 2026
READ, WRITE, CAPTIONS = 1, 50, 400  # units


def spend(vault: Vault, now: datetime, *, bucket: str = "units", cost: int = READ) -> None:
    """Write a call down before it is made. Raises RetryLater when the bucket has no room for it."""
    used = today(vault, now)
    if used[bucket] + cost > BUCKETS[bucket]:
        words = f"{used[bucket]} / {BUCKETS[bucket]} ({bucket})"
        raise RetryLater(words, after=next_day(now), hint=SLOW_DOWN, code=f"quota_{bucket}")
    used[bucket] += cost
    vault.put(quota=json.dumps({"day": day(now), **used}))


def today(vault: Vault, now: datetime) -> dict[str, int]:
    """What was used since midnight there."""
    kept = json.loads(vault.get("quota") or "{}")
    known = kept if kept.get("day") == day(now) else {}
    return {bucket: int(known.get(bucket, 0)) for bucket in BUCKETS}


def day(now: datetime) -> str:
    """The date there."""
    return f"{now.astimezone(HERE):%Y-%m-%d}"


def next_day(now: datetime) -> datetime:
    """A little after the next midnight there."""
    there = now.astimezone(HERE)
    return (there + timedelta(days=1)).replace(hour=0, minute=2, second=0, microsecond=0)
