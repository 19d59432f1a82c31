"""Work as rows: asked for, called off and listed through Django's own connection, inside the caller's transaction.

This is the only page that knows the shape of the library's tables. It does so in order that a web process, which
only asks, never loads the library (some 45 MB). The tests compare each row with the one the library's own client
writes, and read back every state from a real worker, so a change of shape cannot pass unseen.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.db import connection
from django.db.backends.utils import CursorWrapper

from pupitre.engine import registry

APPLICATION = "pupitre"
QUEUE = "pupitre"


class State(StrEnum):
    LATER = "later"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


MEANINGS = {
    "DELAYED": State.LATER,
    "ENQUEUED": State.WAITING,
    "PENDING": State.RUNNING,
    "SUCCESS": State.DONE,
    "ERROR": State.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED,
    "CANCELLED": State.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: `words` says why it failed, in the failure's own words; `worker` who ran it last."""

    id: str
    name: str
    state: State
    args: dict[str, object]
    asked_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    worker: str
    words: str


def enqueue(name: str, /, **args: object) -> str:
    """Ask for a job as soon as the caller's transaction commits; the id of the work.

    Raises UnknownJob, and TypeError for arguments JSON cannot say.
    """
    return _ask(name, args, due=None)


def enqueue_at(name: str, when: datetime, /, **args: object) -> str:
    """Ask for a job not before `when` (aware). It starts up to two polls late: never a publication's own time."""
    if when.tzinfo is None:
        raise ValueError("A time without its zone is not a time.")
    return _ask(name, args, due=int(when.timestamp() * 1000))


def cancel(work: str, /) -> bool:
    """Call off work that has not begun. False when it is running, over, or unknown: running bodies are never cut."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_table('workflow_status')} SET status = 'CANCELLED', owner_xid = NULL, queue_name = NULL,"  # noqa: S608
            f" deduplication_id = NULL, started_at_epoch_ms = NULL, updated_at = {_now()}, completed_at = {_now()}"
            " WHERE workflow_uuid = %s AND status IN ('ENQUEUED', 'DELAYED')",
            [work],
        )
        return bool(cursor.rowcount == 1)


def listing(*, states: Iterable[State] = State, name: str = "", limit: int = 100) -> list[Work]:
    """The latest work in these states, newest first; of one job only when `name` says so."""
    wanted = set(states)
    codes = [code for code, state in MEANINGS.items() if state in wanted]
    holes = ", ".join(["%s"] * len(codes))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.workflow_uuid, w.name, w.status, i.inputs, w.created_at, w.delay_until_epoch_ms, w.completed_at,"  # noqa: S608
            f" w.executor_id, o.error, w.schedule_name FROM {_table('workflow_status')} w"
            f" LEFT JOIN {_table('workflow_input')} i ON i.workflow_uuid = w.workflow_uuid"
            f" LEFT JOIN {_table('workflow_output')} o ON o.workflow_uuid = w.workflow_uuid"
            f" WHERE w.status IN ({holes}) AND (%s = '' OR w.name = %s)"
            " ORDER BY w.created_at DESC, w.workflow_uuid LIMIT %s",
            [*codes, name, name, limit],
        )
        return [_work(*row) for row in cursor.fetchall()]


def workers_at_work() -> list[str]:
    """The ids of the workers that have, or had when they fell silent, a body running."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT executor_id FROM {_table('workflow_status')}"  # noqa: S608
            " WHERE status = 'PENDING' AND executor_id IS NOT NULL"
        )
        return [row[0] for row in cursor.fetchall()]


def rings_already(work: str) -> bool:
    """Is an earlier ring of the same bell still running?"""
    table = _table("workflow_status")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} me JOIN {table} other ON other.schedule_name = me.schedule_name"  # noqa: S608
            " WHERE me.workflow_uuid = %s AND other.status = 'PENDING' AND (other.created_at < me.created_at"
            " OR (other.created_at = me.created_at AND other.workflow_uuid < me.workflow_uuid))",
            [work],
        )
        return bool(cursor.fetchone()[0])


def _ask(name: str, args: dict[str, object], *, due: int | None) -> str:
    registry.known(name)
    work = str(uuid.uuid4())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT dbos.enqueue_workflow(workflow_name => %s, queue_name => %s, named_args => %s::json,"
                " workflow_id => %s, delay_until_epoch_ms => %s::bigint, application_name => %s)",
                [name, QUEUE, registry.written(args), work, due, APPLICATION],
            )
        else:
            _insert(name, args, work=work, due=due, cursor=cursor)
    return work


def _insert(name: str, args: dict[str, object], *, work: str, due: int | None, cursor: CursorWrapper) -> None:
    """What PostgreSQL's function does, said to SQLite, which has no functions of its own."""
    cursor.execute(
        "INSERT INTO workflow_status (workflow_uuid, status, name, queue_name, priority, created_at, updated_at,"  # noqa: S608
        " recovery_attempts, owner_xid, creator_xid, serialization, delay_until_epoch_ms, application_name)"
        f" VALUES (%s, %s, %s, %s, 0, {_now()}, {_now()}, 0, NULL, %s, 'portable_json', %s, %s)",
        [work, "ENQUEUED" if due is None else "DELAYED", name, QUEUE, str(uuid.uuid4()), due, APPLICATION],
    )
    inputs = f'{{"namedArgs": {registry.written(args)}, "positionalArgs": []}}'
    cursor.execute("INSERT INTO workflow_input (workflow_uuid, inputs) VALUES (%s, %s)", [work, inputs])


def _table(name: str) -> str:
    return f"dbos.{name}" if connection.vendor == "postgresql" else name


def _now() -> str:
    """The database's clock, in milliseconds since 1970."""
    if connection.vendor == "postgresql":
        return "(EXTRACT(epoch FROM now()) * 1000)::bigint"
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


def _work(
    work: str, name: str, status: str, inputs: str | None, asked: int, due: int | None, ended: int | None,
    worker: str | None, error: str | None, bell: str | None,
) -> Work:  # fmt: skip
    asked_at = _time(asked)
    assert asked_at is not None
    return Work(
        id=work, name=name, state=MEANINGS[status], args=_args(inputs, bell=bell), asked_at=asked_at,
        due_at=_time(due), ended_at=_time(ended), worker=worker or "", words=_words(error),
    )  # fmt: skip


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _args(inputs: str | None, *, bell: str | None) -> dict[str, object]:
    if not inputs:
        return {}
    said = json.loads(inputs)
    if bell is not None:  # a ring: its time, then what the bell was told
        return dict((said.get("args") or said.get("positionalArgs"))[1] or {})
    return dict(said["namedArgs"] or {})


def _words(error: str | None) -> str:
    if not error:
        return ""
    try:
        return str(json.loads(error)["message"])
    except (ValueError, KeyError, TypeError):
        return error[:500]
