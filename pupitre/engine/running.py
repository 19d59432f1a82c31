"""The working side: the library is loaded here, and nowhere else, when a process starts to work.

Its traps, and what holds each of them:
- two processes with one executor id both run the work in flight: the id carries random digits, one per process;
- work of a dead process waits for ever: `heart` beats, and takes over what a silent process left;
- taking over work that is still alive runs it twice: only one heir, only after a lease, and bodies that bear it;
- the automatic version strands work at every deploy: the version is pinned, whatever the code;
- its default serialisation is a pickle, which runs code when read: everything is JSON here;
- publication times do not come from here: a queue polls once a second, and a delay may wait for two polls;
- finished rows stay for ever: `heart` sweeps them (see `KEPT`).
"""

import json
import logging
import os
import secrets
import socket
from collections.abc import Callable
from typing import Any

from django.db import connections

from pupitre.engine import heart, registry
from pupitre.engine.address import address
from pupitre.engine.models import Worker
from pupitre.engine.rows import APPLICATION, QUEUE, rings_already

VERSION = "1"
POOL = 3
log = logging.getLogger(__name__)
_beating: heart.Heart | None = None


def prepare(database: dict[str, object]) -> None:
    """Create or upgrade the library's tables beside ours; safe to call again."""
    from dbos import DBOS

    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(address(database))


def start(worker: str, *, database: dict[str, object], threads: int = 4, poll: float = 1.0, lease: float = 30.0) -> str:
    """Work in this process until `stop`; the unique id under which it works.

    `worker` is the name people see; `threads` bodies run at once; `poll` and `lease` are seconds: how often waiting
    work is looked for, and how long a silent worker keeps its work. Raises RuntimeError when already started.
    """
    global _beating
    if _beating is not None:
        raise RuntimeError("This process already works.")
    from dbos import DBOS

    own = f"{worker}-{secrets.token_hex(6)}"
    me = Worker(id=own, name=worker, host=socket.gethostname(), pid=os.getpid())
    heart.announce(me)
    DBOS(config=_configuration(own, database=database, threads=threads))
    bodies = {name: _registered(job) for name, job in registry.JOBS.items()}
    DBOS.launch()
    DBOS.register_queue(QUEUE, worker_concurrency=threads, polling_interval_sec=poll, on_conflict="always_update")
    _hang_bells(bodies)
    _beating = heart.Heart(me, lease=lease)
    _beating.start()
    return own


def stop(*, patience: int = 10) -> None:
    """Finish what runs, up to `patience` seconds, then leave. What is left is taken over when the lease is out."""
    global _beating
    if _beating is None:
        return
    from dbos import DBOS

    beating, _beating = _beating, None
    DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)
    beating.stop()


def _configuration(own: str, *, database: dict[str, object], threads: int) -> Any:
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": APPLICATION,
        "system_database_url": address(database),
        "sys_db_pool_size": POOL,
        "executor_id": own,
        "application_version": VERSION,
        "serializer": DBOSPortableJSONSerializer(),
        "max_executor_threads": threads + 2,  # the bodies, and the library's own start and recovery
        "use_listen_notify": False,
        "enable_otlp": False,
        "log_level": "ERROR",
    }


def _registered(job: registry.Job) -> Callable[..., None]:
    from dbos import DBOS

    def work(*ring: Any, **args: Any) -> None:
        if ring:  # a bell gives the time it rang, then what it was told
            args = ring[1] or {}
        _run(job, args, bell=str(DBOS.workflow_id) if ring else "")

    work.__qualname__ = work.__name__ = job.name
    registered: Callable[..., None] = DBOS.workflow(name=job.name)(work)
    return registered


def _run(job: registry.Job, args: dict[str, object], *, bell: str) -> None:
    """One body, tried again after its pauses; its last failure is the one that is written down."""
    from dbos import DBOS, error

    options: Any = {
        "name": job.name,
        "retries_allowed": job.attempts > 1,
        "max_attempts": job.attempts,
        "interval_seconds": job.pause,
        "backoff_rate": 2.0,
    }
    try:
        DBOS.run_step(options, _body, job, args, bell)
    except error.DBOSMaxStepRetriesExceeded as tired:
        raise tired.errors[-1] from None


def _body(job: registry.Job, args: dict[str, object], bell: str) -> None:
    try:
        if bell and rings_already(bell):
            log.warning("%s still runs since its last ring: this ring is dropped", job.name)
            return
        job.body(**args)
    finally:
        # The thread may sleep for hours: it keeps no connection that a restarted database would have forgotten.
        connections.close_all()


def _hang_bells(bodies: dict[str, Callable[..., None]]) -> None:
    """Schedules in the database are those of the code: new ones appear, changed ones change, forgotten ones go."""
    from dbos import DBOS

    wanted: list[Any] = [
        {
            "schedule_name": key,
            "workflow_fn": bodies[bell.name],
            "schedule": bell.cron,
            "context": json.loads(bell.args),
            "cron_timezone": bell.timezone,
            "queue_name": QUEUE,
        }
        for key, bell in registry.BELLS.items()
    ]
    if wanted:
        DBOS.apply_schedules(wanted)
    for schedule in DBOS.list_schedules():
        if schedule["schedule_name"] not in registry.BELLS:
            DBOS.delete_schedule(schedule["schedule_name"])
