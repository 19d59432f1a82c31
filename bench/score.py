"""How long the score takes: a month of 20 channels and 2,000 posts, beside the same month with 10 posts.

Server time of the whole answer (session, queries, drawing, template), by the test client, after one warm answer. The
processor's own time is judged, so that a busy machine tells the same; wall time is shown beside it.
The ratio between the two months is what a change must not spoil; the goal is 150 ms at 2,000 posts.
"""

import json
import os
import statistics
import sys
import tempfile
from datetime import timedelta
from time import perf_counter, process_time

GOAL_MS = 150
CHANNELS = 20
ROUNDS = 15


def prepare() -> None:
    os.environ["PUPITRE_DATA_DIR"] = tempfile.mkdtemp(prefix="pupitre-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pupitre.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def house(count: int) -> tuple[str, str]:
    """(address of the house, first day of the month) with `count` posts of one variant on 20 channels."""
    from django.utils import timezone

    from pupitre.channels.models import Channel, Charter
    from pupitre.core.actions import set_up
    from pupitre.editorial.models import Post, Variant
    from pupitre.editorial.score_queries import local_midnight

    member = set_up(
        name=f"Maison {count}", email=f"c{count}@maison.example", password="quatre mots pour ouvrir",
        person="Claire Aubry", first=False,
    )  # fmt: skip
    here = member.organisation
    channels = Channel.objects.bulk_create(
        Channel(organisation=here, network="fake", remote_id=f"c{n}", name=f"Canal {n}") for n in range(CHANNELS)
    )
    Charter.objects.bulk_create(Charter(channel=one, purpose="p", audience="a", tone="t") for one in channels)
    first = timezone.localdate().replace(day=1)
    start = local_midnight(first, here.timezone)
    posts = Post.objects.bulk_create(
        Post(organisation=here, title=f"La note {n}", created_by=member, minutes=20, relation="expertise")
        for n in range(count)
    )
    Variant.objects.bulk_create(
        Variant(
            organisation=here, post=post, channel=channels[n % CHANNELS], text="Ce qui sort du four.",
            due_at=start + timedelta(minutes=28 * 1440 * n / count),
        )
        for n, post in enumerate(posts)
    )  # fmt: skip
    return f"/o/{here.slug}", first.isoformat()


def measure(home: str, first: str, email: str) -> dict[str, dict[str, float]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from pupitre.core.models import User

    client = Client()
    client.force_login(User.objects.get(email=email))
    figures = {}
    for name, path in (
        ("week", f"score/?week={first}"), ("month", f"score/month/?month={first[:7]}"),
        ("list", f"score/list/?from={first}"),
    ):  # fmt: skip
        address = f"{home}/{path}"
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        asked = len(queries)
        assert answer.status_code == 200, answer.status_code
        times, works = [], []
        for _ in range(ROUNDS):
            begun, worked = perf_counter(), process_time()
            client.get(address)
            times.append((perf_counter() - begun) * 1000)
            works.append((process_time() - worked) * 1000)
        figures[name] = {
            "cpu_ms": round(statistics.median(works), 1), "p50_ms": round(statistics.median(times), 1),
            "worst_ms": round(max(times), 1), "queries": asked,
            "kB": round(len(answer.content) / 1000, 1),
        }  # fmt: skip
    return figures


def main() -> int:
    prepare()
    houses = {count: house(count) for count in (10, 2000)}
    found = {count: measure(*place, f"c{count}@maison.example") for count, place in houses.items()}
    print(f"{'page':8}{'posts':>7}{'cpu ms':>9}{'p50 ms':>9}{'worst ms':>10}{'queries':>9}{'kB':>8}")
    for count, pages in found.items():
        for name, one in pages.items():
            print(
                f"{name:8}{count:>7}{one['cpu_ms']:>9}{one['p50_ms']:>9}{one['worst_ms']:>10}{one['queries']:>9}{one['kB']:>8}"
            )
    ratio = round(found[2000]["month"]["cpu_ms"] / found[10]["month"]["cpu_ms"], 2)
    flat = all(found[10][name]["queries"] == found[2000][name]["queries"] for name in found[10])
    result = {
        "bench": "score", "pages": found, "month_2000_to_10": ratio, "constant_queries": flat, "goal_ms": GOAL_MS,
        "reached": found[2000]["month"]["cpu_ms"] <= GOAL_MS and flat,
    }  # fmt: skip
    print(json.dumps(result))
    return 0 if result["reached"] else 1


if __name__ == "__main__":
    sys.exit(main())
