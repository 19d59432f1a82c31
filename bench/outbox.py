"""What one delivery costs: the outbox against one DBOS workflow of one step per post, on SQLite and on PostgreSQL.

    python bench/outbox.py [--quick] [--only sqlite|postgresql]

Both publish to the same network that answers at once and costs nothing, so that only our own work is counted: CPU of
this process, threads included (a database server's own is not ours to count). Every figure is a ratio inside one run,
or belongs beside the machine that made it. The last line is one JSON object.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))
THREADS = 8
ACCOUNTS = 20


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="a tenth of everything")
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    arguments.add_argument("--inside", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.inside:
        print(json.dumps(measure(quick=given.quick)))
        return
    kinds = [given.only] if given.only else ["sqlite", "postgresql"]
    figures = {kind: apart(kind, quick=given.quick) for kind in kinds}
    show(figures)
    print(json.dumps({"bench": "outbox", "quick": given.quick, "figures": figures}))


def apart(kind: str, *, quick: bool) -> dict[str, Any]:
    """Measure one database in a process of its own: settings are read once a process."""
    import subprocess

    with tempfile.TemporaryDirectory(prefix="pupitre-bench-") as folder, address(kind) as url:
        env = {**os.environ, "PUPITRE_DATA_DIR": folder, "PUPITRE_DATABASE_URL": url}
        command = [sys.executable, __file__, "--inside", kind, *(["--quick"] if quick else [])]
        done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def address(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    from tests.servers.postgres import own_postgres

    with own_postgres() as cluster, cluster.database() as url:
        yield url


def measure(*, quick: bool) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
    import django

    django.setup()
    from pupitre.config.commands.migrate import prepare

    prepare()
    share = 10 if quick else 1
    baseline = workflows(1000 // share)
    burst = deliveries(10_000 // share)
    table = []
    for size in (1_000 // share, 10_000 // share, 100_000 // share):
        fill(size)
        rounds = [deliveries(1_000 // (share // 3 or 1)) for _ in range(3)]
        table.append({"rows": size, **min(rounds, key=lambda one: one["cpu_ms"])})
    costs = [line["cpu_ms"] for line in table]
    return {
        "dbos_cpu_ms": baseline,
        "burst": burst,
        "ratio_to_dbos": round(burst["cpu_ms"] / baseline, 3),
        "table": table,
        "flatness": round(max(costs) / min(costs), 2),
    }


class Instant:
    """A network that publishes at once, for nothing."""

    def __init__(self) -> None:
        from pupitre.connectors.contract import Published, Ref
        from pupitre.connectors.registry import manifest

        self.manifest = manifest("fake")
        self.say: Callable[[str], Any] = lambda key: Published(Ref(key), f"https://fake.example/{key}", now())

    def send(self, message: Any) -> Any:
        return self.say(message.key)


def now() -> datetime:
    return datetime.now(tz=UTC)


def organisation() -> Any:
    from pupitre.core.models import Organisation

    return Organisation.objects.get_or_create(slug="bench", defaults={"name": "Levain"})[0]


def rows(count: int, **fields: Any) -> None:
    """Deliveries by the thousand, spread over the accounts."""
    from pupitre.channels.models import Channel
    from pupitre.publishing.models import Delivery

    bakery = organisation()
    accounts = [
        Channel.objects.get_or_create(organisation=bakery, network="fake", remote_id=str(number))[0]
        for number in range(ACCOUNTS)
    ]
    moment = now()
    made = (
        Delivery(
            organisation=bakery, channel=accounts[number % ACCOUNTS], text=f"La fournée {number}",
            fingerprint=f"{moment.timestamp()}-{number}", due_at=moment, **fields,
        )
        for number in range(count)
    )  # fmt: skip
    Delivery.objects.bulk_create(made, batch_size=500)


def fill(count: int) -> None:
    """Bring the table to this many rows with what was sent long ago."""
    from django.db import connection

    from pupitre.publishing.models import Delivery

    missing = count - Delivery.objects.count()
    if missing > 0:
        past = now() - timedelta(days=30)
        rows(missing, state="sent", sent_at=past, remote_id="1")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def deliveries(count: int) -> dict[str, float]:
    """Promise `count` for now and let one worker's publishing lane empty the outbox."""
    from threading import Event, Thread

    from django.db.models import Max, Min

    from pupitre.publishing.dispatch import Dispatcher
    from pupitre.publishing.keep import Terms
    from pupitre.publishing.models import Delivery

    network = Instant()
    terms = Terms("bench", timedelta(seconds=120), timedelta(seconds=120), lambda _: network)  # type: ignore[arg-type, return-value]
    Delivery.objects.filter(state="sent").update(sent_at=now() - timedelta(days=30))
    rows(count, next_at=now())
    Delivery.objects.filter(next_at__isnull=False).update(due_at=now(), next_at=now())
    stop, began, cpu = Event(), now(), time.process_time()
    lane = Thread(target=Dispatcher(terms, threads=THREADS).run, args=(stop,))
    lane.start()
    while Delivery.objects.filter(next_at__isnull=False).exists():
        time.sleep(0.2)
    spent = time.process_time() - cpu
    stop.set()
    lane.join()
    late = Delivery.objects.filter(sent_at__gte=began).aggregate(first=Min("sent_at"), last=Max("sent_at"))
    return {
        "count": count,
        "cpu_ms": round(spent / count * 1000, 3),
        "first_late_s": round((late["first"] - began).total_seconds(), 3),
        "last_late_s": round((late["last"] - began).total_seconds(), 3),
    }


