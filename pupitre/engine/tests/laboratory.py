"""A small program around the engine, run by the tests as a process of its own: a worker that can be killed.

It is forked from a server that has loaded Django and the library once, and talks to the tests through a pipe.
Its jobs leave one line per beginning and end in a diary file, which is how the tests know what really ran.
"""

import json
import os
import signal
import sys
import threading
import time
from contextlib import nullcontext
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlparse

import django
from django.conf import settings


def described(url: str) -> dict[str, object]:
    """Django's description of `sqlite:///path` or `postgresql://…`, as the product writes it."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        options = {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path, "OPTIONS": options}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def open_django(url: str) -> None:
    settings.configure(
        DATABASES={"default": described(url)},
        INSTALLED_APPS=["pupitre.engine"],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def declare_jobs() -> None:
    from pupitre.engine import job

    @job("lab.note", pause=0.05)
    def note(*, diary: str, word: str, seconds: float = 0.0) -> None:
        _write(diary, f"begin {word}")
        time.sleep(seconds)
        _write(diary, f"end {word}")

    @job("lab.fail", attempts=3, pause=0.05)
    def fail(*, diary: str, word: str) -> None:
        _write(diary, f"begin {word}")
        raise RuntimeError(f"cannot {word}")

    @job("lab.die", attempts=1)
    def die(*, diary: str, word: str) -> None:
        _write(diary, f"begin {word}")
        os.kill(os.getpid(), signal.SIGKILL)


def _write(diary: str, line: str) -> None:
    with Path(diary).open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()} {line}\n")


def work(talk: Connection, name: str, lease: str, bells: str = "[]") -> None:
    """Work until SIGTERM; says its id once it does. SIGUSR1 sweeps as if a year later and says how many went."""
    from pupitre.engine import every, heart, job, start, stop

    job(f"lab.of_{name}")(lambda: None)  # no two workers have the same code
    heart.INHERITANCES = 1
    for bell, cron, args in json.loads(bells):
        every(bell, cron, **args)
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    own = start(name, database=settings.DATABASES["default"], poll=0.1, lease=float(lease))
    signal.signal(signal.SIGUSR1, lambda *_: talk.send(heart.sweep(now=datetime.now(tz=UTC) + timedelta(days=365))))
    talk.send(own)
    while not over.wait(0.1):
        pass
    stop(patience=5)


def migrate(talk: Connection) -> None:
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    connections.close_all()  # the file is copied: nothing may stay in the log beside it


def listen(talk: Connection) -> None:
    """Answer each line with its value or its error, as JSON; each in a transaction of its own.

    A line after `undone: ` is rolled back; one after `bare: ` has no transaction.
    """
    words = _vocabulary()
    while True:
        line = talk.recv()
        try:
            answer: object = {"value": _said(line, words)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        talk.send(json.dumps(answer, default=_plain))


def _said(line: str, words: dict[str, object]) -> object:
    from django.db import transaction

    how, _, rest = line.partition(": ") if line.startswith(("undone: ", "bare: ")) else ("", "", line)
    with nullcontext() if how == "bare" else transaction.atomic():
        value: object = eval(rest, words)
        if how == "undone":
            transaction.set_rollback(True)
    return value


def _vocabulary() -> dict[str, object]:
    import pupitre.engine
    from pupitre.engine import heart, models

    return {
        **vars(pupitre.engine),
        "heart": heart,
        "soon": lambda seconds: datetime.now(tz=UTC) + timedelta(seconds=seconds),
        "workers": lambda: [worker.pk for worker in models.Worker.objects.all()],
        "as_the_library_asks": _as_the_library_asks,
        "row": _row,
    }


def _as_the_library_asks(name: str, args: dict[str, object]) -> str:
    """The same wish, through the library's own client."""
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    from pupitre.engine.address import address

    client = DBOSClient(
        system_database_url=address(settings.DATABASES["default"]),
        serializer=DBOSPortableJSONSerializer(),
        application_name="pupitre",
    )
    wish = {"workflow_name": name, "queue_name": "pupitre", "serialization_type": "portable_json"}
    handle = client.enqueue(wish, **args)
    client.destroy()
    return str(handle.get_workflow_id())


def _row(work: str) -> dict[str, object]:
    """Every column of a piece of work, without what differs from one to the next."""
    from django.db import connection

    schema = "dbos." if connection.vendor == "postgresql" else ""
    whole: dict[str, object] = {}
    with connection.cursor() as cursor:
        for table in ("workflow_status", "workflow_input"):
            cursor.execute(f"SELECT * FROM {schema}{table} WHERE workflow_uuid = %s", [work])
            whole |= dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    whole["attributes"] = None if whole["attributes"] == "null" else whole["attributes"]  # no attributes, said twice
    whole["inputs"] = json.loads(str(whole["inputs"]))
    own = {"workflow_uuid", "created_at", "updated_at", "owner_xid", "creator_xid", "retention_timestamp"}
    return {key: value for key, value in whole.items() if key not in own}


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def main(url: str, verb: str, *words: str, log: str, talk: Connection) -> None:
    with Path(log).open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    open_django(url)
    declare_jobs()
    {"work": work, "migrate": migrate, "listen": listen}[verb](talk, *words)
