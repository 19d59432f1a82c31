"""Threads, polls and first comments: each is one promise, and whatever stops it midway, nothing is said twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.connectors.fakes.exchange import Request, Response
from pupitre.connectors.fakes.fake import Fake
from pupitre.connectors.fakes.faults import Effect
from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Conflict
from pupitre.publishing.actions import promise
from pupitre.publishing.actions.person import it_is_out
from pupitre.publishing.models import Delivery
from pupitre.publishing.standing import CRISIS
from tests.outbox.conftest import Outbox

PARTS = ("Deuxième fournée.", "Troisième fournée.", "Quatrième fournée.")
THREAD = ["Première fournée.", *PARTS]


class Killed(BaseException):
    """The worker's process ends here: nothing more is written."""


def thread_of(outbox: Outbox, mode: str = "plain") -> tuple[Delivery, Fake]:
    channel = outbox.account(mode)
    due = timezone.now() - timedelta(seconds=1)
    delivery = promise(channel, by=outbox.by, text=THREAD[0], due_at=due, parts=PARTS)
    return delivery, outbox.networks[channel.pk]


def kill_at(fake: Fake, number: int, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    """The worker dies just before, or just after, the network hears the publishing call of this number."""
    heard, handle = [0], fake.handle

    def dying(request: Request) -> Response:
        publishing = (request.method, request.path) == ("POST", "/posts")
        heard[0] += publishing
        if publishing and heard[0] == number and not after:
            raise Killed
        answer = handle(request)
        if publishing and heard[0] == number:
            raise Killed
        return answer

    monkeypatch.setattr(fake, "handle", dying)


def in_order(fake: Fake) -> list[str]:
    """The texts of the thread, each found under the one before."""
    said, (one,) = [], [message for message in fake.public_posts() if not message.parent]
    while True:
        said.append(one.text)
        below = fake.world.children(one.id)
        if not below:
            return said
        (one,) = below


@pytest.mark.parametrize("mode", ["plain", "keyed", "late"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_worker_killed_in_a_thread_goes_on_where_it_stopped(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch, mode: str, number: int, after: bool
) -> None:
    delivery, fake = thread_of(outbox, mode)
    kill_at(fake, number, monkeypatch, after=after)

    with pytest.raises(Killed):
        outbox.turn()
    assert len(fake.public_posts()) == number - (not after)
    outbox.later()
    outbox.settle(turns=20)

    delivery.refresh_from_db()
    assert (delivery.state, in_order(fake), len(fake.public_posts())) == ("sent", THREAD, len(THREAD))


@pytest.mark.parametrize("effect", [Effect.UNREACHABLE, Effect.TIMEOUT_AFTER, Effect.RESET_AFTER, Effect.ERROR_AFTER])
def test_a_thread_that_the_network_cuts_is_whole_in_the_end(outbox: Outbox, effect: Effect) -> None:
    delivery, fake = thread_of(outbox)
    fake.fail(effect, every=3)
    outbox.settle(turns=20)
    delivery.refresh_from_db()
    assert (delivery.state, in_order(fake), len(fake.public_posts())) == ("sent", THREAD, len(THREAD))
    assert delivery.remote_id == fake.public_posts()[0].id


def test_a_poll_and_a_kind_reach_the_network(outbox: Outbox) -> None:
    channel = outbox.account()
    due = timezone.now() - timedelta(seconds=1)
    asked = {"by": outbox.by, "due_at": due, "text": "Quel pain dimanche ?", "poll": ("Seigle", "Épeautre")}
    promise(channel, **asked, extras={"kind": "story"})  # type: ignore[arg-type]
    outbox.settle()
    (said,) = outbox.networks[channel.pk].public_posts()
    assert (said.extra["poll"], said.extra["kind"]) == (["Seigle", "Épeautre"], "story")


def test_two_threads_that_begin_alike_are_two_promises(outbox: Outbox) -> None:
    channel, due = outbox.account(), timezone.now() + timedelta(hours=1)
    promise(channel, by=outbox.by, text="Bonjour.", due_at=due, parts=("Un.",))
    promise(channel, by=outbox.by, text="Bonjour.", due_at=due, parts=("Deux.",))
    with pytest.raises(Conflict):
        promise(channel, by=outbox.by, text="Bonjour.", due_at=due, parts=("Deux.",))


@pytest.mark.parametrize("fault", [None, Effect.TIMEOUT_AFTER, Effect.UNREACHABLE])
def test_the_first_comment_follows_its_message_once(outbox: Outbox, fault: Effect | None) -> None:
    channel = outbox.account()
    fake, due = outbox.networks[channel.pk], timezone.now() - timedelta(seconds=1)
    promise(channel, by=outbox.by, text="La fournée.", due_at=due, extras={"first_comment": "La recette est ici."})
    if fault:
        fake.fail(fault, times=2)
    outbox.settle(turns=20)
    post, comment = fake.public_posts()
    assert (comment.text, comment.parent) == ("La recette est ici.", post.id)
    assert set(Delivery.objects.values_list("kind", "state")) == {("post", "sent"), ("reply", "sent")}


def test_a_message_done_by_hand_leaves_its_first_comment_to_the_same_person(outbox: Outbox) -> None:
    channel = outbox.account()
    made = promise(
        channel, by=outbox.by, text="La fournée.", due_at=timezone.now(), extras={"first_comment": "La recette."}
    )
    Delivery.objects.update(state="asked", next_at=None)
    it_is_out(made, by=outbox.by, permalink="https://fake.example/elsewhere")
    comment = Delivery.objects.get(follows=made)
    assert (comment.state, comment.text, comment.next_at, bool(comment.hint)) == ("asked", "La recette.", None, True)


def test_a_first_comment_born_in_a_crisis_waits_for_its_end(outbox: Outbox) -> None:
    channel = outbox.account()
    due = timezone.now() - timedelta(seconds=1)
    made = promise(channel, by=outbox.by, text="La fournée.", due_at=due, extras={"first_comment": "La recette."})
    Organisation.objects.update(posture="crisis")  # the post was being sent when the crisis began
    outbox.settle()
    comment = Delivery.objects.get(follows=made)
    assert (outbox.public(channel), comment.state, comment.next_at) == (["La fournée."], "held", None)
    assert comment.held_reason == CRISIS
