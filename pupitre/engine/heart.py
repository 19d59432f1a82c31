"""The beat of a worker: it says it is alive, inherits from those who no longer do, and sweeps what is long over."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, close_old_connections, connections
from django.db.models import Q
from django.db.models.functions import Now

from pupitre.engine.models import Worker
from pupitre.engine.rows import MEANINGS, QUEUE, State, workers_at_work

KEPT = {State.DONE: timedelta(days=7), State.CANCELLED: timedelta(days=7), State.FAILED: timedelta(days=90)}
SWEEP_EVERY = 3600.0
SWEEP_AT_ONCE = 500
INHERITANCES = 5  # work that outlives this many workers probably kills them
log = logging.getLogger(__name__)


class Heart(threading.Thread):
    """Beats five times a lease until stopped. A database that is away is waited for, never fatal."""

    def __init__(self, worker: Worker, *, lease: float) -> None:
        super().__init__(name="pupitre-heart", daemon=True)
        self.worker = worker
        self.lease = timedelta(seconds=lease)
        self.over = threading.Event()
        self.swept = time.monotonic()

    def run(self) -> None:
        while not self.over.wait(self.lease.total_seconds() / 5):
            try:
                close_old_connections()
                self.beat()
            except DatabaseError as error:
                log.warning("%s cannot beat: %s", self.worker.pk, error)
                connections.close_all()
            except Exception:
                log.exception("%s: a beat failed", self.worker.pk)
        connections.close_all()

    def beat(self) -> None:
        """One beat: say so, inherit, sweep when it is time."""
        announce(self.worker, lease=self.lease)
        for silent in silent_workers(self.lease):
            if claim(silent, heir=self.worker.pk, lease=self.lease):
                inherit(silent, heir=self.worker.pk)
        if time.monotonic() - self.swept > SWEEP_EVERY:
            self.swept = time.monotonic()
            sweep(now=datetime.now(tz=UTC))

    def stop(self) -> None:
        """Stop beating, and leave nothing behind when nothing is left to inherit."""
        self.over.set()
        self.join(timeout=10)
        try:
            Worker.objects.filter(pk=self.worker.pk).exclude(pk__in=workers_at_work()).delete()
        except DatabaseError as error:
            log.warning("%s leaves without saying so: %s", self.worker.pk, error)


def announce(worker: Worker, *, lease: timedelta | None = None) -> None:
    """Write that this worker is alive now, by the database's clock."""
    if Worker.objects.filter(pk=worker.pk).update(beat_at=Now(), heir="", heir_since=None):
        return
    if lease is not None:
        log.error("%s was silent for more than %s and its work was given to another", worker.pk, lease)
    Worker.objects.create(
        id=worker.pk, name=worker.name, host=worker.host, pid=worker.pid, started_at=Now(), beat_at=Now()
    )


def silent_workers(lease: timedelta) -> list[Worker]:
    """Workers nobody heard for a lease."""
    return list(Worker.objects.filter(beat_at__lt=Now() - lease))


def claim(silent: Worker, *, heir: str, lease: timedelta) -> bool:
    """Become the only heir of a silent worker; an heir that died in turn is replaced after a lease."""
    free = Q(heir="") | Q(heir_since__lt=Now() - lease)
    still = Worker.objects.filter(free, pk=silent.pk, beat_at__lt=Now() - lease)
    return bool(still.update(heir=heir, heir_since=Now()) == 1)


def inherit(silent: Worker, *, heir: str) -> int:
    """Put a dead worker's work back in the queue; how many pieces. Raises DatabaseError and leaves it claimed."""
    from dbos import DBOS

    left = DBOS.list_workflows(status="PENDING", executor_id=silent.pk, load_input=False, load_output=False)
    for work in left:
        times = int((work.attributes or {}).get("inherited", 0)) + 1
        if times > INHERITANCES:
            log.error("%s %s outlived %s workers and is called off", work.name, work.workflow_id, times)
            DBOS.cancel_workflow(work.workflow_id)
            continue
        DBOS.update_workflow_attributes(work.workflow_id, {"inherited": times}, merge=True)
        DBOS.resume_workflow(work.workflow_id, queue_name=QUEUE)
    Worker.objects.filter(pk=silent.pk, heir=heir).delete()
    if left:
        log.warning("%s inherited %s pieces of work from %s", heir, len(left), silent.pk)
    return len(left)


def sweep(*, now: datetime) -> int:
    """Delete what has been over for longer than it is kept; how many pieces."""
    from dbos import DBOS

    gone = 0
    for code, state in MEANINGS.items():
        if state not in KEPT:
            continue
        before = (now - KEPT[state]).isoformat()
        while True:
            old = DBOS.list_workflows(
                status=code, completed_before=before, limit=SWEEP_AT_ONCE, load_input=False, load_output=False
            )
            if not old:
                break
            DBOS.delete_workflows([work.workflow_id for work in old])
            gone += len(old)
    return gone
