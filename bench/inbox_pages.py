"""Each page of the inbox asked many times; messages taken in by the thousand."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any


def pages(owner: Any, names: tuple[str, ...], *, rounds: int) -> dict[str, dict[str, float]]:
    """p50 and p95 in ms of each of these pages, and how many queries it asks."""
    from django.test import Client

    from bench.inbox_world import ABSENT, COMMON

    client = Client(SERVER_NAME="localhost")
    client.force_login(owner.user)
    root = f"/o/{owner.organisation.slug}"
    addresses = {
        "desk": f"{root}/", "list": f"{root}/conversations/",
        "filter": f"{root}/conversations/?kind=complaint&only=mine",
        "private": f"{root}/conversations/?only=private",
        "deep page": f"{root}/conversations/?after={deep_key(owner)}",
        "open": f"{root}/conversations/{some_thread(owner)}/",
        "frequent": f"{root}/conversations/search/?q={COMMON}",
        "rare": f"{root}/conversations/search/?q=mot7", "two words": f"{root}/conversations/search/?q=levain+mot42",
        "absent": f"{root}/conversations/search/?q={ABSENT}", "score": f"{root}/score/",
    }  # fmt: skip
    return {name: asked(lambda at=addresses[name]: client.get(at), rounds) for name in names}


def asked(ask: Callable[[], Any], rounds: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    cost = len(queries)
    assert answer.status_code == 200, (answer.status_code, answer.wsgi_request.path)
    ask()
    times, cpu = [], []
    for _ in range(rounds):
        start, spent = time.perf_counter(), time.process_time()
        ask()
        cpu.append((time.process_time() - spent) * 1000)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    cpu.sort()
    return {
        "p50": round(times[len(times) // 2], 1), "p95": round(times[min(len(times) - 1, len(times) * 95 // 100)], 1),
        "cpu": round(cpu[len(cpu) // 2], 1), "queries": cost, "kB": round(len(answer.content) / 1000, 1),
    }  # fmt: skip


def some_thread(owner: Any) -> int:
    from pupitre.conversations.models import Thread

    return int(Thread.objects.filter(state="open", kind="complaint").order_by("-id").values_list("pk", flat=True)[0])


def deep_key(owner: Any) -> str:
    """Where nine tenths of the waiting list are behind."""
    from pupitre.conversations import queries

    waiting = queries.waiting(owner.organisation)
    return queries.key_of(waiting[waiting.count() * 9 // 10])


def taking_in(owner: Any, count: int) -> dict[str, float]:
    """Messages judged and taken in per second of CPU, the judge's own time apart and along."""
    import random

    from bench.inbox_world import sentence
    from pupitre.channels.models import Channel
    from pupitre.connectors.contract import Author, Incoming, Ref
    from pupitre.conversations.actions import take_in
    from pupitre.judge.engine import judge

    chance, channel, now = random.Random(7), Channel.objects.get(), datetime.now(tz=UTC)
    news = [
        Incoming(
            ref=Ref(f"n{n}", {}), kind="reply", author=Author(f"p{n % 97}", f"p{n % 97}"), text=sentence(chance),
            at=now - timedelta(seconds=count - n), thread=f"n{n // 3 * 3}", root=Ref("post", {}),
        )
        for n in range(count)
    ]  # fmt: skip
    start = time.process_time()
    for one in news:
        judge(one.text)
    judged = time.process_time() - start
    start = time.process_time()
    kept = take_in(channel, news)
    spent = time.process_time() - start
    assert len(kept) == count
    return {
        "judged": round(count / judged), "taken in": round(count / max(spent - judged, 1e-6)),
        "taken in and judged": round(count / spent),
    }  # fmt: skip
