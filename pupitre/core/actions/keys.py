"""The use of personal keys."""

from datetime import datetime, timedelta

from pupitre.core.models import ApiToken

EVERY = timedelta(minutes=1)


def note_use(token: ApiToken, *, now: datetime) -> None:
    """When a key last spoke, to the minute: its owner sees one that nobody needs any more; most calls write nothing."""
    if token.last_used_at is None or now - token.last_used_at > EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
