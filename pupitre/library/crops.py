"""Cutting an image for a network: the shapes it shows come from data, the pixels from Pillow."""

import io
import tomllib
from functools import cache
from importlib.resources import files

from PIL import Image, ImageOps

from pupitre.library.models import Media
from pupitre.library.rules.crops import Shapes, cut
from pupitre.library.storage import place

SAVED = {"JPEG": {"quality": 92}, "PNG": {}, "WEBP": {"quality": 92}, "GIF": {}}


@cache
def shapes() -> dict[str, Shapes]:
    """By network."""
    told = tomllib.loads(files("pupitre.library").joinpath("data/ratios.toml").read_text(encoding="utf-8"))
    return {network: Shapes(one["narrowest"], one["widest"]) for network, one in told.items()}


def box(media: Media, network: str) -> tuple[int, int, int, int] | None:
    """What this network keeps of this image; None when it shows it whole."""
    known = None if media.mime.startswith("video/") else shapes().get(network)
    return cut(media.width, media.height, known, focus=(media.focus_x, media.focus_y)) if known else None


def seen(media: Media, network: str) -> bytes:
    """The image as it leaves for this network. Authorship and colours stay; its position was blanked on arrival."""
    data = place(media.path).read_bytes()
    part = box(media, network)
    if part is None:
        return data
    with Image.open(io.BytesIO(data)) as image:
        kind, upright = str(image.format), ImageOps.exif_transpose(image)
        kept = {name: upright.info[name] for name in ("exif", "icc_profile") if name in upright.info}
        made = io.BytesIO()
        upright.crop(part).save(made, kind, **SAVED.get(kind, {}), **kept)
    return made.getvalue()
