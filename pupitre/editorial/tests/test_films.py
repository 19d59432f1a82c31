"""Films in a post: prepared before they leave, captioned where the law asks, and the version that fits is promised."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.actions import approve
from pupitre.editorial.models import Variant
from pupitre.editorial.rules.draft import Text
from pupitre.editorial.tests.conftest import Write
from pupitre.library.actions import add_media
from pupitre.library.films import caption, prepare
from pupitre.library.models import Film, Media
from pupitre.library.tests.test_films import VTT, reel
from pupitre.publishing.keep import outgoing
from pupitre.publishing.models import Delivery


@pytest.fixture
def film(claire: Member) -> Media:
    data = io.BytesIO(reel("libvpx", "webm"))
    return add_media(data, by=claire, name="fournil.webm", alt="Le pétrin tourne")


def words(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [fault.text for fault in refused.value.faults if fault.field == "media"]


def test_a_film_waits_for_its_version_then_that_version_is_promised(
    write: Write, channel: Channel, claire: Member, film: Media
) -> None:
    text = Text(channel.pk, "Le pétrin tourne.", timezone.now() + timedelta(hours=2))
    variant = Variant.objects.get(post=write(texts=(text,), media_ids=(film.pk,)))
    with pytest.raises(Refusal) as refused:
        approve(variant, by=claire)
    assert any("being prepared" in one for one in words(refused))

    prepare(film.film.pk)
    caption(film, VTT, by=claire)
    approve(variant, by=claire)
    (leaving,) = outgoing(Delivery.objects.get()).media
    assert (leaving.mime, leaving.alt, leaving.captions) == ("video/mp4", "Le pétrin tourne", VTT)


def test_a_public_body_owes_captions(
    write: Write, channel: Channel, claire: Member, bakery: Organisation, film: Media
) -> None:
    prepare(film.film.pk)
    Film.objects.update(sound="aac")
    Organisation.objects.filter(pk=bakery.pk).update(kind="public_body")
    text = Text(channel.pk, "Le pétrin tourne.", timezone.now() + timedelta(hours=2))
    variant = Variant.objects.get(post=write(texts=(text,), media_ids=(film.pk,)))
    with pytest.raises(Refusal) as refused:
        approve(variant, by=claire)
    assert any("no captions" in one for one in words(refused))
    caption(film, VTT, by=claire)
    assert approve(variant, by=claire).delivery is not None
