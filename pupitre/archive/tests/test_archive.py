"""Out of one house and into another: the same messages, the same images; what comes in is never sent."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from pupitre.archive import actions, queries
from pupitre.archive.actions.forget import forget, tell
from pupitre.archive.models import Kept, KeptFile
from pupitre.archive.packing import kept_path, packed
from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations.actions import take_in
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import NotAllowed, Refusal
from pupitre.library.actions import add_media
from pupitre.library.storage import place
from pupitre.measurement.models import Fact
from pupitre.publishing.models import Delivery, DeliveryMedia
from pupitre.relations.models import Contact, Identity

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def history(claire: Member, channel: Channel) -> Delivery:
    """A post with its image and its figures, an answer to it, one that never left, a figure of the account."""
    picture = BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(picture, "JPEG")
    media = add_media(
        SimpleUploadedFile("four.jpg", picture.getvalue(), "image/jpeg"), by=claire, name="four.jpg",
        alt="Des pains sur une grille", rights="Claire Aubry",
    )  # fmt: skip
    common = {"organisation": claire.organisation, "channel": channel, "promised_by": claire}
    post = Delivery.objects.create(
        **common, state="sent", text="La fournée de 16 h", parts=["sort du four."], fingerprint="1", due_at=NOW,
        sent_at=NOW, remote_id="r1", permalink="https://fake.example/r1", language="fr",
    )  # fmt: skip
    DeliveryMedia.objects.create(delivery=post, media=media, alt=media.alt)
    Delivery.objects.create(**common, state="refused", text="Jamais partie", fingerprint="2", due_at=NOW)
    for number in (3, 5):
        at = NOW + timedelta(hours=number)
        Fact.objects.create(
            organisation=claire.organisation, delivery=post, channel=channel, kpi="likes", value=Decimal(number), at=at,
            source="network",
        )  # fmt: skip
    Fact.objects.create(
        organisation=claire.organisation, channel=channel, kpi="followers", value=Decimal(212), at=NOW, source="network"
    )
    who = Author("p1", "camille.r", "Camille Roussin")
    said = Incoming(Ref("m1"), "reply", who, "=Miam !", NOW + timedelta(minutes=9), thread="r1", root=Ref("r1"))
    take_in(channel, [said])
    return post


def out(member: Member, channel: Channel | None = None) -> BytesIO:
    with packed(member.organisation, channel, now=NOW) as file:
        return BytesIO(file.read())


def told(file: BytesIO) -> list[dict[str, Any]]:
    return list(json.loads(ZipFile(file).read("archive.json"))["orderedItems"])


def test_what_leaves_is_what_was_said(history: Delivery, claire: Member) -> None:
    file = out(claire)
    post, answer = told(file)
    assert (post["object"]["content"], answer["object"]["content"]) == (
        "La fournée de 16 h\n\nsort du four.",
        "=Miam !",
    )
    assert (post["actor"]["name"], answer["actor"]["name"]) == ("Claire Aubry", "Camille Roussin")
    assert [one["value"] for one in post["object"]["pupitre:figures"]] == ["3", "5"]
    assert post["object"]["attachment"][0]["name"] == "Des pains sur une grille"

    archive = ZipFile(file)
    table = list(csv.reader(io.StringIO(archive.read("archive.csv").decode("utf-8-sig"))))
    assert [len(line) for line in table] == [17, 17, 17]
    assert table[2][7] == "'=Miam !"
    assert table[1][15] == "likes=5"
    audience = list(csv.reader(io.StringIO(archive.read("audience.csv").decode("utf-8-sig"))))
    assert audience[1][:3] == ["Levain sur Fake", "followers", "212"]


def test_into_another_house_and_out_again_nothing_is_lost(history: Delivery, claire: Member, stranger: Member) -> None:
    first = out(claire)
    assert actions.take_back_in(first, by=stranger) == 2
    again = out(stranger)
    assert told(again) == told(first)
    images = [[ZipFile(file).read(n) for n in ZipFile(file).namelist() if n[:6] == "media/"] for file in (first, again)]
    assert images[0] == images[1]
    assert len(images[0]) == 1

    assert actions.take_back_in(first, by=stranger) == 0  # given twice, it adds nothing
    assert actions.take_back_in(again, by=claire) == 0  # what was said from here is here
    assert not Delivery.objects.filter(organisation=stranger.organisation).exists()
    assert Kept.objects.filter(organisation=stranger.organisation, imported_by=stranger).count() == 2
    entries = AuditEntry.objects.filter(verb="archive_imported").order_by("id")
    assert [entry.detail["count"] for entry in entries] == [2, 0, 0]


def test_one_account_leaves_alone(history: Delivery, claire: Member) -> None:
    other = Channel.objects.create(organisation=claire.organisation, network="manual", remote_id="2", handle="2")
    assert told(out(claire, other)) == []
    assert len(told(out(claire, history.channel))) == 2


def broken(file: BytesIO, **entries: bytes) -> BytesIO:
    """The same archive with other entries."""
    made = BytesIO()
    with ZipFile(file) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            after.writestr(name, entries.get(name.partition(".")[0], before.read(name)))
    made.seek(0)
    return made


@pytest.mark.parametrize("case", ["no zip", "no list", "not ours", "one bad message"])
def test_an_archive_that_cannot_be_read_whole_changes_nothing(
    history: Delivery, claire: Member, stranger: Member, case: str
) -> None:
    file, good = out(claire), json.loads(ZipFile(out(claire)).read("archive.json"))
    good["orderedItems"][1]["object"]["published"] = "hier"
    given = {
        "no zip": BytesIO(b"PK un texte"), "no list": broken(file, archive=b'{"type": "Note"}'),
        "not ours": broken(file, archive=b"[" * 100_000),
        "one bad message": broken(file, archive=json.dumps(good).encode()),
    }[case]  # fmt: skip
    with pytest.raises(Refusal):
        actions.take_back_in(given, by=stranger)
    assert not Kept.objects.exists()


def test_a_file_that_is_not_what_its_name_says_is_left_out(history: Delivery, claire: Member, stranger: Member) -> None:
    file, changed = out(claire), BytesIO()
    with ZipFile(file) as before, ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, b"autre chose" if name[:6] == "media/" else before.read(name))
        after.writestr("media/../../dehors", b"dehors")
    changed.seek(0)
    assert actions.take_back_in(changed, by=stranger) == 2
    kept = KeptFile.objects.get()
    assert not place(kept_path(stranger.organisation, kept.digest)).exists()


def test_only_who_keeps_the_house_opens_it(history: Delivery, claire: Member, karim: Member) -> None:
    with pytest.raises(NotAllowed):
        actions.take_back_in(out(claire), by=karim)
    browser = Client()
    browser.force_login(karim.user)
    assert browser.get(reverse("archive:export", args=[karim.organisation.slug])).status_code == 403


def test_who_is_forgotten_is_forgotten_here_too(history: Delivery, claire: Member, stranger: Member) -> None:
    actions.take_back_in(out(claire), by=stranger)
    now = timezone.now()
    her = Contact.objects.create(
        organisation=stranger.organisation, name="Camille", first_seen_at=now, last_seen_at=now
    )
    Identity.objects.create(
        organisation=stranger.organisation, contact=her, network="fake", remote_id="p1", handle="camille.r"
    )
    assert [one["text"] for one in tell(her)] == ["=Miam !"]
    assert forget(her) == 1
    texts = [item.text for item in queries.items(stranger.organisation)]
    assert texts == ["La fournée de 16 h\n\nsort du four.", "[…]"]


def test_the_page_tells_what_is_kept_and_finds_it(history: Delivery, claire: Member, stranger: Member) -> None:
    browser = Client()
    browser.force_login(stranger.user)
    here = reverse("archive:archive", args=[stranger.organisation.slug])
    assert "Rien n’a encore été dit ni entendu." in browser.get(here).content.decode()
    file = SimpleUploadedFile("levain.zip", out(claire).getvalue(), "application/zip")
    assert (
        browser.post(reverse("archive:take_in", args=[stranger.organisation.slug]), {"file": file}).status_code == 302
    )
    page = browser.get(here, {"words": "fournée"}).content.decode()
    assert ("La fournée de 16 h" in page, "Miam" in page) == (True, False)
    image = reverse("archive:file", args=[stranger.organisation.slug, KeptFile.objects.get().pk])
    assert browser.get(image).headers["Content-Type"] == "image/jpeg"
    browser.force_login(claire.user)
    assert browser.get(image).status_code == 404
