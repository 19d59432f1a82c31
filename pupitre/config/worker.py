"""The worker: each kind of work in its own lane, so that no lane ever delays a post.

Lanes are threads of one process; any number of processes may run. A heartbeat row tells the status page who is
alive and what each lane did last.
"""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from pupitre import engine
from pupitre.channels.connections import connector
from pupitre.conversations.jobs import collect_due, refine_due
from pupitre.core.models import Heartbeat
from pupitre.listening.jobs import read_due, watch_due
from pupitre.listening.streams import listen_due
from pupitre.measurement.jobs import count_due, read_tools_due
from pupitre.measurement.sending import send_due
from pupitre.publishing.dispatch import Dispatcher
from pupitre.publishing.keep import Terms
from pupitre.relations.jobs import keep_house
from pupitre.strategy.jobs import ask_signatures
from pupitre.training.jobs import tick_due

log = logging.getLogger("pupitre.worker")
BEAT = 20  # seconds


@dataclass(slots=True)
class Lane:
    """One kind of work: `step` does what is due and says how much; `pause` seconds when there was nothing."""

    name: str
    step: Callable[[], int]
    pause: float
    news: dict[str, Any] = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Until `stop`; after a stumble it waits longer each time, up to half a minute."""
        stumbles = 0
        while not stop.is_set():
            done = 0
            try:
                done = self.step()
                stumbles, self.news = 0, {"at": timezone.now().isoformat(), "took": done}
            except Exception as error:
                stumbles += 1
                log.exception("the %s lane stumbled (%s in a row); it goes on", self.name, stumbles)
                self.news = {"at": timezone.now().isoformat(), "error": type(error).__name__}
                connection.close()
            if not done:
                stop.wait(min(30.0, self.pause * 2**stumbles))
        connection.close()


def new_name() -> str:
    """Unique for each process, also after a restart with the same number."""
    return f"{socket.gethostname()[:60]}-{os.getpid()}-{secrets.token_hex(3)}"


def run(stop: threading.Event, *, name: str | None = None) -> None:
    """Work until `stop` is set; then finish what has begun and leave cleanly."""
    worker = name or new_name()
    terms = Terms(
        worker, timedelta(seconds=settings.LEASE_SECONDS), timedelta(seconds=settings.LOOK_SECONDS), connector
    )
    dispatcher = Dispatcher(terms, threads=settings.WORKER_THREADS)
    lanes = [Lane("inbox", collect_due, 1.0), Lane("listening", read_due, 2.0), Lane("figures", count_due, 5.0)]
    lanes += [Lane("streams", partial(listen_due, stop), 2.0), Lane("alerts", watch_due, 20.0)]
    lanes.append(Lane("signatures", ask_signatures, 30.0))
    lanes.append(Lane("relations", keep_house, 60.0))
    lanes += [Lane("visits", read_tools_due, 60.0), Lane("reports", send_due, 60.0)]
    lanes.append(Lane("judge", refine_due, 3.0))
    lanes.append(Lane("exercises", tick_due, 2.0))
    threads = [threading.Thread(target=dispatcher.run, args=(stop,), name="publishing")]
    threads += [threading.Thread(target=lane.run, args=(stop,), name=lane.name) for lane in lanes]
    engine.start(worker, database=settings.DATABASES["default"])
    for thread in threads:
        thread.start()
    log.info("worker %s: %s", worker, ", ".join(thread.name for thread in threads))
    try:
        while not stop.wait(_beat(worker, lanes)):
            pass
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=settings.LEASE_SECONDS)
        engine.stop()
        Heartbeat.objects.filter(worker=worker).delete()
        connection.close()


def _beat(worker: str, lanes: list[Lane]) -> float:
    """Say that we are alive; seconds until the next time."""
    now = timezone.now()
    try:
        Heartbeat.objects.update_or_create(
            worker=worker, create_defaults={"started_at": now, "seen_at": now, "lanes": {}},
            defaults={"seen_at": now, "lanes": {lane.name: lane.news for lane in lanes}},
        )  # fmt: skip
        Heartbeat.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()
    except Exception:
        log.exception("no heartbeat could be written")
        connection.close()
        return 2.0
    return BEAT
