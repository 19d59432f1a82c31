"""What the doctor looks at: each check says how things are and, when they are not well, what to mend."""

import os
import shutil
import smtplib
import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.config import environment
from pupitre.core.models import AuditEntry
from pupitre.core.queries import living_workers
from pupitre.listening.models import Source
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

WELL, CARE, ILL = "well", "care", "ill"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SOON = timedelta(days=14)
LATE = timedelta(minutes=5)
LEAST_ROOM, CAREFUL_ROOM = 200_000_000, 1_000_000_000  # bytes
DRIFT = timedelta(seconds=30)


class Finding(NamedTuple):
    """One line: `state` is well, care or ill; `mend` is empty when there is nothing to do."""

    what: str
    state: str
    words: str
    mend: str = ""


def database() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    yield Finding("database", WELL, f"{connection.vendor} {version}")
    plan = MigrationExecutor(connection).loader
    waiting = len(set(plan.disk_migrations) - set(plan.applied_migrations))
    if waiting:
        yield Finding("migrations", ILL, f"{waiting} not applied", "run `pupitre migrate`")
    else:
        yield Finding("migrations", WELL, "all applied")


def folder() -> Iterator[Finding]:
    place = Path(settings.DATA_DIR)
    if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("data folder", ILL, f"{place} cannot be written", "give it to the account that runs Pupitre")
        return
    open_keys = [
        name for name in ("secret.key", "credentials.key")
        if (place / name).exists() and stat.S_IMODE((place / name).stat().st_mode) & 0o077
    ]  # fmt: skip
    if open_keys:
        yield Finding("data folder", ILL, f"{', '.join(open_keys)} can be read by others", f"chmod 600 {place}/*.key")
    else:
        yield Finding("data folder", WELL, str(place))


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    state = ILL if free < LEAST_ROOM else CARE if free < CAREFUL_ROOM else WELL
    yield Finding(
        "disk", state, f"{free / 1e9:.1f} GB free", "" if state == WELL else "make room, or give a larger disk"
    )


def clock() -> Iterator[Finding]:
    """SQLite shares this machine's clock: then only a clock that went back can be seen."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            drift = abs(cursor.fetchone()[0] - now)
    else:
        last = AuditEntry.objects.order_by("-id").values_list("at", flat=True).first()
        drift = max(last - now, timedelta()) if last else timedelta()
    if drift > DRIFT:
        words = f"{drift.total_seconds():.0f} s away from the database's"
        yield Finding("clock", ILL, words, "keep this machine on time (for example with chrony)")
    else:
        yield Finding("clock", WELL, f"{now:%Y-%m-%d %H:%M} UTC")


def worker() -> Iterator[Finding]:
    alive = list(living_workers(now=timezone.now()))
    if not alive:
        yield Finding("worker", ILL, "none alive: nothing leaves, nothing is read", "start `pupitre worker` or `serve`")
        return
    yield Finding("worker", WELL, f"{len(alive)} alive")
    for one in alive:
        for lane, news in one.lanes.items():
            if news.get("error"):
                yield Finding(f"{lane} lane", CARE, f"stumbled: {news['error']}", "read the worker's log")


def outbox() -> Iterator[Finding]:
    limit = timezone.now() - LATE
    late = Delivery.objects.filter(state=states.SCHEDULED, next_at__lt=limit, channel__state="connected").count()
    if late:
        yield Finding("outbox", ILL, f"{late} messages are late", "look at the worker first, then at the outbox page")
    else:
        yield Finding("outbox", WELL, "nothing is late")


def accounts() -> Iterator[Finding]:
    for channel in Channel.objects.exclude(state="closed").select_related("organisation").order_by("id"):
        name = f"{channel.organisation.slug}: {channel} ({channel.network})"
        if channel.state == "access_lost":
            yield Finding("account", ILL, f"{name} refuses: {channel.state_words}", "reconnect it in Channels")
        elif channel.expires_at and channel.expires_at < timezone.now() + SOON:
            yield Finding("account", CARE, f"{name} ends on {channel.expires_at:%Y-%m-%d}", "renew it in Channels")
    for source in Source.objects.filter(state="mute").select_related("organisation"):
        yield Finding("source", CARE, f"{source.organisation.slug}: {source} is mute", "look at it in Listening")


def address() -> Iterator[Finding]:
    value, host = environment.base_url()
    if value.startswith("https://") or host in LOOPBACK:
        yield Finding("address", WELL, value)
    else:
        yield Finding("address", ILL, f"{value} is read by anyone on the way", "put https in front of it")
    if settings.DEBUG:
        yield Finding("debug", ILL, "error pages show the inside", "set PUPITRE_DEBUG=no")


def mail() -> Iterator[Finding]:
    if not environment.read("PUPITRE_EMAIL_URL"):
        yield Finding("mail", CARE, "printed in the log only", "set PUPITRE_EMAIL_URL: it renews passwords")
        return
    from django.core.mail import get_connection

    server = get_connection(timeout=8)
    try:
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("mail", ILL, f"the server refuses: {error}", "correct PUPITRE_EMAIL_URL")
    else:
        yield Finding("mail", WELL, "the server answers")


def parts() -> Iterator[Finding]:
    if finders.find("shell/vendor/htmx.min.js") is None and not list(_vendor().glob("*")):
        yield Finding("pages", ILL, "fonts and scripts are missing", "run `make setup`, or install the wheel again")
        return
    catalogues = list(Path(__file__).parent.parent.glob("*/locale/fr/LC_MESSAGES/django.mo"))
    if catalogues:
        yield Finding("pages", WELL, "fonts, scripts and catalogues are there")
    else:
        yield Finding("pages", ILL, "the French catalogues are not compiled", "run `make setup`")


def _vendor() -> Path:
    return Path(__file__).parent.parent / "shell" / "static" / "shell" / "vendor"


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    database, folder, disk, clock, worker, outbox, accounts, address, mail, parts,
)  # fmt: skip


def examine() -> Iterator[Finding]:
    """Every finding, one check after the other; a check that cannot even look says so."""
    for check in CHECKS:
        try:
            yield from check()
        except (DatabaseError, sqlite3.Error) as error:
            words = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            yield Finding(check.__name__, ILL, words, "run `pupitre migrate`, and check PUPITRE_DATABASE_URL")
