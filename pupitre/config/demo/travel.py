"""Being at another moment, so that the history is played by the product's own actions and dated when it happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from pupitre.connectors.fakes.world import Clock


@contextmanager
def at(moment: datetime, *clocks: Clock) -> Iterator[None]:
    """This process and these networks believe that it is `moment`, an aware datetime. Seeding only."""
    for clock in clocks:
        clock.frozen, clock.ahead = moment.timestamp(), 0
    try:
        with mock.patch("django.utils.timezone.now", return_value=moment):
            yield
    finally:
        for clock in clocks:
            clock.frozen, clock.ahead = None, 0
