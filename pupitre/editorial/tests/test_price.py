"""Where a network is paid by the message, the composer says the price while one writes."""

import pytest
from django.test import Client
from django.utils import timezone

from pupitre.channels.models import Channel, Charter
from pupitre.core.models import Member

HOME = "/o/boulangerie-levain-fils"


@pytest.fixture
def paid(channel: Channel) -> Channel:
    made = Channel.objects.create(
        organisation=channel.organisation, network="x", remote_id="1460000000000000001", handle="levainetfils",
        name="Levain & Fils", inbox_due_at=timezone.now(),
    )  # fmt: skip
    Charter.objects.create(channel=made, purpose="Dire la fournée", audience="Les passants", tone="court")
    return made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("La fournée sort du four.", "L’envoi coûte 0,015 dollar américain"),
        ("La fournée : https://levain.example.fr", "L’envoi coûte 0,2 dollar américain"),
    ],
)
def test_the_price_stands_beside_the_counter(
    client: Client, claire: Member, paid: Channel, channel: Channel, text: str, said: str
) -> None:
    client.force_login(claire.user)
    typed = {"title": "Fournée", f"text-{paid.pk}": text, f"text-{channel.pk}": "Fournée"}
    page = client.post(f"{HOME}/compose/check/", typed, headers={"HX-Request": "true"}).content.decode()
    assert page.count("L’envoi coûte") == 1
    assert said in page.replace("\u202f", " ").replace("\u00a0", " ")
