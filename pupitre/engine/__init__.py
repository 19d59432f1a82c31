"""The background engine behind one small face: everything that happens on its own and is not on a hot path.

    @job("reports.monthly")
    def monthly(*, objective: int) -> None: ...

    every("reports.monthly", "0 6 1 * *", timezone="Europe/Paris", objective=3)

    with transaction.atomic():
        report = ...save...
        enqueue("reports.monthly", objective=report.objective_id)   # leaves with the transaction, or not at all

A job's body may run more than once: its worker may die, or be believed dead while it only slept. Bodies are tiny,
they read what is due from rows, and whatever cannot be taken back is behind a fence of its own (the outbox's).
Enqueuing loads nothing: only a process that calls `start` pays for the library underneath (see `running`).
"""

from pupitre.engine.registry import UnknownJob, every, job
from pupitre.engine.rows import State, Work, cancel, enqueue, enqueue_at, listing

__all__ = ["State", "UnknownJob", "Work", "cancel", "enqueue", "enqueue_at", "every", "job", "listing", "start", "stop"]


def start(worker: str, *, database: dict[str, object], threads: int = 4, poll: float = 1.0, lease: float = 30.0) -> str:
    """Start working in this process. See `pupitre.engine.running.start`."""
    from pupitre.engine import running

    return running.start(worker, database=database, threads=threads, poll=poll, lease=lease)


def stop(*, patience: int = 10) -> None:
    """Stop working cleanly. See `pupitre.engine.running.stop`."""
    from pupitre.engine import running

    running.stop(patience=patience)
