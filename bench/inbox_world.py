"""A house to measure the inbox in: one organisation, fifty members, and as many messages as one wants."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

WORDS = [
    "pain",
    "four",
    "commande",
    "heure",
    "brioche",
    "samedi",
    "farine",
    "client",
    "boutique",
    "merci",
    "dommage",
    "attente",
    "retard",
    "seigle",
    "levain",
    "figues",
    "noisettes",
    "vitrine",
    "caisse",
    "vendredi",
    "dimanche",
    "quartier",
    "école",
    "mairie",
    "goûter",
    "croûte",
    "mie",
    "tarte",
    "gâteau",
    "œufs",
]
RARE = 4_000  # distinct rarer words
COMMON = "pain"  # in about a third of the messages
ABSENT = "zyzomys"
OPEN = 5  # one thread in five waits
BATCH = 5_000


def settle() -> Any:
    """The organisation, its members and its account."""
    from pupitre.channels.models import Channel, Charter
    from pupitre.core.actions import set_up
    from pupitre.core.models import Member, User
    from pupitre.strategy.models import Voice

    owner = set_up(name="Levain", email="a@levain.example", password="quatre mots pour ouvrir", person="Claire Aubry")
    here = owner.organisation
    for number in range(49):
        user = User.objects.create(email=f"m{number}@levain.example", name=f"Membre {number}")
        Member.objects.create(organisation=here, user=user, role="responder", hours_per_week=2)
    Voice.objects.create(organisation=here, kind="organisation", name="La boulangerie")
    channel = Channel.objects.create(organisation=here, network="fake", remote_id="levain", name="Levain sur Fake")
    Charter.objects.create(channel=channel, purpose="Dire", audience="Tous", tone="simple")
    return owner


def sentence(chance: random.Random) -> str:
    words = [*chance.choices(WORDS, k=9), *(f"mot{chance.randrange(RARE)}" for _ in range(5))]
    if chance.random() < 0.15:
        words.append(COMMON)
    return " ".join(words).capitalize() + "."


def fill(owner: Any, count: int) -> None:
    """Bring the house to this many messages, two a thread, by rows: what the pages read, not how it came."""
    from django.db import connection

    from pupitre.channels.models import Channel
    from pupitre.conversations.models import Message
    from pupitre.core.models import Member

    here = owner.organisation
    channel, members = Channel.objects.get(), list(Member.objects.all())
    there = Message.objects.count()
    while there < count:
        there += _batch(here, channel, members, there, min(BATCH, count - there))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batch(here: Any, channel: Any, members: list[Any], start: int, count: int) -> int:
    from django.db import transaction

    from pupitre.conversations.models import Message, Thread
    from pupitre.relations.models import Contact

    chance, now = random.Random(start), datetime.now(tz=UTC)
    with transaction.atomic():
        contacts = Contact.objects.bulk_create(
            Contact(organisation=here, name=f"Personne {start + n}", first_seen_at=now, last_seen_at=now)
            for n in range((count + 1) // 2)
        )
        threads = Thread.objects.bulk_create(
            _thread(here, channel, members, contact, start + n, now, chance) for n, contact in enumerate(contacts)
        )
        made = Message.objects.bulk_create(
            Message(
                organisation=here, thread=threads[n // 2], channel=channel, remote_id=f"m{start + n}",
                author_name=threads[n // 2].contact.name, text=sentence(chance), language="fr", at=now,
            )
            for n in range(count)
        )  # fmt: skip
    return len(made)


def _thread(
    here: Any, channel: Any, members: list[Any], contact: Any, number: int, now: datetime, chance: random.Random
) -> Any:
    from pupitre.conversations.models import Thread

    waits = number % OPEN == 0
    since = now - timedelta(minutes=chance.randrange(60 * 24 * 3))
    return Thread(
        organisation=here, channel=channel, contact=contact, remote_id=f"t{number}", subject=sentence(chance)[:80],
        kind=chance.choice(["complaint", "question", "praise", "other"]), public=chance.random() < 0.9,
        state="open" if waits else "closed", language="fr", last_at=since,
        waiting_since=since if waits else None, due_at=since + timedelta(hours=8) if waits else None,
        closed_at=None if waits else since, closure="" if waits else "answered",
        owner=chance.choice(members) if waits and chance.random() < 0.3 else None,
    )  # fmt: skip
