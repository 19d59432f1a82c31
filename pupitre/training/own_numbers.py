"""What people say of networks, beside what our own rooms have counted: never a figure from elsewhere.

Each card asks for enough cases of ours; without them it says how many there are and stops there.
"""

import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from pupitre.conversations.models import Message, Thread
from pupitre.core.models import Organisation
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.states import SENT

N_ = str
ENOUGH = 20  # cases under which nothing is said
BACK = timedelta(days=90)
MOST_READ = 5000


@dataclass(frozen=True, slots=True)
class Found:
    """What our own rooms say: `text` is a message id for `params`; `n` is the number of cases behind it."""

    text: str
    params: Mapping[str, object]
    n: int


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that is often said, and what to do of it; `found` is None without enough cases."""

    key: str
    said: str
    think: str
    n: int
    found: Found | None


def cards(organisation: Organisation, *, now: datetime) -> list[Card]:
    """Every card, with the last ninety days of this house."""
    made = []
    for key, (said, think, count) in MYTHS.items():
        found = count(organisation, now)
        made.append(Card(key, said, think, found.n, found if found.n >= ENOUGH else None))
    return made


def _complaints(here: Organisation, now: datetime) -> Found:
    kinds = Thread.objects.filter(organisation=here, created_at__gte=now - BACK)
    counted = kinds.aggregate(
        n=Count("id"), bad=Count("id", filter=Q(kind="complaint")), good=Count("id", filter=Q(kind="praise")),
        asked=Count("id", filter=Q(kind="question")),
    )  # fmt: skip
    text = N_("With us: %(bad)s complaints, %(asked)s questions and %(good)s thanks, of %(n)s conversations.")
    return Found(text, counted, counted["n"])


def _hours(here: Organisation, now: datetime) -> Found:
    zone = zoneinfo.ZoneInfo(here.timezone)
    heard = Message.objects.filter(organisation=here, ours=False, at__gte=now - BACK).order_by("-at", "-id")
    hours = [at.astimezone(zone).hour for at in heard.values_list("at", flat=True)[:MOST_READ]]
    late = sum(not 8 <= hour < 19 for hour in hours)
    share = round(100 * late / len(hours)) if hours else 0
    text = N_("With us: %(late)s messages of %(n)s came before 8 or after 19 o’clock, that is %(share)s in a hundred.")
    return Found(text, {"late": late, "n": len(hours), "share": share}, len(hours))


def _delay(here: Organisation, now: datetime) -> Found:
    thanked = Thread.objects.filter(organisation=here, first_reply_at__isnull=False, created_at__gte=now - BACK)
    waits = [
        (reply - opened) / timedelta(hours=1)
        for reply, opened in thanked.order_by("-id").values_list("first_reply_at", "created_at")[:MOST_READ]
        if reply is not None
    ]
    day = sum(wait <= 24 for wait in waits)
    text = N_("With us: %(day)s first answers of %(n)s came within a day.")
    return Found(text, {"day": day, "n": len(waits)}, len(waits))


def _pace(here: Organisation, now: datetime) -> Found:
    sent = Delivery.objects.filter(organisation=here, kind="post", state=SENT, sent_at__gte=now - BACK)
    weeks: dict[tuple[int, int], list[int]] = {}
    rows = sent.annotate(voices=Count("threads")).values_list("sent_at", "voices")
    for at, voices in rows.order_by("-sent_at", "-id")[:MOST_READ]:
        if at is not None:
            weeks.setdefault(at.isocalendar()[:2], []).append(voices)
    counts = sorted(weeks.values(), key=len)
    half = len(counts) // 2
    few, many = counts[:half], counts[len(counts) - half :] if half else []

    def each(group: list[list[int]]) -> str:
        posts = sum(len(one) for one in group)
        return f"{sum(map(sum, group)) / posts:.1f}" if posts else "0"

    n = sum(len(one) for one in counts) if len(counts) >= 4 else 0
    text = N_("With us, over %(n)s posts: %(few)s conversations a post in quiet weeks, %(many)s in busy ones.")
    return Found(text, {"few": each(few), "many": each(many), "n": n}, n)


MYTHS: Mapping[str, tuple[str, str, Callable[[Organisation, datetime], Found]]] = {
    "complaints": (
        N_("“People only come to complain.”"),
        N_("Count before closing a channel: what hurts is remembered better than what is frequent."), _complaints,
    ),
    "hours": (
        N_("“Nobody writes in the evening.”"),
        N_("Opening hours are a promise to say, not a reason to be surprised in the morning."), _hours,
    ),
    "delay": (
        N_("“One must answer within the minute.”"),
        N_("An hour that is announced and kept is worth more than speed that lasts a week."), _delay,
    ),
    "pace": (
        N_("“The more we publish, the more people answer.”"),
        N_("These two groups of weeks differ in other ways too: try it for four weeks before deciding."), _pace,
    ),
}  # fmt: skip
