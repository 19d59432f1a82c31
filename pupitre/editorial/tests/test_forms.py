"""Threads, polls, stories and first comments, from what is typed to what is promised."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Limits, MediaRule, TextRule, Unit
from pupitre.connectors.counting import Attached, length
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.actions import apply_table, approve, give_table, restore, save_post, set_variant
from pupitre.editorial.models import Post, Variant, Version
from pupitre.editorial.rules.content import mark
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.editorial.rules.forms import (
    NOTHING,
    PLAIN,
    Form,
    Offers,
    fields_of,
    form_of,
    nonsense,
    split,
    stops,
    typed_form,
)
from pupitre.editorial.tests.conftest import Write
from pupitre.editorial.tests.test_editorial_api import caller
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.late import Late

HOME = "/o/boulangerie-levain-fils"
THREAD = Form(parts=("Demain, le seigle.", "Samedi, la brioche."))
POLL = Form(poll=("Seigle", "Épeautre"), poll_hours=72)
LIMITS = Limits(TextRule(30), MediaRule(images=4))
ALL = Offers(True, (2, 4), (24,), ("story", "reel"), True)
IMAGE, FILM = Attached("image/jpeg", 10, "Un four"), Attached("video/mp4", 10, "Un pétrin")


@pytest.mark.parametrize(
    ("form", "media", "offers", "fields"),
    [
        (PLAIN, (), NOTHING, []),
        (THREAD, (IMAGE,), ALL, []),
        (THREAD, (), NOTHING, ["part-7-1"]),
        (Form(parts=("court", "x" * 31)), (IMAGE, IMAGE), ALL, ["part-7-2"]),
        (POLL, (), ALL, []),
        (POLL, (), NOTHING, ["option-7-1"]),
        (POLL, (IMAGE,), ALL, ["option-7-1"]),
        (Form(poll=("Seul",)), (), ALL, ["option-7-1"]),
        (Form(poll=("a", "b", "c", "d", "e")), (), ALL, ["option-7-1"]),
        (Form(poll=("Oui", "oui")), (), ALL, ["option-7-1"]),
        (Form(poll=("a", "x" * 26)), (), ALL, ["option-7-2"]),
        (Form("story"), (IMAGE,), ALL, []),
        (Form("story"), (FILM,), ALL, []),
        (Form("story"), (IMAGE, IMAGE), ALL, ["kind-7"]),
        (Form("story"), (IMAGE,), NOTHING, ["kind-7"]),
        (Form("story", parts=("a",)), (IMAGE,), ALL, ["kind-7"]),
        (Form("reel"), (IMAGE,), ALL, ["kind-7"]),
        (Form("reel"), (FILM,), ALL, []),
        (Form(first_comment="ici"), (), ALL, []),
        (Form(first_comment="ici"), (), NOTHING, ["first-7"]),
        (Form(first_comment="x" * 31), (), ALL, ["first-7"]),
    ],
)
def test_what_an_account_does_not_take_is_said_at_its_field(
    form: Form, media: tuple[Attached, ...], offers: Offers, fields: list[str]
) -> None:
    assert [one.field for one in stops(form, media, LIMITS, offers, channel_id=7)] == fields


@pytest.mark.parametrize(
    "form",
    [
        Form(late=Late("move")),
        Form(late=Late("ask", 5)),
        Form("statue"),
        Form(parts=("a",) * 25),
        Form(poll=("x" * 101,)),
        Form(poll_hours=5),
        Form(poll=("a",) * 13),
    ],
)
def test_nonsense_is_not_kept(form: Form) -> None:
    assert nonsense(form, channel_id=7)


RULES = st.sampled_from([TextRule(20), TextRule(24, Unit.UTF16), TextRule(20, url_length=12), TextRule(30, Unit.BYTES)])


@settings(max_examples=60, deadline=None)
@given(text=st.text("abcé .!?…\n»🍞", max_size=160), rule=RULES)
def test_every_part_of_a_split_fits_and_no_word_is_lost(text: str, rule: TextRule) -> None:
    parts = split(text, rule)
    assert all(length(one, rule) <= rule.limit and one.strip() for one in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_split_falls_between_sentences() -> None:
    text = "Le seigle lève. La brioche attend ! « Et demain ? » On verra bien."
    assert split(text, TextRule(36)) == ["Le seigle lève. La brioche attend !", "« Et demain ? » On verra bien."]


FORMS = [PLAIN, THREAD, POLL, Form("story"), Form(first_comment="La recette est là."), Form(late=Late("ask", 6))]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_comes_back_from_what_is_kept_and_from_its_fields(form: Form) -> None:
    assert form_of(form.told()) == form
    assert typed_form({name: str(value) for name, value in fields_of(form, 7).items()}, 7) == form
    assert (mark("a", (), form=form.told()) == mark("a", ())) is (form == PLAIN)


def one(write: Write, channel: Channel, form: Form, **more: Any) -> Variant:
    text = Text(channel.pk, "Ce matin, le pain.", timezone.now() + timedelta(hours=2), form)
    return Variant.objects.get(post=write(texts=(text,), **more))


def test_what_was_approved_is_what_is_promised_part_by_part(write: Write, channel: Channel, claire: Member) -> None:
    form = replace(THREAD, poll=POLL.poll, poll_hours=72, first_comment="La recette est là.")
    approve(one(write, channel, form), by=claire)
    made = Delivery.objects.get()
    assert (made.text, made.parts, made.poll) == ("Ce matin, le pain.", list(THREAD.parts), ["Seigle", "Épeautre"])
    assert made.extras == {"poll_seconds": "259200", "first_comment": "La recette est là."}


def test_a_part_that_changes_takes_the_approval_back(write: Write, channel: Channel, claire: Member) -> None:
    variant = approve(one(write, channel, THREAD), by=claire)
    post = variant.post
    post.refresh_from_db()
    other = Text(channel.pk, variant.text, variant.due_at, replace(THREAD, parts=THREAD.parts[:1]))
    draft = Draft(title=post.title, objective_id=post.objective_id, voice_id=post.voice_id, texts=(other,))
    save_post(post, draft, by=claire)
    variant.refresh_from_db()
    assert (variant.delivery, Delivery.objects.get().state, variant.revision) == (None, "cancelled", 2)
    assert [version.form for version in Version.objects.order_by("number")] == [THREAD.told(), other.form.told()]
    assert restore(Version.objects.get(number=1), by=claire).form == THREAD.told()


def test_a_text_that_is_written_alone_keeps_its_form(write: Write, channel: Channel, claire: Member) -> None:
    variant = one(write, channel, THREAD)
    kept = set_variant(variant.post, channel, by=claire, text="Autre pain.", due_at=variant.due_at)
    assert (kept.text, kept.form) == ("Autre pain.", THREAD.told())


def test_a_part_that_is_too_long_is_not_promised(write: Write, channel: Channel, claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        approve(one(write, channel, Form(parts=("x" * 501,))), by=claire)
    assert [fault.field for fault in refused.value.faults] == [f"part-{channel.pk}-1"]


@pytest.fixture
def desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def test_without_a_script_parts_are_added_cut_and_kept(desk: Client, channel: Channel) -> None:
    long = "Le levain se nourrit chaque matin. " * 30
    typed = {"title": "Levain", f"text-{channel.pk}": long, "split": channel.pk}
    cut = desk.post(f"{HOME}/compose/check/", typed).content.decode()
    more = desk.post(f"{HOME}/compose/check/", {"title": "L", f"text-{channel.pk}": "Un.", "part": channel.pk})
    assert (f'name="part-{channel.pk}-2"' in cut, f'name="part-{channel.pk}-3"' in cut) == (True, False)
    assert f'name="part-{channel.pk}-1"' in more.content.decode()

    kept = {"title": "L", f"text-{channel.pk}": "Un.", f"part-{channel.pk}-1": "Deux.", f"option-{channel.pk}-1": "Oui",
            f"option-{channel.pk}-2": "Non", f"first-{channel.pk}": "Lien"}  # fmt: skip
    desk.post(f"{HOME}/compose/write/", kept)
    variant = Variant.objects.get()
    assert variant.form == {"parts": ["Deux."], "poll": ["Oui", "Non"], "poll_hours": 24, "first_comment": "Lien"}
    page = desk.get(f"{HOME}/posts/{variant.post_id}/").content.decode()
    assert ("Deux." in page, 'value="Oui"' in page, "Lien" in page) == (True, True, True)
    reading = desk.get(f"{HOME}/posts/{variant.post_id}/reading/").content.decode()
    assert ("Deux." in reading, "Oui" in reading, "Lien" in reading) == (True, True, True)


def test_each_part_has_its_counter_while_one_types(desk: Client, channel: Channel) -> None:
    typed = {"title": "L", f"text-{channel.pk}": "Un.", f"part-{channel.pk}-1": "y" * 501}
    answer = desk.post(f"{HOME}/compose/check/", typed, headers={"HX-Request": "true"}).content.decode()
    assert f'id="counter-part-{channel.pk}-1" hx-swap-oob' in answer
    assert "501" in answer


def test_images_are_put_in_order_without_a_script(desk: Client, channel: Channel, media: Media, claire: Member) -> None:
    other = Media.objects.get(pk=media.pk)
    other.pk, other.digest, other.name = None, "d" * 64, "autre.png"
    other.save()
    typed = {"title": "L", f"text-{channel.pk}": "Un.", "media": [media.pk, other.pk], "up": other.pk}
    page = desk.post(f"{HOME}/compose/check/", typed).content.decode()
    assert page.index(f'value="{other.pk}" checked') < page.index(f'value="{media.pk}" checked')


def test_the_api_carries_the_form(client: Client, claire: Member, channel: Channel) -> None:
    form = {"kind": "post", "parts": ["Deux."], "poll": [], "poll_hours": 24, "first_comment": "", "late": "drop",
            "late_hours": 3, "not_after": "2031-05-01T10:00:00Z"}  # fmt: skip
    body = {"title": "L", "texts": [{"channel_id": channel.pk, "text": "Un.", "form": form}]}
    status, made = caller(client, claire)("POST", "/posts", body)
    assert (status, made["texts"][0]["form"]) == (201, form)


def test_a_table_carries_threads_polls_and_comments(channel: Channel, claire: Member) -> None:
    rows = (
        "canal;texte;date;heure;fil;sondage;premier commentaire;genre\n"
        f'{channel.handle};Un.;15/01/2031;9h;"Deux.\n---\nTrois.";;La recette.;\n'
        f"{channel.handle};Lequel ?;16/01/2031;9h;;Seigle | Épeautre;;\n"
        f"{channel.handle};Non.;17/01/2031;9h;;;;statue\n"
    )
    batch = apply_table(give_table(rows.encode(), by=claire, name="Janvier"), by=claire)
    assert (batch.kept, batch.left) == (2, 1)
    assert [one.form for one in Variant.objects.order_by("due_at")] == [
        {"parts": ["Deux.", "Trois."], "first_comment": "La recette."},
        {"poll": ["Seigle", "Épeautre"], "poll_hours": 24},
    ]
    assert Post.objects.count() == 2
