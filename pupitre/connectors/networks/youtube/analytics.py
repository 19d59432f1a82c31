"""How long our films are watched, from YouTube's other interface: figures that come days later, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from pupitre.connectors.contract import Failed, Figure
from pupitre.connectors.networks.youtube.client import Client

REPORTS = "https://youtubeanalytics.googleapis.com/v2/reports"
RIGHT = "https://www.googleapis.com/auth/yt-analytics.readonly"
NAMED = {
    "estimatedMinutesWatched": "watched_minutes",
    "averageViewDuration": "average_view_seconds",
    "subscribersGained": "subscribers_gained",
    "shares": "shares",
}


def watched(client: Client, video: str, *, since: datetime) -> Sequence[Figure]:
    """What one film brought since its day. Nothing without the right, before it is counted, or when YouTube says no."""
    if RIGHT not in (client.vault.get("scopes") or "").split():
        return ()
    now = client.http.now()
    asked = {
        "ids": "channel==MINE", "startDate": f"{since:%Y-%m-%d}", "endDate": f"{now:%Y-%m-%d}",
        "metrics": ",".join(NAMED), "filters": f"video=={video}",
    }  # fmt: skip
    try:
        told = client.ask("GET", REPORTS, params=asked).json()
    except Failed:  # this interface may be switched off in the project while the other one works
        return ()
    names = [one["name"] for one in told.get("columnHeaders", [])]
    counted = dict(zip(names, next(iter(told.get("rows") or []), []), strict=False))
    return [Figure(NAMED[name], float(value), now) for name, value in counted.items() if name in NAMED]
