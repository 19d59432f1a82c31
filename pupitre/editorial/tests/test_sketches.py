"""What is typed outlives a reload, belongs to who typed it, and what was put away or taken out comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.editorial import actions
from pupitre.editorial.models import Post, Sketch, Variant
from pupitre.editorial.rules.draft import Draft
from pupitre.editorial.rules.sketches import MOST, MOST_FIELDS, MOST_SKETCHES, key_of, says_something, worth_keeping
from pupitre.editorial.tests.conftest import Write
from pupitre.editorial.tests.test_editorial_api import caller

HOME = "/o/boulangerie-levain-fils"
LIVE = {"HX-Request": "true"}


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def typed_on(post: Post, channel: Channel, text: str) -> dict[str, Any]:
    return {"post": post.pk, "revision": post.revision, "title": post.title, f"text-{channel.pk}": text}


def test_a_new_post_is_found_again_after_a_reload(at_desk: Client, channel: Channel) -> None:
    key = at_desk.get(f"{HOME}/compose/").context["sheet"].values["sketch"]
    typed = {"sketch": key, "title": "Le seigle", "springs": ["fun", "service"], f"text-{channel.pk}": "Demain, l"}
    answer = at_desk.post(f"{HOME}/compose/typing/", typed, headers=LIVE)

    assert (answer.status_code, answer["HX-Replace-Url"]) == (200, f"{HOME}/compose/?sketch={key}")
    assert Post.objects.count() == 0
    again = at_desk.get(answer["HX-Replace-Url"])
    assert (again.context["draft"].title, again.context["draft"].springs) == ("Le seigle", ("fun", "service"))
    assert again.context["draft"].texts[0].text == "Demain, l"
    assert f'name="sketch" value="{key}"' in again.content.decode()
    assert [one.key for one in at_desk.get(f"{HOME}/compose/").context["unfinished"]] == [key]


def test_without_script_the_same_door_leads_back_to_the_page(at_desk: Client) -> None:
    answer = at_desk.post(f"{HOME}/compose/typing/", {"sketch": "abcdefgh", "title": "Le seigle"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{HOME}/compose/?sketch=abcdefgh")


def test_kept_it_is_no_sketch_any_more(at_desk: Client, channel: Channel) -> None:
    typed = {"sketch": "abcdefgh", "title": "Le seigle", "minutes": "20", f"text-{channel.pk}": "Demain."}
    at_desk.post(f"{HOME}/compose/typing/", typed)
    at_desk.post(f"{HOME}/compose/write/", typed)
    assert (Sketch.objects.count(), Variant.objects.get().text) == (0, "Demain.")


def test_a_post_shows_what_was_being_typed_and_stays_as_it_was(at_desk: Client, write: Write, channel: Channel) -> None:
    post = write("Le pain.")
    at_desk.post(f"{HOME}/compose/typing/", typed_on(post, channel, "Le pain chaud."), headers=LIVE)

    page = at_desk.get(f"{HOME}/posts/{post.pk}/")
    assert ("Le pain chaud." in page.content.decode(), Variant.objects.get().text) == (True, "Le pain.")
    assert "conflicts" not in page.context
    at_desk.post(f"{HOME}/compose/throw-away/", {"post": post.pk})
    assert at_desk.get(f"{HOME}/posts/{post.pk}/").context["draft"].texts[0].text == "Le pain."


def test_what_somebody_kept_meanwhile_is_neither_hidden_nor_overwritten(
    at_desk: Client, write: Write, channel: Channel
) -> None:
    post = write("Le pain.")
    form = typed_on(post, channel, "Le pain chaud.")
    at_desk.post(f"{HOME}/compose/typing/", form, headers=LIVE)
    Variant.objects.update(text="Le pain de Karim.")
    Post.objects.update(revision=post.revision + 1)

    page = at_desk.get(f"{HOME}/posts/{post.pk}/")
    assert ("Karim" in page.content.decode(), len(page.context["conflicts"])) == (True, 1)
    assert f'name="revision" value="{post.revision}"' in page.content.decode()
    assert at_desk.post(f"{HOME}/posts/{post.pk}/save/", form).status_code == 409
    assert Variant.objects.get().text == "Le pain de Karim."


def test_nobody_reads_over_a_shoulder(client: Client, claire: Member, karim: Member, write: Write) -> None:
    post = write("Le pain.")
    actions.keep_sketch([("title", "Secret")], by=claire, post=post)
    actions.keep_sketch([("title", "Secret")], by=claire, key="abcdefgh")
    client.force_login(karim.user)
    for path in (f"posts/{post.pk}/", "compose/", "compose/?sketch=abcdefgh"):
        assert "Secret" not in client.get(f"{HOME}/{path}").content.decode()


def test_an_empty_form_keeps_nothing_and_a_reader_types_nothing(client: Client, claire: Member, lucie: Member) -> None:
    client.force_login(claire.user)
    assert client.post(f"{HOME}/compose/typing/", {}).status_code == 422
    assert client.post(f"{HOME}/compose/typing/", {"sketch": "abcdefgh", "relation": "expertise"}).status_code == 422
    client.force_login(lucie.user)
    assert client.post(f"{HOME}/compose/typing/", {"sketch": "abcdefgh", "title": "x"}).status_code == 403
    assert Sketch.objects.count() == 0


def test_another_house_s_post_is_not_there(at_desk: Client, write: Write, client: Client, stranger: Member) -> None:
    post = write()
    client.force_login(stranger.user)
    for path in ("compose/typing/", "compose/throw-away/"):
        assert client.post(f"/o/valserein/{path}", {"post": post.pk, "title": "x"}).status_code == 404
    assert client.post(f"/o/valserein/posts/{post.pk}/bring-back/").status_code == 404


def test_old_and_many_sketches_are_forgotten(claire: Member) -> None:
    for number in range(MOST_SKETCHES + 3):
        actions.keep_sketch([("title", str(number))], by=claire, key=f"page-{number:04}")
    assert Sketch.objects.count() == MOST_SKETCHES
    Sketch.objects.update(updated_at=timezone.now() - timedelta(days=31))
    actions.keep_sketch([("title", "neuve")], by=claire, key="page-neuve")
    assert [str(one) for one in Sketch.objects.all()] == ["neuve"]


@pytest.mark.parametrize(
    ("post", "key", "page"),
    [(7, "", "post-7"), (7, "abcdefgh", "post-7"), (None, "abcdefgh", "abcdefgh"), (None, "court", ""),
     (None, "post-1234567", ""), (None, "a b c d e", ""), (None, "x" * 25, "")],
)  # fmt: skip
def test_the_page_of_a_sketch(post: int | None, key: str, page: str) -> None:
    assert key_of(post, key) == page


def test_what_is_worth_keeping() -> None:
    told = [("title", "a"), ("csrfmiddlewaretoken", "x"), ("then", "approve"), ("media", "3"), ("media", "4")]
    assert worth_keeping(told) == [("title", "a"), ("media", "3"), ("media", "4")]
    assert worth_keeping([("title", "a" * MOST)]) == []
    assert worth_keeping([("media", "1")] * (MOST_FIELDS + 1)) == []
    assert [says_something([one]) for one in [("title", " "), ("relation", "x"), ("text-3", "x"), ("use", "x")]] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_post_put_away_comes_back_as_a_draft(at_desk: Client, write: Write, claire: Member) -> None:
    post = write("Le pain.")
    actions.approve(Variant.objects.get(), by=claire)
    answer = at_desk.post(f"{HOME}/posts/{post.pk}/drop/", follow=True)
    assert [one.pk for one in answer.context["posts"]] == [post.pk]

    back = at_desk.post(f"{HOME}/posts/{post.pk}/bring-back/", follow=True)
    variant = Variant.objects.get()
    assert (back.status_code, variant.text, variant.approved_at, variant.delivery) == (200, "Le pain.", None, None)
    with pytest.raises(Conflict):
        actions.bring_back_post(post, by=claire)


def test_a_text_taken_out_is_put_back_with_its_form(at_desk: Client, channel: Channel, second: Channel) -> None:
    form = {"title": "Le seigle", f"text-{channel.pk}": "Un.", f"text-{second.pk}": "Deux.", f"part-{second.pk}-1": "B"}
    out = at_desk.post(f"{HOME}/compose/check/", form | {"remove": second.pk})
    assert [text.text for text in out.context["draft"].texts] == ["Un."]
    aside = dict(out.context["aside"])
    assert aside == {f"gone-text-{second.pk}": "Deux.", f"gone-part-{second.pk}-1": "B"}

    form = {"title": "Le seigle", f"text-{channel.pk}": "Un."} | aside
    back = at_desk.post(f"{HOME}/compose/check/", form | {"put_back": ""})
    assert [text.text for text in back.context["draft"].texts] == ["Un.", "Deux."]
    assert back.context["draft"].texts[1].form.parts == ("B",)
    assert back.context["aside"] == []


def test_an_unknown_page_is_refused(claire: Member) -> None:
    with pytest.raises(Refusal):
        actions.keep_sketch([("title", "x")], by=claire, key="court")


@pytest.mark.parametrize("count", [1, 12])
def test_the_pages_ask_a_constant_number_of_times(
    at_desk: Client, claire: Member, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        actions.keep_sketch([("title", f"Essai {number}")], by=claire, key=f"page-{number:04}")
        actions.drop(actions.save_post(None, Draft(title=f"Rangé {number}"), by=claire), by=claire)
    for path in ("compose/", "compose/?sketch=page-0000", "score/away/"):
        with django_assert_max_num_queries(12):
            assert at_desk.get(f"{HOME}/{path}").status_code == 200


def test_the_same_through_the_api(client: Client, claire: Member, write: Write) -> None:
    call, post = caller(client, claire), write()
    status, kept = call("PUT", "/unfinished", {"key": "abcdefgh", "fields": [["title", "Le seigle"]]})
    assert (status, kept["key"], kept["fields"]) == (200, "abcdefgh", [["title", "Le seigle"]])
    assert [one["key"] for one in call("GET", "/unfinished")[1]] == ["abcdefgh"]
    assert call("PUT", "/unfinished", {"key": "abcdefgh"})[0] == 422
    assert call("PUT", "/unfinished", {"post_id": post.pk + 1, "fields": [["title", "x"]]})[0] == 404
    assert (call("POST", "/unfinished/throw-away", {"key": "abcdefgh"})[0], Sketch.objects.count()) == (204, 0)

    call("POST", f"/posts/{post.pk}/drop", {"reason": "Trop tôt"})
    assert [one["id"] for one in call("GET", "/posts-away")[1]] == [post.pk]
    assert call("POST", f"/posts/{post.pk}/bring-back")[0] == 200
    assert call("POST", f"/posts/{post.pk}/bring-back")[0] == 409
