"""A network fetches a file by itself: at a signed address, for a day, and nothing else."""

import io
import time
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.library import links
from pupitre.library.actions import add_media
from pupitre.library.models import Media
from pupitre.library.tests.test_library import picture
from pupitre.publishing.keep import outgoing
from pupitre.publishing.models import Delivery, DeliveryMedia


@pytest.fixture
def kept(claire: Member, settings: Any) -> Media:
    settings.BASE_URL = "https://pupitre.levain.example"
    file = SimpleUploadedFile("miche.jpg", picture(), "image/jpeg")
    return add_media(file, by=claire, name="miche.jpg", alt="Une miche")


def fetched(address: str) -> Any:
    return Client().get(address.removeprefix("https://pupitre.levain.example"))


def test_what_leaves_says_where_it_can_be_fetched(kept: Media, channel: Channel, claire: Member) -> None:
    delivery = Delivery.objects.create(
        organisation=channel.organisation, channel=channel, text="Du pain", due_at="2026-11-24T09:00:00Z"
    )
    DeliveryMedia.objects.create(delivery=delivery, media=kept, alt="Une miche")
    delivery.refresh_from_db()
    (leaving,) = outgoing(delivery).media

    answer = fetched(leaving.public_url)

    assert leaving.public_url.startswith("https://pupitre.levain.example/fetched/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert (answer.content, answer.headers["X-Robots-Tag"]) == (leaving.read(), "noindex")
    assert io.BytesIO(answer.content).read(2) == b"\xff\xd8"


def test_an_address_that_is_not_ours_or_too_old_shows_nothing(kept: Media) -> None:
    address = links.address(kept)
    other = address.replace(f"/{kept.pk}.", f"/{kept.pk + 1}.")

    assert other != address
    assert [fetched(one).status_code for one in (other, address + "x", address.rsplit("/", 1)[0] + "/1")] == [404] * 3
    tomorrow = time.time() + timedelta(hours=25).total_seconds()
    with mock.patch("time.time", return_value=tomorrow):
        assert fetched(address).status_code == 404
    assert fetched(address).status_code == 200


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://pupitre.example"])
def test_without_a_public_address_nothing_is_promised(kept: Media, settings: Any, base: str) -> None:
    settings.BASE_URL = base

    assert links.address(kept) == ""
