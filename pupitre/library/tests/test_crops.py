"""What a network keeps of an image: the largest part that fits, around the focal point, with its authorship."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pupitre.core.models import Member
from pupitre.library import actions
from pupitre.library.crops import box, seen, shapes
from pupitre.library.models import Media
from pupitre.library.queries import media as kept_media
from pupitre.library.rules.crops import Shapes, cut

FEED = Shapes(0.8, 1.91)


@pytest.mark.parametrize(
    ("size", "focus", "part"),
    [
        ((1000, 1000), (0.5, 0.5), None), ((800, 1000), (0.5, 0.5), None),
        ((1000, 200), (0.5, 0.5), (309, 0, 691, 200)), ((1000, 200), (0.0, 0.5), (0, 0, 382, 200)),
        ((1000, 200), (1.0, 0.5), (618, 0, 1000, 200)), ((400, 1000), (0.5, 0.9), (0, 500, 400, 1000)),
    ],
)  # fmt: skip
def test_the_part_that_is_kept(size: tuple[int, int], focus: tuple[float, float], part: Any) -> None:
    assert cut(*size, FEED, focus=focus) == part


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_a_cut_stays_inside_and_loses_one_side_only(width: int, height: int, x: float, y: float) -> None:
    part = cut(width, height, FEED, focus=(x, y))
    if part is not None:
        left, top, right, bottom = part
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert (right - left == width) or (bottom - top == height)


def image(size: tuple[int, int], *, orientation: int = 1) -> io.BytesIO:
    """Red on the left half, blue on the right one."""
    picture = Image.new("RGB", size, "#cc0000")
    picture.paste("#0000cc", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "Claire Aubry"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, quality=95)
    file.seek(0)
    return file


@pytest.fixture
def wide(claire: Member) -> Media:
    return actions.add_media(image((1000, 200)), by=claire, name="large.jpg", alt="Deux couleurs.")


def test_the_focal_point_decides_what_is_seen_and_the_author_stays(wide: Media, claire: Member) -> None:
    colours = []
    for x in (0.0, 1.0):
        actions.describe(wide, by=claire, focus=(x, 0.5))
        with Image.open(io.BytesIO(seen(wide, "instagram"))) as made:
            red, _green, blue = made.convert("RGB").getpixel((made.width // 2, 100))  # type: ignore[misc]
            colours.append("red" if red > blue else "blue")
            assert (made.size, made.getexif()[0x013B]) == ((382, 200), "Claire Aubry")
    assert colours == ["red", "blue"]


def test_a_network_that_shows_any_shape_gets_the_very_same_bytes(wide: Media, claire: Member) -> None:
    file = image((1000, 200))
    assert seen(wide, "bluesky") == file.getvalue()
    assert actions.cut_for(wide, "bluesky", by=claire) == wide


def test_a_cut_is_kept_once_beside_its_image_and_out_of_the_library(wide: Media, claire: Member) -> None:
    first, second = (actions.cut_for(wide, "instagram", by=claire) for _ in range(2))
    assert (first, first.parent, first.alt, (first.width, first.height)) == (second, wide, "Deux couleurs.", (382, 200))
    assert list(kept_media(claire.organisation)) == [wide]
    with pytest.raises(Exception, match="stays"):
        actions.remove(wide, by=claire)


def test_a_photo_taken_upright_is_measured_as_it_is_seen(claire: Member) -> None:
    kept = actions.add_media(image((1000, 900), orientation=6), by=claire, name="debout.jpg")
    assert (kept.width, kept.height, box(kept, "instagram")) == (900, 1000, None)


def test_the_shapes_are_data_with_their_source() -> None:
    assert shapes()["instagram"] == FEED
