"""Many at once on a database of its own: `python -m pupitre.conversations.tests.crowd 50`, what came of it in JSON.

Threads here have connections of their own and see what the others commit, as workers and colleagues do; the tests'
own database would hold them all in one transaction.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

ITEMS = 40
SAID, PEOPLE, COLLECTORS = 60, 8, 3


def together(*tasks: Callable[[], Any]) -> list[str]:
    """Run them at the same instant; the names of the errors nobody expected."""
    from django.db import connection

    gate, errors = Barrier(len(tasks)), []

    def run(task: Callable[[], Any]) -> None:
        gate.wait()
        try:
            task()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def collectors(owner: Any) -> dict[str, Any]:
    """Several workers read one account whose network says sixty things, three of them without telling."""
    from django.utils import timezone

    from pupitre.channels.models import Channel
    from pupitre.channels.vault import ChannelVault
    from pupitre.connectors import registry
    from pupitre.connectors.fakes.serving import InProcess
    from pupitre.connectors.fakes.stage import raise_fake
    from pupitre.connectors.http import Http
    from pupitre.conversations import jobs
    from pupitre.conversations.models import Message, Thread
    from pupitre.publishing.models import Delivery
    from pupitre.relations.models import Contact

    fake = raise_fake("fake")
    us = fake.account()
    channel = Channel.objects.create(
        organisation=owner.organisation, network="fake", remote_id=us.id, name="Levain", inbox_due_at=timezone.now()
    )
    ChannelVault(channel).put(**fake.vault())
    http = Http(transport=InProcess(fake), now=fake.world.clock.now, pause=fake.world.clock.advance)
    post = fake.say(us, "La fournée de dix-sept heures.")
    Delivery.objects.create(
        organisation=owner.organisation, channel=channel, text=post.text, fingerprint="f", due_at=timezone.now(),
        state="sent", sent_at=timezone.now() - timedelta(minutes=5), remote_id=post.id,
    )  # fmt: skip
    for number in range(SAID):
        who = fake.stranger(f"p{number % PEOPLE}", f"Personne {number % PEOPLE}")
        fake.say(who, f"Mot {number}", parent=post, kind=fake.answers, notify=number % 20 != 7)
    jobs.connector = lambda one: registry.connect("fake", ChannelVault(one), http)  # type: ignore[assignment]
    errors = together(*[lambda: jobs._collect(channel, timezone.now())] * COLLECTORS)
    claims: list[int] = []
    Channel.objects.update(inbox_due_at=timezone.now())
    errors += together(*[lambda: claims.append(jobs.collect_due())] * COLLECTORS)
    texts = Counter(Message.objects.values_list("text", flat=True))
    return {
        "errors": errors, "messages": len(texts), "twice": [text for text, count in texts.items() if count > 1],
        "contacts": Contact.objects.count(), "threads": Thread.objects.count(), "claims": sum(claims),
        "inbox_error": Channel.objects.get().inbox_error,
    }  # fmt: skip


def claimers(owner: Any, count: int) -> dict[str, Any]:
    """So many colleagues try to take the same forty conversations, each in her own order."""
    from django.utils import timezone

    from pupitre.conversations import actions
    from pupitre.conversations.models import Thread as Conversation
    from pupitre.core.models import AuditEntry, Member, User
    from pupitre.core.rules.refusals import Conflict

    here, now = owner.organisation, timezone.now()
    users = [User.objects.create(email=f"m{number}@levain.example", name=f"M {number}") for number in range(count)]
    members = [Member.objects.create(organisation=here, user=user, role="responder") for user in users]
    items = Conversation.objects.bulk_create(
        Conversation(organisation=here, subject=f"Mot {number}", last_at=now) for number in range(ITEMS)
    )
    won: list[tuple[int, int]] = []
    refused: list[int] = []

    def take(member: Member) -> None:
        order = random.Random(member.pk).sample(items, len(items))
        for item in order:
            try:
                actions.claim(Conversation.objects.get(pk=item.pk), by=member)
                won.append((item.pk, member.pk))
            except Conflict:
                refused.append(item.pk)

    errors = together(*(lambda one=member: take(one) for member in members))
    owners = dict(Conversation.objects.filter(pk__in=[item.pk for item in items]).values_list("pk", "owner_id"))
    return {
        "errors": errors, "won": len(won), "refused": len(refused), "same": dict(won) == owners,
        "journal": AuditEntry.objects.filter(verb="claimed").count(),
    }  # fmt: skip


def main() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
    import django

    django.setup()
    from pupitre.config.commands.migrate import prepare
    from pupitre.core.actions import set_up

    prepare()
    owner = set_up(name="Levain", email="a@levain.example", password="quatre mots pour ouvrir", person="Claire Aubry")
    print(json.dumps({"collectors": collectors(owner), "claimers": claimers(owner, int(sys.argv[1]))}))


if __name__ == "__main__":
    main()
