"""The composer and the outbox as pages: the journey, refusals that lose nothing, doors that stay shut."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.editorial.actions import approve
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.tests.conftest import Write
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective, Voice

HOME = "/o/boulangerie-levain-fils"


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def later(**more: float) -> str:
    return (timezone.localtime(timezone.now()) + timedelta(days=1, **more)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def form(objective: Objective, voice: Voice, channel: Channel) -> dict[str, Any]:
    return {
        "title": "La fournée", "objective": objective.pk, "voice": voice.pk, "relation": "proximity",
        "reaction": "come", "use": "Il choisit son pain", "minutes": "20",
        f"text-{channel.pk}": "La fournée de seize heures sort du four.", f"due-{channel.pk}": later(),
    }  # fmt: skip


def test_a_text_is_written_approved_and_promised(at_desk: Client, form: dict[str, Any]) -> None:
    answer = at_desk.post(f"{HOME}/compose/write/", form | {"then": "approve"}, follow=True)
    variant, delivery = Variant.objects.get(), Delivery.objects.get()
    assert answer.redirect_chain == [(f"{HOME}/posts/{variant.post_id}/", 302)]
    assert (variant.delivery, delivery.text, delivery.state) == (
        delivery, "La fournée de seize heures sort du four.", "scheduled",
    )  # fmt: skip
    assert variant.post.brief == {"use": "Il choisit son pain"}


def test_a_refused_text_keeps_everything_that_was_typed(
    at_desk: Client, form: dict[str, Any], channel: Channel
) -> None:
    form |= {f"text-{channel.pk}": "x" * 900, "then": "approve"}
    answer = at_desk.post(f"{HOME}/compose/write/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("x" * 900 in page, "Il choisit son pain" in page, form[f"due-{channel.pk}"] in page) == (True,) * 3
    assert Delivery.objects.count() == 0


def test_an_hour_the_clocks_skip_is_refused_with_its_neighbours(
    at_desk: Client, form: dict[str, Any], channel: Channel
) -> None:
    answer = at_desk.post(f"{HOME}/compose/write/", form | {f"due-{channel.pk}": "2027-03-28T02:30"})
    assert answer.status_code == 422
    assert Post.objects.count() == 0
    assert [part in answer.content.decode() for part in ("01:30", "03:30")] == [True, True]


def test_checking_keeps_nothing_and_counts_by_the_channel_s_rule(
    at_desk: Client, form: dict[str, Any], channel: Channel, second: Channel
) -> None:
    form[f"text-{second.pk}"] = form[f"text-{channel.pk}"]
    part = at_desk.post(f"{HOME}/compose/check/", form, headers={"HX-Request": "true"})
    words = part.content.decode()
    assert (part.status_code, Post.objects.count()) == (200, 0)
    assert (f'id="counter-{channel.pk}"' in words, 'class="echo"' in words, "<html" in words) == (True, True, False)
    whole = at_desk.post(f"{HOME}/compose/check/", form | {"remove": second.pk})
    assert (f"text-{channel.pk}" in whole.content.decode(), f'name="text-{second.pk}"' in whole.content.decode()) == (
        True,
        False,
    )


def test_the_second_editor_is_shown_the_first_one_s_words(
    at_desk: Client, form: dict[str, Any], write: Write, channel: Channel
) -> None:
    post = write("De Karim.")
    Post.objects.update(revision=2)
    answer = at_desk.post(f"{HOME}/posts/{post.pk}/save/", form | {"revision": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("De Karim." in page, form[f"text-{channel.pk}"] in page, 'name="revision" value="2"' in page) == (True,) * 3
    again = at_desk.post(f"{HOME}/posts/{post.pk}/save/", form | {"revision": "2"})
    assert (again.status_code, Variant.objects.get().text) == (302, form[f"text-{channel.pk}"])


def test_an_image_is_added_with_its_words(at_desk: Client, form: dict[str, Any], media: Media) -> None:
    form |= {"media": [media.pk], f"alt-{media.pk}": "Un four, des pains."}
    at_desk.post(f"{HOME}/compose/write/", form)
    media.refresh_from_db()
    assert ([a.media for a in Post.objects.get().attachments.all()], media.alt) == ([media], "Un four, des pains.")


def test_a_reader_may_look_and_not_write(client: Client, lucie: Member, write: Write, form: dict[str, Any]) -> None:
    client.force_login(lucie.user)
    post = write()
    assert client.get(f"{HOME}/posts/{post.pk}/").status_code == 200
    assert client.post(f"{HOME}/compose/write/", form).status_code == 403


def test_strangers_find_nothing(client: Client, write: Write, claire: Member, stranger: Member) -> None:
    post = write()
    variant = approve(Variant.objects.get(), by=claire)
    client.force_login(stranger.user)
    home = "/o/valserein"
    for path in (f"posts/{post.pk}/", f"notes/{variant.pk}/", f"outbox/{variant.delivery_id}/"):
        assert (client.get(f"{home}/{path}").status_code, client.get(f"{HOME}/{path}").status_code) == (404, 404)
    for act in (f"posts/{post.pk}/save/", f"posts/{post.pk}/ask/", f"posts/{post.pk}/drop/", *(
        f"notes/{variant.pk}/{verb}/" for verb in ("approve", "withdraw", "move", "undo")), *(
        f"outbox/{variant.delivery_id}/{verb}/" for verb in
        ("hold", "release", "cancel", "reschedule", "it-is-out", "send-again"))):  # fmt: skip
        assert client.post(f"{home}/{act}").status_code == 404


def test_a_note_is_moved_and_put_back(at_desk: Client, write: Write) -> None:
    write()
    variant = Variant.objects.get()
    answer = at_desk.post(f"{HOME}/notes/{variant.pk}/move/", {"due_at": later(hours=3)})
    assert answer.status_code == 200
    token = answer.context["undo"]
    at_desk.post(f"{HOME}/notes/{variant.pk}/undo/", {"undo": token})
    assert Variant.objects.get().due_at == variant.due_at
    refused = at_desk.post(f"{HOME}/notes/{variant.pk}/move/", {"due_at": "2020-01-01T10:00"})
    assert (refused.status_code, Variant.objects.get().due_at) == (422, variant.due_at)


@pytest.mark.parametrize("count", [1, 3, 9])
def test_pages_ask_the_database_a_constant_number_of_times(
    at_desk: Client,
    write: Write,
    channel: Channel,
    second: Channel,
    media: Media,
    count: int,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(count):
        post = write(f"Texte numéro {number} du four.", media_ids=(media.pk,))
    for path in (f"posts/{post.pk}/", "compose/", f"notes/{post.variants.get().pk}/", "outbox/"):
        with django_assert_max_num_queries(12):
            answer = at_desk.get(f"{HOME}/{path}")
        assert (answer.status_code, answer.content.count(b"<h1"), len(answer.content) < 60_000) == (200, 1, True)
