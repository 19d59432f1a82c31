"""What can be asked for by name, and what rings by itself. No library, no database: two tables."""

import inspect
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Body = TypeVar("Body", bound=Callable[..., None])
NAME = re.compile(r"[a-z_]+(\.[a-z_]+)+")


class UnknownJob(LookupError):
    """Nobody answers to this name."""


@dataclass(frozen=True, slots=True)
class Job:
    """A body and its patience: `attempts` in all, `pause` seconds before the second, twice as long each time."""

    name: str
    body: Callable[..., None]
    attempts: int
    pause: float


@dataclass(frozen=True, slots=True)
class Bell:
    """A job that rings by itself: `cron` in five fields (six with seconds first), read in `timezone`."""

    name: str
    cron: str
    timezone: str
    args: str  # JSON object

    @property
    def key(self) -> str:
        told = json.loads(self.args)
        return ":".join([self.name, *(f"{key}={told[key]}" for key in sorted(told))])


JOBS: dict[str, Job] = {}
BELLS: dict[str, Bell] = {}


def job(name: str, *, attempts: int = 3, pause: float = 5.0) -> Callable[[Body], Body]:
    """Declare a job under `room.verb`. Its body takes JSON values by keyword and returns nothing.

    Raises ValueError for a name of another shape, taken twice, or a body with positional arguments.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"A job is named room.verb in lower case, not {name!r}.")
    if attempts < 1:
        raise ValueError(f"{name}: a job is tried at least once.")

    def declare(body: Body) -> Body:
        known = JOBS.get(name)
        if known is not None and _place(known.body) != _place(body):
            raise ValueError(f"Two jobs are named {name}.")
        _refuse_positions(name, body)
        JOBS[name] = Job(name=name, body=body, attempts=attempts, pause=pause)
        return body

    return declare


def every(name: str, cron: str, *, timezone: str = "UTC", **args: object) -> None:
    """Ring a declared job at these times. A time missed while no worker was alive is not made up for.

    Two rings of the same bell never overlap: the later one is dropped. Raises ValueError for a cron expression of
    another length, UnknownJob for a job not declared yet.
    """
    known(name)
    if len(cron.split()) not in {5, 6}:
        raise ValueError(f"{name}: a cron expression has five fields, or six with seconds first, not {cron!r}.")
    bell = Bell(name=name, cron=cron, timezone=timezone, args=written(args))
    BELLS[bell.key] = bell


def known(name: str) -> Job:
    """The job of that name. Raises UnknownJob."""
    try:
        return JOBS[name]
    except KeyError:
        raise UnknownJob(f"No job is named {name!r}; declared: {', '.join(sorted(JOBS)) or 'none'}.") from None


def written(args: dict[str, object]) -> str:
    """The arguments as JSON. Raises TypeError for what JSON cannot say: pass an id, not an object."""
    return json.dumps(args, allow_nan=False, ensure_ascii=False, sort_keys=True)


def _refuse_positions(name: str, body: Callable[..., None]) -> None:
    by_name = {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    if any(parameter.kind not in by_name for parameter in inspect.signature(body).parameters.values()):
        raise ValueError(f"{name}: a job's body takes keyword-only arguments.")


def _place(body: Callable[..., None]) -> tuple[str, str]:
    # A module imported twice under the same name declares the same job, not a second one.
    return body.__module__, body.__qualname__
