"""Named read of the composer: what else a channel says that day, to other people."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from pupitre.core.models import Organisation
from pupitre.editorial.models import Post
from pupitre.editorial.queries import between
from pupitre.editorial.rules.collisions import TRACKS
from pupitre.editorial.rules.draft import Text


def other_tracks(
    organisation: Organisation, texts: Sequence[Text], *, track: str, besides: Post | None
) -> dict[int, tuple[str, str]]:
    """By channel, the (track, title) of a post played there on the same local day for another track; one read."""
    days = {text.channel_id: timezone.localtime(text.due_at).date() for text in texts if text.due_at}
    if not days:
        return {}
    zone = timezone.get_current_timezone()
    start = datetime.combine(min(days.values()), time.min, zone)
    end = datetime.combine(max(days.values()), time.max, zone)
    rows = between(organisation, start, end).filter(channel__in=days, post__objective__track__in=TRACKS)
    rows = rows.exclude(post__objective__track=track)
    if besides is not None:
        rows = rows.exclude(post=besides)
    named = rows.values_list("channel_id", "due_at", "post__objective__track", "post__title")
    return {pk: (other, title) for pk, at, other, title in named if at and timezone.localtime(at).date() == days[pk]}
