"""Starts workers quickly: a process that has loaded the product once, and forks one child per order.

Orders are JSON lines on standard input, answers JSON lines on standard output. A child runs the worker with all its
lanes, on the database and under the settings of its order; it may be killed like any.
"""

import json
import os
import signal
import sys
import threading
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")


def work(order: dict[str, Any]) -> None:
    """The worker with all its lanes, until SIGTERM."""
    from pupitre.config import worker

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop, name=order["name"])


def migrate(order: dict[str, Any]) -> None:
    """An empty database becomes the product's."""
    from django.db import connections

    from pupitre.config.commands.migrate import prepare

    prepare()
    connections.close_all()


def seed(order: dict[str, Any]) -> None:
    """One organisation; per account (mode and address of its network) `count` promises due now, `later` tomorrow."""
    from django.utils import timezone

    from pupitre.channels.models import Channel
    from pupitre.channels.vault import ChannelVault
    from pupitre.core.models import Organisation
    from pupitre.publishing.models import Delivery

    now = timezone.now()
    bakery = Organisation.objects.create(slug="levain", name="Boulangerie Levain & Fils")
    for mode, server in order["accounts"].items():
        channel = Channel.objects.create(organisation=bakery, network="fake", remote_id=mode, handle=mode, name=mode)
        ChannelVault(channel).put(server=server, token=f"token-{mode}")
        Delivery.objects.bulk_create(
            Delivery(
                organisation=bakery, channel=channel, text=f"{mode} {number}", fingerprint=f"{mode} {number}",
                due_at=now, next_at=now + timedelta(microseconds=number),
            )
            for number in range(order["count"])
        )  # fmt: skip
        tomorrow = now + timedelta(days=1)
        Delivery.objects.bulk_create(
            Delivery(
                organisation=bakery, channel=channel, text=f"{mode} later {number}", due_at=tomorrow, next_at=tomorrow,
                fingerprint=f"{mode} later {number}",
            )
            for number in range(order.get("later", 0))
        )  # fmt: skip


def crisis(order: dict[str, Any]) -> None:
    """The click: whatever its page does, and when it was acknowledged."""
    from time import time

    from django.utils import timezone

    from pupitre.core.models import Member, Organisation, User
    from pupitre.crisis.actions import take_posture
    from pupitre.publishing.models import Delivery

    bakery, now = Organisation.objects.get(), timezone.now()
    user = User.objects.create_user("claire@levain.example", name="Claire Aubry")
    claire = Member.objects.create(organisation=bakery, user=user, role="owner", conductor=True)
    begun = time()
    take_posture("crisis", by=claire, reason="Cartes refusées")
    done = {"acknowledged": time(), "seconds": time() - begun}
    done["due"] = Delivery.objects.filter(due_at__lte=now + timedelta(minutes=1)).count()
    with open(f"{order['folder']}/crisis.json", "w", encoding="utf-8") as file:
        json.dump(done, file)


def child(order: dict[str, Any]) -> None:
    """What one fork does, and how it ends."""
    with open(order["log"], "a", encoding="utf-8") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    from django.conf import settings
    from django.db import connections

    from pupitre.config import environment

    os.environ["PUPITRE_DATABASE_URL"] = order["url"] if order["url"].startswith("postgresql") else ""
    folder = settings.DATA_DIR.__class__(order["folder"])
    settings.DATABASES["default"] = environment.database(folder)
    connections.__dict__.pop("settings", None)
    for alias in list(connections):
        if hasattr(connections._connections, alias):
            del connections[alias]
    for name, value in order.get("settings", {}).items():
        setattr(settings, name, value)
    {"work": work, "migrate": migrate, "seed": seed, "crisis": crisis}[order["verb"]](order)


def main() -> None:
    django.setup()
    import pupitre.config.worker  # noqa: F401

    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                child(order)
                code = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stdout.flush()
                os._exit(code)
        answer = {"pid": pid}
        if order["verb"] != "work":
            answer["code"] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
