"""What the environment may say, and what it means. Nonsense is refused with a sentence.

Every variable is described here once; docs/administration.md is checked against this table by a test.
Secrets may come from a file: `PUPITRE_SECRET_KEY_FILE=/run/secrets/key`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

LEAST_LEASE = 90  # seconds: a text leaves in at most 60, three times the patience of the one HTTP client


class Nonsense(ValueError):
    """A setting that cannot be meant; the message is a sentence for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    what: str


SETTINGS = (
    Setting("PUPITRE_DATA_DIR", "data", "Folder of the database, the media and the secret key."),
    Setting("PUPITRE_DATABASE_URL", "", "postgresql://user:password@host:5432/name; empty: SQLite in the data folder."),
    Setting("PUPITRE_SECRET_KEY", "", "Signs sessions; made once in the data folder when empty."),
    Setting("PUPITRE_CREDENTIALS_KEY", "", "Encrypts the networks' tokens; made once in the data folder when empty."),
    Setting("PUPITRE_BASE_URL", "http://127.0.0.1:8000", "The address people type; its host is the only one served."),
    Setting("PUPITRE_LINK_HOSTS", "", "Short domains that also lead here, separated by commas, such as levn.example."),
    Setting("PUPITRE_DEBUG", "no", "yes for development only: error pages with details, component page."),
    Setting(
        "PUPITRE_ALLOW_PRIVATE_ADDRESSES",
        "no",
        "yes lets connectors and feeds reach private networks.",
    ),
    Setting("PUPITRE_WORKER_THREADS", "8", "How many messages may leave at the same time, 1 to 64."),
    Setting(
        "PUPITRE_LEASE_SECONDS", "120", "How long a worker may hold a message before it is looked for, 90 to 3600."
    ),
    Setting("PUPITRE_LOOK_SECONDS", "120", "Pause between two looks for a message that may be out, 1 to 3600."),
    Setting("PUPITRE_INBOX_SECONDS", "60", "Pause between two readings of an account's inbox, 1 to 3600."),
    Setting("PUPITRE_FEED_SECONDS", "900", "Pause between two readings of a feed, 1 to 86400."),
    Setting("PUPITRE_S3_URL", "", "s3://key:secret@host/bucket keeps the library's files; empty: the data folder."),
    Setting("PUPITRE_EMAIL_URL", "", "smtp://user:password@host:587 for outgoing mail; empty prints mail in the log."),
    Setting("PUPITRE_MAIL_FROM", "pupitre@localhost", "Sender of the product's own mail."),
)
NAMES = {setting.name: setting for setting in SETTINGS}


def read(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a setting, from `NAME`, `NAME_FILE` or its default."""
    env = os.environ if environ is None else environ
    setting = NAMES[name]
    from_file = env.get(f"{name}_FILE")
    if from_file and env.get(name):
        raise Nonsense(f"{name} and {name}_FILE are both set: keep one.")
    if from_file:
        try:
            return Path(from_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Nonsense(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error
    return env.get(name, setting.default).strip()


def yes(name: str, environ: Mapping[str, str] | None = None) -> bool:
    value = read(name, environ).lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise Nonsense(f"{name} is {value!r}: write yes or no.")
    return value in {"yes", "1", "true"}


def number(name: str, *, least: int, most: int, environ: Mapping[str, str] | None = None) -> int:
    value = read(name, environ)
    if not value.isdigit() or not least <= int(value) <= most:
        raise Nonsense(f"{name} is {value!r}: write a whole number from {least} to {most}.")
    return int(value)


def bucket(environ: Mapping[str, str] | None = None) -> str:
    """The library's bucket as it was written, or nothing; its key, host and bucket must all be there."""
    url = read("PUPITRE_S3_URL", environ)
    parts = urlparse(url)
    if url and (
        parts.scheme != "s3" or not all((parts.hostname, parts.username, parts.password, parts.path.strip("/")))
    ):
        raise Nonsense("PUPITRE_S3_URL: write s3://key:secret@host/bucket, with ?region=… or &tls=no if needed.")
    return url


def lease(environ: Mapping[str, str] | None = None) -> int:
    """Seconds a worker may hold a message. Short ones are for a developer's machine only.

    A call may last longer than a short lease: another worker would then look, find nothing yet, and send again.
    """
    least = 5 if yes("PUPITRE_DEBUG", environ) else LEAST_LEASE
    return number("PUPITRE_LEASE_SECONDS", least=least, most=3600, environ=environ)


def base_url(environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The public address without its last slash, and its host."""
    value = read("PUPITRE_BASE_URL", environ).rstrip("/")
    parts = urlparse(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Nonsense(f"PUPITRE_BASE_URL is {value!r}: write an address such as https://pupitre.example.org.")
    return value, parts.hostname


def link_hosts(environ: Mapping[str, str] | None = None) -> list[str]:
    """The short domains of the links, in small letters."""
    hosts = [one.strip().lower() for one in read("PUPITRE_LINK_HOSTS", environ).split(",") if one.strip()]
    for host in hosts:
        if urlparse(f"//{host}").netloc != host or "*" in host or "." not in host:
            raise Nonsense(f"PUPITRE_LINK_HOSTS holds {host!r}: write domains (levn.example), separated by commas.")
    return hosts


def database(data_dir: Path, environ: Mapping[str, str] | None = None) -> dict[str, object]:
    """Django's description of the database.

    SQLite writes ahead, waits 30 s for a lock and takes the write lock at the start of a transaction, so that
    two writers queue instead of failing.
    """
    url = read("PUPITRE_DATABASE_URL", environ)
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data_dir / "pupitre.sqlite3"),
            "TEST": {"NAME": str(data_dir / "test.sqlite3")},  # a file: threads and the engine share it
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
            },
        }
    parts = urlparse(url)
    name = parts.path.lstrip("/")
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise Nonsense("PUPITRE_DATABASE_URL: write postgresql://user:password@host:5432/name, or nothing for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def email(environ: Mapping[str, str] | None = None) -> dict[str, object]:
    """Django's mail settings from one address."""
    url = read("PUPITRE_EMAIL_URL", environ)
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlparse(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise Nonsense("PUPITRE_EMAIL_URL: write smtp://user:password@host:587 or smtps://…:465.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
