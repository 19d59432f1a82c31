"""What enters the library, and what is taken away from it."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, Refusal
from pupitre.library import actions
from pupitre.library.models import Media
from pupitre.library.rules.metadata import without_position
from pupitre.library.storage import place


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), gps: bool = False) -> bytes:
    """A small picture that says who made it and, if asked, where."""
    image, out = Image.new("RGB", size, (166, 48, 26)), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Ines Photographe"
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.5), 3: "E", 4: (2.0, 17.0, 40.2), 29: "2026:11:20"})
    image.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_position_is_blanked_and_the_rest_stays(kind: str) -> None:
    before = picture(kind, gps=True)

    after = without_position(before)

    exif = Image.open(io.BytesIO(after)).getexif()
    assert len(after) == len(before)
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)[2] == (48.0, 51.0, 29.5)
    assert exif.get_ifd(0x8825) == {}
    assert exif[0x013B] == "Ines Photographe"
    assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()


def test_a_position_written_as_xmp_is_blanked_too() -> None:
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='48,51N' dc:creator=\"In\xc3\xa8s\"/>"
    data = picture()
    marked = data[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + data[2:]

    after = without_position(marked)

    assert b"48,51N" not in after
    assert b"dc:creator" in after


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff"])
def test_a_broken_file_is_returned_as_it_is(data: bytes) -> None:
    assert without_position(data) == data


def bomb() -> bytes:
    """A small PNG that claims 60,000 by 60,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [b"", b"pas une image", b"<svg xmlns='http://www.w3.org/2000/svg'/>", bomb(), picture()[:200], b"x" * 10_000_001],
    ids=["empty", "text", "svg", "bomb", "cut", "huge"],
)
def test_what_is_no_image_is_refused(claire: Member, data: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.add_media(io.BytesIO(data), by=claire, name="photo.jpg")

    assert [fault.field for fault in refusal.value.faults] == ["file"]
    assert not Media.objects.exists()


def test_the_type_is_read_from_the_bytes(claire: Member) -> None:
    media = actions.add_media(io.BytesIO(picture("PNG")), by=claire, name="../../etc/photo.jpg", alt="Un aplat rouge")

    assert (media.mime, media.name, media.width, media.height) == ("image/png", "photo.jpg", 40, 30)
    assert place(media.path).read_bytes() == picture("PNG")


def test_the_same_content_is_kept_once(claire: Member) -> None:
    first = actions.add_media(io.BytesIO(picture()), by=claire, name="a.jpg")
    second = actions.add_media(io.BytesIO(picture()), by=claire, name="b.jpg", alt="Le pain du matin")

    assert (first.pk, second.alt) == (second.pk, "Le pain du matin")


def test_a_reader_adds_nothing(lucie: Member) -> None:
    with pytest.raises(NotAllowed):
        actions.add_media(io.BytesIO(picture()), by=lucie, name="a.jpg")


def test_what_a_post_shows_stays(claire: Member) -> None:
    from pupitre.editorial.models import Post, PostMedia

    media = actions.add_media(io.BytesIO(picture()), by=claire, name="a.jpg")
    PostMedia.objects.create(post=Post.objects.create(organisation=claire.organisation, title="Fournée"), media=media)

    with pytest.raises(Conflict):
        actions.remove(media, by=claire)


def test_pages_keep_what_was_typed_and_show_files_to_members_only(
    client: Client, claire: Member, stranger: Member
) -> None:
    client.force_login(claire.user)
    slug = claire.organisation.slug
    add = reverse("library:add", args=[slug])

    refused = client.post(add, {"file": SimpleUploadedFile("a.jpg", b"non"), "alt": "Une miche dorée"})
    kept = client.post(add, {"file": SimpleUploadedFile("a.jpg", picture()), "alt": "Une miche dorée"})
    media = Media.objects.get()
    file = reverse("library:file", args=[slug, media.pk])

    assert (refused.status_code, kept.status_code) == (422, 302)
    assert "Une miche dorée" in refused.content.decode()
    assert client.get(file).content == picture()
    client.force_login(stranger.user)
    assert client.get(file).status_code == 404
    assert client.get(reverse("library:file", args=["valserein", media.pk])).status_code == 404
