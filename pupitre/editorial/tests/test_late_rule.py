"""What becomes of a text that could not leave on time: said with the text, promised with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.actions import approve, let_come_back, move, save_post
from pupitre.editorial.actions.planning import bring_back
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.editorial.rules.forms import Form
from pupitre.editorial.tests.conftest import Write
from pupitre.publishing.actions import set_late_rule
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.late import ON, Late

HOME = "/o/boulangerie-levain-fils"
MARKET = datetime(2031, 5, 3, 10, tzinfo=UTC)


@pytest.fixture
def desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def typed(channel: Channel, **more: str) -> dict[str, Any]:
    pk = channel.pk
    fields = {"title": "Le marché", f"text-{pk}": "Samedi, au marché.", f"due-{pk}": "2031-05-02T09:00"}
    return fields | {f"{name}-{pk}": value for name, value in more.items()}


def written(write: Write, channel: Channel, late: Late, due_at: datetime | None = None) -> Variant:
    text = Text(channel.pk, "Samedi, au marché.", due_at or MARKET - timedelta(hours=4), Form(late=late))
    return Variant.objects.get(post=write(texts=(text,)))


def test_the_composer_keeps_the_rule_and_says_it(desk: Client, channel: Channel) -> None:
    desk.post(f"{HOME}/compose/write/", typed(channel, late="ask", patience="6", until="2031-05-03T12:00"))
    variant = Variant.objects.get()
    assert variant.form == {"late": "ask", "late_hours": 6, "not_after": "2031-05-03T10:00:00+00:00"}
    page = desk.get(f"{HOME}/posts/{variant.post_id}/").content.decode()
    said = "En retard, il part encore pendant 6 heures\u202f; ensuite, on demande à quelqu’un."
    assert (said in page, 'value="2031-05-03T12:00"' in page) == (True, True)
    assert said in desk.get(f"{HOME}/posts/{variant.post_id}/reading/").content.decode()


def test_a_text_without_a_rule_says_what_happens_too(desk: Client, channel: Channel) -> None:
    desk.post(f"{HOME}/compose/write/", typed(channel))
    variant = Variant.objects.get()
    assert variant.form == {}
    assert "En retard, il part dès que possible." in desk.get(f"{HOME}/posts/{variant.post_id}/").content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"late": "never"}, "late"), ({"late": "move"}, "late"), ({"late": "ask", "patience": "5"}, "late"),
        ({"until": "samedi"}, "until"), ({"until": "2031-03-30T02:30"}, "until"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_is_said_beside_its_field(
    desk: Client, channel: Channel, more: dict[str, str], field: str
) -> None:
    answer = desk.post(f"{HOME}/compose/write/", typed(channel, **more))
    assert (answer.status_code, Post.objects.count()) == (422, 0)
    assert f"field-{field}-{channel.pk}-fault" in answer.content.decode()


def test_what_was_approved_is_what_is_promised(write: Write, channel: Channel, claire: Member) -> None:
    approve(written(write, channel, Late("drop", 3, MARKET)), by=claire)
    assert Delivery.objects.get().late == Late("drop", 3, MARKET)


def test_nothing_is_promised_for_after_the_end(write: Write, channel: Channel, claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        approve(written(write, channel, Late(not_after=MARKET), MARKET + timedelta(minutes=1)), by=claire)
    assert [fault.field for fault in refused.value.faults] == [f"until-{channel.pk}"]
    assert Delivery.objects.count() == 0


def test_a_note_is_not_moved_past_the_end(write: Write, channel: Channel, claire: Member) -> None:
    variant = approve(written(write, channel, Late(not_after=MARKET)), by=claire)
    with pytest.raises(Refusal):
        move(variant, MARKET + timedelta(hours=1), by=claire)
    assert Delivery.objects.get().due_at == MARKET - timedelta(hours=4)


def test_another_rule_takes_the_approval_back(write: Write, channel: Channel, claire: Member) -> None:
    variant = approve(written(write, channel, ON), by=claire)
    post = variant.post
    post.refresh_from_db()
    other = Text(channel.pk, variant.text, variant.due_at, Form(late=Late("drop")))
    save_post(post, Draft(title="T", objective_id=post.objective_id, voice_id=post.voice_id, texts=(other,)), by=claire)
    assert (Variant.objects.get().delivery, Delivery.objects.get().state) == (None, "cancelled")


def test_what_comes_back_keeps_its_rule_without_the_first_time_s_end(
    write: Write, channel: Channel, claire: Member
) -> None:
    first = timezone.localdate() + timedelta(days=30)
    variant = written(write, channel, Late("ask", 6, MARKET))
    let_come_back(variant.post, by=claire, every_days=30, times=1, first_on=first)
    bring_back(now=timezone.now() + timedelta(days=31))
    assert Variant.objects.exclude(pk=variant.pk).get().form == {"late": "ask", "late_hours": 6}


def test_a_rule_that_was_changed_in_the_outbox_is_the_one_that_is_said(
    desk: Client, write: Write, channel: Channel, claire: Member
) -> None:
    variant = approve(written(write, channel, ON), by=claire)
    set_late_rule(Delivery.objects.get(), Late("drop", 3), by=claire)
    said = "En retard, il part encore pendant 3 heures\u202f; ensuite, il ne part plus."
    for page in ("", "reading/"):
        assert said in desk.get(f"{HOME}/posts/{variant.post_id}/{page}").content.decode()