def workflows(count: int) -> float:
    """CPU in ms of one DBOS workflow of one step that publishes on the same network."""
    from dbos import DBOS
    from django.conf import settings

    from pupitre.engine.address import address as engine_address

    network = Instant()
    DBOS(
        config={
            "name": "bench", "system_database_url": engine_address(settings.DATABASES["default"]),
            "executor_id": "bench", "application_version": "1", "log_level": "ERROR", "use_listen_notify": False,
        }
    )  # fmt: skip

    @DBOS.step()
    def publish(key: str) -> str:
        return str(network.say(key).permalink)

    @DBOS.workflow()
    def post(key: str) -> str:
        return publish(key)

    DBOS.launch()
    DBOS.register_queue("posts", worker_concurrency=THREADS, polling_interval_sec=0.01)
    cpu = time.process_time()
    handles = [DBOS.enqueue_workflow("posts", post, str(number)) for number in range(count)]
    for handle in handles:
        handle.get_result()
    spent = time.process_time() - cpu
    DBOS.destroy(destroy_registry=True)
    return round(spent / count * 1000, 3)


def show(figures: dict[str, dict[str, Any]]) -> None:
    print(f"{'':<34}" + "".join(f"{kind:>14}" for kind in figures))
    lines: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
        ("one DBOS workflow, CPU ms", lambda one: one["dbos_cpu_ms"]),
        ("one delivery, CPU ms", lambda one: one["burst"]["cpu_ms"]),
        ("ratio (goal: 0.2 at most)", lambda one: one["ratio_to_dbos"]),
        ("due at once", lambda one: one["burst"]["count"]),
        ("first late, s", lambda one: one["burst"]["first_late_s"]),
        ("last late, s", lambda one: one["burst"]["last_late_s"]),
    ]
    for number in range(3):
        lines.append((f"CPU ms, table {number + 1} of 3", lambda one, n=number: one["table"][n]["cpu_ms"]))  # type: ignore[misc]
    lines.append(("flatness (goal: 1.3 at most)", lambda one: one["flatness"]))
    for label, figure in lines:
        print(f"{label:<34}" + "".join(f"{figure(one)!s:>14}" for one in figures.values()))


if __name__ == "__main__":
    main()
