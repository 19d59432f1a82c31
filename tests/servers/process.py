"""One child process: started with its own log, waited for until it answers, ended with everything it started."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.parts import PartMissing

STOP_PATIENCE = 15.0


def leashed(command: Sequence[str | Path], *, account: str | None = None) -> list[str]:
    """The command as it is really run: under `account`, and ended by the kernel if the tests are killed."""
    words = [str(word) for word in command]
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        if account is not None:
            raise PartMissing("setpriv is not installed (Debian package util-linux)")
        return words
    leash = [setpriv, "--pdeathsig", "TERM"]
    if account is not None:
        owner = pwd.getpwnam(account)
        leash += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return [*leash, "--", *words]


def run(command: Sequence[str | Path], *, account: str | None = None, cwd: Path | None = None) -> str:
    """Run a short command to its end and return what it printed; its errors come in the exception's message."""
    done = subprocess.run(leashed(command, account=account), cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def end(child: subprocess.Popen[bytes], *, by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the process group to stop, then insist."""
    for sign, patience in ((by, STOP_PATIENCE), (signal.SIGKILL, STOP_PATIENCE)):
        try:
            os.killpg(child.pid, sign)
        except ProcessLookupError:
            break
        try:
            child.wait(timeout=patience)
            break
        except subprocess.TimeoutExpired:
            continue
    child.wait(timeout=STOP_PATIENCE)


def last_lines(log: Path, *, count: int = 30) -> str:
    """The end of a log, for the message of a failed start."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""


def wait_until(ready: Callable[[], bool], *, child: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    """Return once `ready()` is true; raise RuntimeError with the end of the log if the child dies or is too slow."""
    limit = time.monotonic() + patience
    while not ready():
        if child.poll() is not None:
            raise RuntimeError(f"the server ended with {child.returncode} while starting\n{last_lines(log)}")
        if time.monotonic() > limit:
            raise RuntimeError(f"the server did not answer within {patience:.0f} s\n{last_lines(log)}")
        time.sleep(0.05)


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    account: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    piped: bool = False,
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group with its output in `log`. The caller ends it with `end`.

    With `piped`, its input and output are for talking with it and only its errors go to the log.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            leashed(command, account=account),
            stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
            stdout=subprocess.PIPE if piped else output,
            stderr=output,
            env={**os.environ, **(env or {})},
            cwd=cwd,
            start_new_session=True,
        )


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    log: Path,
    ready: Callable[[], bool],
    patience: float = 120.0,
    account: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A child process for the length of the block, entered once `ready()` is true."""
    child = start(command, log=log, account=account, env=env, cwd=cwd)
    try:
        wait_until(ready, child=child, log=log, patience=patience)
        yield child
    finally:
        end(child)
