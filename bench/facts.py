"""The page of one objective as its facts grow: 1,000, 10,000 and 100,000 posts over ninety days.

`python -m bench.facts` makes a database for each size in a temporary folder, fills it, and asks the objective's page
many times. Each post is counted six times on two metrics, so the largest holds 1,200,000 facts.
Goals: p95 under 100 ms, at most twice as slow for ten times as many posts.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

SIZES = (1_000, 10_000, 100_000)
COUNTS, METRICS, DAYS = 6, ("views", "replies"), 90


def fill(posts: int) -> tuple[object, int]:
    """One bakery with this many posts of one objective; its owner, and the objective's id."""
    from decimal import Decimal

    from pupitre.channels.models import Channel
    from pupitre.core.actions import set_up
    from pupitre.measurement.models import OWN_MEASURE, Fact
    from pupitre.publishing.models import Delivery
    from pupitre.strategy.models import Objective

    owner = set_up(
        name="Levain", email="claire@levain.example", password="quatre mots pour ouvrir", person="Claire Aubry"
    )
    here, chance, now = owner.organisation, random.Random(7), datetime.now(tz=UTC)
    objective = Objective.objects.create(
        organisation=here,
        change="Plus de commandes",
        measure="Commandes",
        baseline=126,
        target=145,
        audience="Le quartier",
    )
    channel = Channel.objects.create(
        organisation=here, network="manual", handle="levain", name="Levain", state="connected"
    )
    for start in range(0, posts, 5000):
        sent = Delivery.objects.bulk_create([
            Delivery(
                organisation=here, channel=channel, state="sent", text=f"Fournée {n}", fingerprint=str(n), due_at=now,
                sent_at=now - timedelta(days=DAYS * n / posts), remote_id=str(n),
            )
            for n in range(start, min(start + 5000, posts))
        ])  # fmt: skip
        rows = [
            Fact(
                organisation=here, objective=objective, delivery=one, channel=channel, kpi=kpi, source="network",
                value=Decimal(chance.randrange(500)), at=now - timedelta(hours=turn, seconds=one.pk % 3000),
            )
            for one in sent
            for turn in range(COUNTS)
            for kpi in METRICS
        ]  # fmt: skip
        Fact.objects.bulk_create(rows, batch_size=2000)
    own = {"organisation": here, "objective": objective, "kpi": OWN_MEASURE, "source": "caisse"}
    Fact.objects.bulk_create(
        [Fact(**own, value=120 + chance.randrange(30), n=4, at=now - timedelta(days=day)) for day in range(DAYS)]
    )
    return owner, objective.pk


def one_size(posts: int, rounds: int) -> None:
    """Inside its own process: migrate, fill, measure, print one line of JSON."""
    import json

    os.environ["DJANGO_SETTINGS_MODULE"] = "pupitre.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from bench.inbox_pages import asked

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    owner, objective = fill(posts)
    filled = time.perf_counter() - began
    client = Client(SERVER_NAME="localhost")
    client.force_login(owner.user)  # type: ignore[attr-defined]
    slug = owner.organisation.slug  # type: ignore[attr-defined]
    pages = {"objective": reverse("measurement:objective", args=[slug, objective]), "measures": f"/o/{slug}/measures/"}
    told = {name: asked(lambda at=at: client.get(at), rounds) for name, at in pages.items()}
    sys.stdout.write(json.dumps({"posts": posts, "filled": round(filled, 1), **told}) + "\n")


def main() -> None:
    import json

    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--posts", type=int)
    given.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    given.add_argument("--rounds", type=int, default=40)
    args = given.parse_args()
    if args.posts:
        one_size(args.posts, args.rounds)
        return
    seen = []
    for size in args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "PUPITRE_DATA_DIR": folder}
            command = [sys.executable, "-m", "bench.facts", "--posts", str(size), "--rounds", str(args.rounds)]
            told = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        seen.append(json.loads(told.stdout.splitlines()[-1]))
        sys.stdout.write(f"{seen[-1]}\n")
        sys.stdout.flush()
    for before, after in pairwise(seen):
        ratio = after["objective"]["p95"] / before["objective"]["p95"]
        sys.stdout.write(f"{before['posts']} to {after['posts']} posts: {ratio:.2f} times as slow (goal 2 at most)\n")


if __name__ == "__main__":
    main()
