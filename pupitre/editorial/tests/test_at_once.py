"""Approving and editing at the same time: what was approved is what is promised, byte for byte."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection

from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.actions import approve, set_variant
from pupitre.editorial.models import Review, Variant
from pupitre.editorial.tests.conftest import Write
from pupitre.publishing.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "La fournée de seize heures.", "La fournée de dix-sept heures."


def together(*acts: Callable[[], object]) -> None:
    """Begin all of these at one moment, each in its own connection; a refusal is an answer."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            for _ in range(40):
                try:
                    act()
                except OperationalError:  # SQLite lets one write at a time
                    continue
                return
        except Refusal:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("turn", range(3))
def test_what_leaves_is_what_was_read(write: Write, claire: Member, karim: Member, turn: int) -> None:
    post = write(OLD)
    note = Variant.objects.select_related("post__organisation", "channel").get()
    due = note.due_at
    acts = [
        lambda: approve(note, by=claire, revision=1),
        lambda: set_variant(post, note.channel, by=karim, text=NEW, due_at=due),
    ]
    together(*(acts if turn % 2 else reversed(acts)))

    living = list(Delivery.objects.filter(state="scheduled"))
    agreed = list(Review.objects.filter(verdict="agreed").values_list("version__text", flat=True))
    assert [one.text for one in living] in ([], [OLD])
    assert set(agreed) <= {OLD}
    kept = Variant.objects.get()
    assert kept.text == NEW
    assert (kept.delivery, living) == (None, [])
