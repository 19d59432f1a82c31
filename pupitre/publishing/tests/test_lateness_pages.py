"""What a person says of a message in case its network is out, and what she is shown while it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.publishing.actions import promise
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules.late import Late

HOME = "/o/boulangerie-levain-fils/outbox"


@pytest.fixture
def at_desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


@pytest.fixture
def one(channel: Channel, claire: Member) -> Delivery:
    return promise(channel, by=claire, text="Du pain", due_at=timezone.now() + timedelta(hours=3))


@pytest.fixture
def refuge(claire: Member) -> Channel:
    return Channel.objects.create(
        organisation=claire.organisation, network="fake", remote_id="refuge", handle="@refuge", name="Le refuge"
    )


def rule(delivery: Delivery) -> tuple[str, int | None]:
    delivery.refresh_from_db()
    return delivery.late_rule, delivery.move_to_id


def test_the_rule_is_chosen_on_the_message_s_page(at_desk: Client, one: Delivery, refuge: Channel) -> None:
    page = at_desk.get(f"{HOME}/{one.pk}/").content.decode()
    assert [f'value="{name}"' in page for name in ("send", "ask", "drop", "move")] == [True] * 4
    assert "Le refuge" in page
    at_desk.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "ask", "move_to": refuge.pk})
    assert rule(one) == ("ask", None)
    at_desk.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "move", "move_to": refuge.pk})
    assert rule(one) == ("move", refuge.pk)


def test_hours_and_an_end_are_chosen_too(at_desk: Client, one: Delivery) -> None:
    typed = {"late_rule": "drop", "late_hours": "6", "not_after": "2031-05-03T12:00"}
    at_desk.post(f"{HOME}/{one.pk}/late-rule/", typed)
    one.refresh_from_db()
    assert one.late == Late("drop", 6, datetime(2031, 5, 3, 10, tzinfo=UTC))
    page = at_desk.get(f"{HOME}/{one.pk}/").content.decode()
    assert ("il part encore pendant 6 heures" in page, 'value="2031-05-03T12:00"' in page) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"late_hours": "5"}, "late_hours"), ({"not_after": "2020-01-01T10:00"}, "not_after"),
     ({"not_after": "samedi"}, "not_after")],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_said_beside_its_field(
    at_desk: Client, one: Delivery, wrong: dict[str, str], field: str
) -> None:
    answer = at_desk.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "ask"} | wrong)
    assert (answer.status_code, rule(one)) == (422, ("send", None))
    assert f"field-{field}-fault" in answer.content.decode()


def test_nobody_is_offered_an_account_that_does_not_exist(at_desk: Client, one: Delivery) -> None:
    page = at_desk.get(f"{HOME}/{one.pk}/").content.decode()
    assert 'value="move"' not in page
    assert 'name="move_to"' not in page


@pytest.mark.parametrize("there", ["", "0", "9" * 40, "²", "un autre"])
def test_a_move_to_nowhere_is_said_beside_its_field(
    at_desk: Client, one: Delivery, refuge: Channel, there: str
) -> None:
    answer = at_desk.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "move", "move_to": there})
    assert (answer.status_code, rule(one)) == (422, ("send", None))
    assert "field-move_to-fault" in answer.content.decode()


def test_another_house_s_account_is_no_refuge(at_desk: Client, one: Delivery, stranger: Member) -> None:
    theirs = Channel.objects.create(
        organisation=stranger.organisation, network="fake", remote_id="leur", handle="leur", name="Leur compte"
    )
    answer = at_desk.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "move", "move_to": theirs.pk})
    assert (answer.status_code, rule(one)) == (422, ("send", None))
    assert "Leur compte" not in at_desk.get(f"{HOME}/{one.pk}/").content.decode()


def test_who_answers_only_does_not_choose(client: Client, one: Delivery, lucie: Member) -> None:
    client.force_login(lucie.user)
    answer = client.post(f"{HOME}/{one.pk}/late-rule/", {"late_rule": "drop"})
    assert (answer.status_code, rule(one)) == (403, ("send", None))


def test_an_outage_and_a_return_are_told(at_desk: Client, one: Delivery, channel: Channel) -> None:
    slug = channel.organisation.slug
    Channel.objects.filter(pk=channel.pk).update(outage_since=timezone.now() - timedelta(hours=2))
    page = at_desk.get(f"{HOME}/").content.decode()
    assert "Levain sur Fake (Fake) ne répond plus" in page
    assert "Un compte ne répond plus." in page
    assert "Ce réseau ne répond plus" in at_desk.get(
        f"/o/{slug}/settings/channels/{channel.pk}/"
    ).content.decode()  # fmt: skip
    assert "Ne répond pas" in at_desk.get(f"/o/{slug}/settings/channels/").content.decode()
    Channel.objects.filter(pk=channel.pk).update(outage_since=None, pacing=True)
    assert "Levain sur Fake (Fake) est de retour." in at_desk.get(f"{HOME}/").content.decode()
    Channel.objects.filter(pk=channel.pk).update(pacing=False)
    page = at_desk.get(f"{HOME}/").content.decode()
    assert "de retour" not in page
    assert "ne répond plus" not in page
