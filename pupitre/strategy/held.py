"""Reading the strategy once for a page: what several parts of it ask for is asked of the database one time.

Only while a page is being shown: an action always reads what is there now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from pupitre.core.models import Organisation

P = ParamSpec("P")
T = TypeVar("T")
_held: ContextVar[dict[Any, Any] | None] = ContextVar("strategy held", default=None)


@contextmanager
def held() -> Iterator[None]:
    """For the block, each marked read of an organisation is made once."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def once(read: Callable[Concatenate[Organisation, P], T]) -> Callable[Concatenate[Organisation, P], T]:
    """Mark a read of an organisation."""

    @wraps(read)
    def reading(organisation: Organisation, /, *args: P.args, **kwargs: P.kwargs) -> T:
        kept = _held.get()
        if kept is None:
            return read(organisation, *args, **kwargs)
        key = (read.__qualname__, organisation.pk, args, tuple(kwargs.items()))
        if key not in kept:
            kept[key] = read(organisation, *args, **kwargs)
        found: T = kept[key]
        return found

    return reading
