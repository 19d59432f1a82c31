"""Versions: nobody's words are lost, what changed is seen word by word, and one comes back in a click."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotAllowed, NotFound
from pupitre.editorial import actions
from pupitre.editorial.models import Post, Variant, Version
from pupitre.editorial.rules.worddiff import Piece, differences
from pupitre.editorial.tests.conftest import Write

HOME = "/o/boulangerie-levain-fils"


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == after


def test_words_are_changed_whole() -> None:
    assert differences("La boutique ferme à midi.", "La boutique ouvre à midi.") == [
        Piece("kept", "La boutique "), Piece("out", "ferme"), Piece("in", "ouvre"), Piece("kept", " à midi."),
    ]  # fmt: skip


def test_each_saving_keeps_what_was_said_and_the_same_words_only_once(
    write: Write, claire: Member, karim: Member, channel: Channel
) -> None:
    post = write("Un.")
    for by, text in ((karim, "Deux."), (karim, "Deux."), (claire, "Trois.")):
        actions.set_variant(post, channel, by=by, text=text, due_at=None)
    kept = Version.objects.order_by("number").values_list("number", "text", "member")
    assert list(kept) == [(1, "Un.", claire.pk), (2, "Deux.", karim.pk), (3, "Trois.", claire.pk)]


def test_a_version_comes_back_and_what_stood_there_stays(
    write: Write, claire: Member, lucie: Member, stranger: Member, channel: Channel
) -> None:
    post = write("Un.")
    actions.approve(post.variants.get(), by=claire)
    actions.set_variant(post, channel, by=claire, text="Deux.", due_at=post.variants.get().due_at)
    first = Version.objects.get(number=1)
    for by, refusal in ((lucie, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            actions.restore(first, by=by)
    actions.restore(first, by=claire)
    assert Variant.objects.get().text == "Un."
    assert list(Version.objects.order_by("number").values_list("text", flat=True)) == ["Un.", "Deux.", "Un."]


def test_the_page_shows_what_changed_and_brings_back(
    client: Client, claire: Member, write: Write, channel: Channel, django_assert_max_num_queries: Any
) -> None:
    client.force_login(claire.user)
    post = write("La boutique ferme à midi.")
    for number in range(24):
        actions.set_variant(post, channel, by=claire, text=f"La boutique ouvre à {number} h.", due_at=None)
    with django_assert_max_num_queries(12):
        page = client.get(f"{HOME}/posts/{post.pk}/versions/")
    words = page.content.decode()
    assert (words.count("<del>"), words.count("<ins>"), "?before=" in words) == (20, 20, True)
    last = client.get(f"{HOME}/posts/{post.pk}/versions/?before={Version.objects.get(number=3).pk}").content.decode()
    assert ("ferme" in last, last.count("<del>")) == (True, 2)
    client.post(f"{HOME}/versions/{Version.objects.get(number=1).pk}/restore/")
    assert Variant.objects.get().text == "La boutique ferme à midi."


def test_the_second_of_two_sees_the_difference_and_loses_nothing(
    client: Client, claire: Member, karim: Member, write: Write, channel: Channel
) -> None:
    post = write("La boutique ferme à midi.")
    form = {
        "title": post.title, "objective": post.objective_id, "voice": post.voice_id, "revision": post.revision,
        f"text-{channel.pk}": "La boutique ferme à treize heures.", f"due-{channel.pk}": "",
    }  # fmt: skip
    actions.set_variant(post, channel, by=karim, text="La boutique ferme à onze heures.", due_at=None)
    client.force_login(claire.user)
    answer = client.post(f"{HOME}/posts/{post.pk}/save/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("onze</del>" in page, "treize</ins>" in page, Variant.objects.get().text) == (
        True, True, "La boutique ferme à onze heures.",
    )  # fmt: skip
    client.post(f"{HOME}/posts/{post.pk}/save/", form | {"revision": Post.objects.get().revision})
    assert Variant.objects.get().text == "La boutique ferme à treize heures."
    assert "La boutique ferme à onze heures." in Version.objects.values_list("text", flat=True)
