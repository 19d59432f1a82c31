"""Films: what enters, what is taken from them, what the worker makes of them, what a player reads."""

import io
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotAllowed, Refusal
from pupitre.library.actions import add_media, remove
from pupitre.library.films import caption, captions_of, prepare, prepare_for, version_for
from pupitre.library.models import Film, Media
from pupitre.library.rules.films import Cue, cues, kind_of, placeless, transcript
from pupitre.library.storage import place

PLACE = b"+48.8577+002.2950+035.000/"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nLe levain <b>dort</b>.\n\n2\n01:00:03.000 --> 01:00:04.000\nIl se réveille.\n"


def reel(codec: str = "libx264", kind: str = "mp4", *, seconds: int = 2, size: tuple[int, int] = (64, 48)) -> bytes:
    """A small real film with its sound, as a telephone or a browser would write it."""
    made = io.BytesIO()
    with av.open(made, "w", format=kind) as out:
        picture = out.add_stream(codec, rate=10)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        sound = out.add_stream("aac", rate=48_000) if kind != "webm" else None
        for number in range(seconds * 10):
            pixels = np.full((size[1], size[0], 3), 30 + number * 7, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(picture.encode(None))
        if sound is not None:
            frame = av.AudioFrame.from_ndarray(np.zeros((2, 48_000), np.float32), format="fltp", layout="stereo")
            frame.sample_rate = 48_000
            out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
    return made.getvalue()


@pytest.fixture(scope="module")
def mp4() -> bytes:
    return reel()


@pytest.fixture(scope="module")
def webm() -> bytes:
    return reel("libvpx", "webm", size=(80, 40))


def kept(data: bytes, by: Member, *, name: str = "fournil.mp4", alt: str = "Le pétrin tourne") -> Media:
    return add_media(io.BytesIO(data), by=by, name=name, alt=alt)


def test_a_film_is_read_shown_and_kept_once(mp4: bytes, claire: Member) -> None:
    media = kept(mp4, claire, name="../menteur.jpg")
    film = media.film
    assert (media.mime, media.name, media.width, media.height, media.size) == (
        "video/mp4", "menteur.jpg", 64, 48, len(mp4),
    )  # fmt: skip
    assert (film.picture, film.sound, film.plain, film.state, round(film.seconds)) == ("h264", "aac", True, "ready", 2)
    assert Image.open(place(film.poster)).size == (64, 48)
    assert place(media.path).read_bytes() == mp4
    assert kept(mp4, claire).pk == media.pk
    assert version_for(media, 0) == media


def test_where_it_was_shot_is_taken_away_even_across_two_pieces(
    mp4: bytes, claire: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = len(PLACE) + 12
    box = (told + 8).to_bytes(4, "big") + b"udta" + told.to_bytes(4, "big") + b"\xa9xyz" + b"\0\x1a\x15\xc7" + PLACE
    monkeypatch.setattr("pupitre.library.actions.CHUNK", len(mp4) + 20)  # the second piece begins inside the place
    media = kept(mp4 + box, claire)
    here = place(media.path).read_bytes()
    assert (len(here), PLACE in mp4 + box, PLACE in here, b"48.857" in here) == (len(mp4 + box), True, False, False)


@pytest.mark.parametrize(
    "data", [b"\0\0\0\x18ftypmp42" + b"\0" * 900, b"\x1a\x45\xdf\xa3webm" + b"\0" * 900], ids=["mp4", "webm"]
)
def test_what_is_no_film_is_refused_and_leaves_nothing(data: bytes, claire: Member, settings: Any) -> None:
    folder = Path(settings.MEDIA_ROOT) / str(claire.organisation_id)
    before = {one for one in folder.rglob("*") if one.is_file()}
    with pytest.raises(Refusal) as refused:
        kept(data, claire)
    assert [fault.field for fault in refused.value.faults] == ["file"]
    assert not Media.objects.exists()
    assert {one for one in folder.rglob("*") if one.is_file()} == before


def test_a_film_that_is_too_large_or_too_long_is_refused(
    mp4: bytes, claire: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pupitre.library.films.MAX_BYTES", len(mp4) - 1)
    with pytest.raises(Refusal):
        kept(mp4, claire)
    monkeypatch.undo()
    monkeypatch.setattr("pupitre.library.filming.MAX_SECONDS", 1.0)
    with pytest.raises(Refusal):
        kept(mp4, claire)


def test_a_playlist_dressed_as_a_film_opens_no_other_file(claire: Member, mp4: bytes) -> None:
    with pytest.raises(Refusal):
        kept(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", claire, name="liste.mp4")


def test_the_worker_prepares_what_not_every_network_takes(webm: bytes, claire: Member) -> None:
    media = kept(webm, claire, name="fournil.webm")
    film = media.film
    assert (media.mime, film.plain, film.state, version_for(media, 0)) == ("video/webm", False, "preparing", None)
    prepare(film.pk)
    prepare(film.pk)  # a body may run twice
    film.refresh_from_db()
    made = version_for(media, 0)
    assert made is not None
    assert (film.state, film.percent, made.parent, made.mime, made.alt) == (
        "ready", 100, media, "video/mp4", "Le pétrin tourne",
    )  # fmt: skip
    with av.open(str(place(made.path))) as shown:
        assert (shown.streams.video[0].codec_context.name, shown.streams.video[0].width) == ("h264", 80)
    assert place(made.path).read_bytes().index(b"moov") < place(made.path).read_bytes().index(b"mdat")


def test_a_network_that_takes_less_gets_a_lighter_version(claire: Member) -> None:
    noisy = reel(seconds=3, size=(320, 240))
    media = kept(noisy + b"\0\0\x4e\x20free" + b"\0" * 19_992, claire)  # heavier than what it shows
    most = media.size - 1
    assert version_for(media, most) is None
    prepare_for(media, most)
    prepare(media.film.pk)
    lighter = version_for(media, most)
    assert lighter is not None
    assert (lighter.size <= most, version_for(media, 0)) == (True, media)


def test_captions_are_kept_read_by_the_versions_and_refused_with_their_line(webm: bytes, claire: Member) -> None:
    media = kept(webm, claire)
    prepare(media.film.pk)
    caption(media, VTT, by=claire)
    version = version_for(media, 0)
    assert version is not None
    assert captions_of(version) == captions_of(media) == VTT
    with pytest.raises(Refusal) as refused:
        caption(media, "WEBVTT\n\n00:05.000 --> 00:01.000\nÀ l’envers", by=claire)
    assert refused.value.faults[0].params == {"line": 3}
    caption(media, " ", by=claire)
    assert captions_of(media) == ""


def test_cues_and_transcript() -> None:
    assert cues(VTT) == [Cue(1.0, 2.5, "Le levain dort."), Cue(3603.0, 3604.0, "Il se réveille.")]
    assert transcript(VTT) == "Le levain dort. Il se réveille."
    assert [isinstance(cues(text), Fault) for text in ("Bonjour", "WEBVTT\n\n", "WEBVTT\n\n1 --> 2\nx")] == [True] * 3
    assert placeless(b"x" + PLACE + b"y") == (b"x" + b" " * len(PLACE) + b"y", True)
    assert (kind_of(b"\0\0\0\x14ftypqt  "), kind_of(b"GIF89a")) == ("video/quicktime", "")


def test_a_reader_adds_and_captions_nothing(mp4: bytes, claire: Member, lucie: Member) -> None:
    media = kept(mp4, claire)
    for act in (lambda: kept(mp4, lucie), lambda: caption(media, VTT, by=lucie)):
        with pytest.raises(NotAllowed):
            act()


def test_a_player_reads_the_part_it_wants(client: Client, mp4: bytes, claire: Member) -> None:
    media = kept(mp4, claire)
    client.force_login(claire.user)
    file = reverse("library:file", args=[claire.organisation.slug, media.pk])

    def part(asked: str) -> tuple[int, bytes, str]:
        answer = client.get(file, headers={"Range": asked})
        return answer.status_code, answer.content, answer.headers.get("Content-Range", "")

    size = len(mp4)
    assert part("bytes=0-9") == (206, mp4[:10], f"bytes 0-9/{size}")
    assert part("bytes=100-") == (206, mp4[100:], f"bytes 100-{size - 1}/{size}")
    assert part("bytes=-7") == (206, mp4[-7:], f"bytes {size - 7}-{size - 1}/{size}")
    assert part(f"bytes={size}-") == (416, b"", f"bytes */{size}")
    assert part("bytes=x")[0] == 200
    assert client.get(file).content == mp4


def test_pages_show_the_film_its_progress_and_its_captions(client: Client, webm: bytes, claire: Member) -> None:
    client.force_login(claire.user)
    slug = claire.organisation.slug
    sent = SimpleUploadedFile("fournil.webm", webm, "video/webm")
    client.post(reverse("library:add", args=[slug]), {"file": sent, "alt": "Le pétrin tourne"})
    media = Media.objects.get()
    home = reverse("library:media", args=[slug, media.pk])
    assert "0\u202f%" in client.get(home).content.decode().replace("\u00a0", "\u202f").replace(" %", "\u202f%")
    prepare(media.film.pk)
    asked = client.post(reverse("library:caption", args=[slug, media.pk]), {"captions": "non"})
    assert (asked.status_code, "non" in asked.content.decode()) == (422, True)
    vtt = SimpleUploadedFile("fournil.vtt", VTT.encode(), "text/vtt")
    client.post(reverse("library:caption", args=[slug, media.pk]), {"vtt": vtt})
    page = client.get(home).content.decode()
    assert ("<track" in page, "Le levain dort." in page, "<video" in page) == (True, True, True)
    assert client.get(reverse("library:captions", args=[slug, media.pk])).content.decode() == VTT
    assert client.get(reverse("library:still", args=[slug, media.pk])).content[:2] == b"\xff\xd8"
    seen = client.get(reverse("library:seen", args=[slug, media.pk, "instagram"]))
    assert seen.headers["Content-Type"] == "image/jpeg"
    remove(media.cuts.get(), by=claire)
    remove(media, by=claire)
    assert not Film.objects.exists()
