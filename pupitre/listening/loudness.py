"""How loud a watch was, hour after hour, as the detector reads it: an hour that nobody collected is missing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pupitre.listening.models import Alert, ListenedHour, Mention, WatchQuery
from pupitre.listening.spikes.episodes import Episode, Step, everyday_profile, fitted_strictness, ladder, replay
from pupitre.listening.spikes.hours import Hour, Settings, Signal, local_offsets, local_slot
from pupitre.listening.spikes.watch import Watch

HOUR = timedelta(hours=1)
WEEKS = 8
TEACHING = 8  # weeks before them that only teach
SHOWN = timedelta(weeks=WEEKS)
MOST = timedelta(weeks=WEEKS + TEACHING)


@dataclass(frozen=True, slots=True)
class Story:
    """What a watch heard from `start` on (UTC, on the hour); the last hour is under way."""

    start: datetime
    hours: Sequence[Hour]
    slots: Sequence[int]
    offsets: Sequence[int]

    def at(self, rank: int) -> datetime:
        return self.start + rank * HOUR


def floor(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def story(query: WatchQuery, *, now: datetime) -> Story | None:
    """Everything known of this watch, sixteen weeks at most; None before the first hour that was listened to."""
    here, oldest, last = query.organisation, floor(now) - MOST, floor(now)
    rows = ListenedHour.objects.filter(organisation=here, at__gte=oldest, at__lte=last)
    listened = set(rows.values_list("at", flat=True))
    if not listened:
        return None
    start = min(listened)
    heard = defaultdict(list)
    said = Mention.objects.filter(query=query, item__at__gte=start).exclude(state="dropped")
    said = said.exclude(item__source__kind="hand")  # noted when somebody had the time: no rate
    for at, author, judged in said.values_list("item__at", "item__author_key", "judgement"):
        heard[floor(at)].append((at, author, judged.get("polarity") == "neg"))
    length = int((last - start) / HOUR) + 1
    offsets = local_offsets(start, length + 1, zone=here.timezone)
    slots = [local_slot(start, rank, offset) for rank, offset in enumerate(offsets)]
    hours, gap = [], 0
    for rank in range(length):
        at = start + rank * HOUR
        if at not in listened and rank < length - 1:
            hours.append(Hour(None))
            gap += 1
            continue
        hours.append(_hour(heard[at], covers=gap + 1))
        gap = 0
    return Story(start, hours, slots, offsets)


def _hour(heard: Sequence[tuple[datetime, str, bool]], *, covers: int) -> Hour:
    """One hour; what came without an author counts each for itself, and nobody's anger counts more than three times."""
    names = {author for _, author, _ in heard if author}
    nobody = sum(not author for _, author, _ in heard)
    quarters = Counter(at.minute // 15 for at, _, _ in heard)
    angry = Counter(author for _, author, bad in heard if bad)
    negative = sum(times if not author else min(times, 3) for author, times in angry.items())
    return Hour(len(heard), len(names) + nobody, negative, max(quarters.values(), default=0), covers)


def signals(told: Story, *, strictness: float, elapsed: float, since: int) -> list[Signal]:
    """What was unusual from the hour `since` (index) on, the hour under way included."""
    watch = Watch(
        slots=told.slots, offsets=told.offsets, profile=everyday_profile(), settings=Settings(strictness=strictness)
    )
    found = [signal for hour in told.hours[:-1] for signal in watch.close(hour) if signal.at >= since]
    return found + watch.look(told.hours[-1], elapsed=max(0.05, elapsed))


def rehearsed(query: WatchQuery, *, now: datetime) -> tuple[list[Step], float | None, Story | None]:
    """What each step of the slider would have done over the last eight weeks, and the one that the labels ask for."""
    told = story(query, now=now)
    if told is None:
        return [], None, None
    since = max(0, int((floor(now) - SHOWN - told.start) / HOUR))

    def run(settings: Settings) -> list[Episode]:
        return replay(
            told.hours[:-1], slots=told.slots, offsets=told.offsets, profile=everyday_profile(), settings=settings
        )

    steps = ladder(run, settings=Settings(), since=since)
    labelled = list(Alert.objects.filter(query=query).exclude(label="").values_list("began_at", "label"))
    if not labelled:
        return steps, None, told
    real = [int((floor(at) - told.start) / HOUR) for at, label in labelled if label in {"real", "campaign"}]
    return steps, fitted_strictness(steps, hours=len(told.hours) - since, real=real), told
