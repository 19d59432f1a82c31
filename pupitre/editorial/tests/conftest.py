"""A second channel, an image, and posts made through the actions."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from pupitre.channels.models import Channel, Charter
from pupitre.core.models import Member, Organisation
from pupitre.editorial.actions import save_post
from pupitre.editorial.models import Post
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.library.actions import add_media
from pupitre.library.models import Media
from pupitre.strategy.models import Objective, Voice


@pytest.fixture
def second(bakery: Organisation) -> Channel:
    channel = Channel.objects.create(
        organisation=bakery, network="manual", remote_id="levain-papier", handle="affiche", name="L’affiche"
    )
    Charter.objects.create(channel=channel, purpose="Dire en vitrine", audience="Les passants", tone="court")
    return channel


@pytest.fixture
def media(claire: Member) -> Media:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#aa7744").save(file, "PNG")
    file.seek(0)
    return add_media(file, by=claire, name="four.png", alt="Un four ouvert, des pains dorés.")


Write = Callable[..., Post]


@pytest.fixture
def write(claire: Member, objective: Objective, voice: Voice, channel: Channel) -> Write:
    """A complete post on one channel, in two hours, unless told otherwise."""

    def written(text: str = "La fournée de seize heures sort du four.", **changes: Any) -> Post:
        fields: dict[str, Any] = {
            "title": "La fournée", "objective_id": objective.pk, "voice_id": voice.pk,
            "texts": (Text(channel.pk, text, timezone.now() + timedelta(hours=2)),),
        } | changes  # fmt: skip
        return save_post(None, Draft(**fields), by=claire)

    return written
