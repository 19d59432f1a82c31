"""What every real server needs: its programs, a free port, a cache folder, and a word when one is missing."""

import hashlib
import os
import pwd
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"


class PartMissing(Exception):
    """A real part cannot run here. The message says which one and what would bring it."""


def everything_is_required() -> bool:
    """True in continuous integration, where a test that cannot run is a failure."""
    return os.environ.get("PUPITRE_TESTS_REQUIRE_ALL") == "1"


def cache_folder() -> Path:
    """Where installed parts are kept between runs: PUPITRE_CACHE, or .cache in the checkout."""
    given = os.environ.get("PUPITRE_CACHE")
    folder = Path(given).expanduser() if given else CHECKOUT / ".cache"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def program(name: str, *, package: str, folders: Sequence[str] = ()) -> Path:
    """The path of a program; `folders` are glob patterns for programs that Debian keeps out of PATH.

    Raises PartMissing naming the Debian package that brings it.
    """
    for pattern in folders:
        found = sorted(Path("/").glob(f"{pattern.lstrip('/')}/{name}"))
        if found:
            return found[-1]
    on_path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin")
    if on_path is None:
        raise PartMissing(f"{name} is not installed (Debian package {package})")
    return Path(on_path)


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Does something accept connections on this loopback port?"""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def fingerprint(*files: Path) -> str:
    """Twelve hexadecimal digits that change when one of the files does."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def unprivileged_account() -> str | None:
    """The account that servers refusing to run as root take; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "mysql", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise PartMissing("no unprivileged account to run a database server under")


def hand_over(folder: Path, *, account: str | None) -> None:
    """Give the folder to the account the server runs under, and let it walk down to it."""
    if account is None:
        return
    owner = pwd.getpwnam(account)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
