"""The demonstration's images, drawn here so that nobody's photograph is borrowed. Each is a PNG of 1200 by 900."""

import io
import math
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 900)
SCALE = 2  # drawn larger, then reduced: smooth edges
Colour = tuple[int, int, int]


def draw(name: str) -> bytes:
    """A picture by name: loaf, oven, window, log or market."""
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE))
    PICTURES[name](image)
    small = image.resize(SIZE, Image.Resampling.LANCZOS).quantize(160)
    kept = io.BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _ground(image: Image.Image, top: Colour, bottom: Colour) -> ImageDraw.ImageDraw:
    """A vertical shade over everything."""
    column = Image.new("RGB", (1, 256))
    for y in range(256):
        column.putpixel((0, y), tuple(round(a + (b - a) * y / 255) for a, b in zip(top, bottom, strict=True)))
    image.paste(column.resize(image.size))
    return ImageDraw.Draw(image)


def _glow(image: Image.Image, box: tuple[int, int, int, int], colour: Colour, blur: int) -> None:
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).ellipse([value * SCALE for value in box], fill=170)
    image.paste(Image.new("RGB", image.size, colour), mask=mask.resize((300, 225)).filter(
        ImageFilter.GaussianBlur(blur)).resize(image.size))  # fmt: skip


def _oval(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], fill: Colour) -> None:
    pen.ellipse([value * SCALE for value in box], fill=fill)


def _box(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float], fill: Colour, round_: int = 0) -> None:
    pen.rounded_rectangle([value * SCALE for value in box], round_ * SCALE, fill=fill)


def _shape(pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], fill: Colour) -> None:
    pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)


def _bread(pen: ImageDraw.ImageDraw, x: float, y: float, w: float, h: float, cuts: int) -> None:
    """A loaf whose box is given, with its flour and its cuts."""
    _oval(pen, (x, y, x + w, y + h), (146, 84, 38))
    _oval(pen, (x + w * 0.02, y, x + w * 0.98, y + h * 0.93), (190, 120, 58))
    _oval(pen, (x + w * 0.1, y + h * 0.05, x + w * 0.86, y + h * 0.68), (208, 146, 82))
    for rank in range(cuts):
        left = x + w * (0.2 + 0.6 * rank / max(cuts, 1))
        slant = w * 0.1
        _shape(
            pen,
            [
                (left, y + h * 0.7), (left + slant, y + h * 0.18), (left + slant + w * 0.05, y + h * 0.22),
                (left + w * 0.05, y + h * 0.74),
            ],
            (240, 214, 168),
        )  # fmt: skip


def loaf(image: Image.Image) -> None:
    pen = _ground(image, (247, 240, 226), (232, 214, 186))
    _box(pen, (110, 560, 1090, 690), (150, 104, 66), 26)
    _box(pen, (110, 560, 1090, 640), (176, 126, 82), 26)
    _bread(pen, 260, 210, 680, 420, 4)
    for rank in range(46):
        x, y = 180 + (rank * 373) % 840, 585 + (rank * 131) % 50
        _oval(pen, (x, y, x + 5, y + 4), (244, 232, 208))


def oven(image: Image.Image) -> None:
    pen = _ground(image, (88, 58, 46), (56, 36, 32))
    for row in range(10):
        for column in range(-1, 9):
            x, y = column * 160 + (row % 2) * 80, row * 92
            _box(pen, (x, y, x + 150, y + 84), (104 + (row * 7 + column * 5) % 18, 66, 52), 6)
    pen.pieslice([230 * SCALE, 150 * SCALE, 970 * SCALE, 1070 * SCALE], 180, 360, fill=(30, 18, 16))
    _box(pen, (230, 600, 970, 700), (30, 18, 16))
    _glow(image, (330, 330, 870, 760), (232, 122, 42), 26)
    pen = ImageDraw.Draw(image)
    for x, y in ((290, 520), (500, 480), (710, 520)):
        _bread(pen, x, y, 210, 140, 3)
    _box(pen, (180, 690, 1020, 740), (126, 118, 112), 8)
    _box(pen, (0, 740, 1200, 900), (70, 48, 40))


def window(image: Image.Image) -> None:
    pen = _ground(image, (214, 224, 226), (240, 224, 200))
    _box(pen, (90, 130, 1110, 800), (86, 54, 48), 10)
    _box(pen, (130, 250, 1070, 700), (252, 240, 208))
    for rank in range(12):
        x, colour = 90 + rank * 85, (166, 46, 36) if rank % 2 else (250, 244, 232)
        _box(pen, (x, 110, x + 85, 220), colour)
        _oval(pen, (x, 190, x + 85, 250), colour)
    _box(pen, (130, 620, 1070, 650), (164, 112, 70))
    for rank in range(5):
        _bread(pen, 160 + rank * 182, 500 - (rank % 2) * 14, 160, 124 + (rank % 2) * 14, 3)
    _box(pen, (592, 250, 608, 700), (86, 54, 48))
    _box(pen, (90, 700, 1110, 800), (104, 66, 56), 10)
    _box(pen, (0, 800, 1200, 900), (192, 184, 174))


def log(image: Image.Image) -> None:
    pen = _ground(image, (236, 228, 220), (214, 198, 186))
    _box(pen, (140, 610, 1060, 660), (248, 246, 242), 24)
    _box(pen, (230, 390, 960, 610), (92, 56, 40), 100)
    for rank in range(7):
        _box(pen, (280, 412 + rank * 28, 900, 418 + rank * 28), (116, 74, 54), 3)
    _oval(pen, (870, 390, 1010, 610), (226, 190, 138))
    for rank in range(3):
        inset = 22 + rank * 26
        pen.ellipse([(870 + inset * 0.64) * SCALE, (390 + inset) * SCALE, (1010 - inset * 0.64) * SCALE,
                     (610 - inset) * SCALE], outline=(120, 72, 48), width=14)  # fmt: skip
    for rank in range(5):
        x = 330 + rank * 110
        _oval(pen, (x, 366, x + 34, 400), (178, 40, 44))
        _shape(pen, [(x + 34, 386), (x + 74, 366), (x + 62, 398)], (62, 104, 70))


def market(image: Image.Image) -> None:
    pen = _ground(image, (44, 42, 82), (122, 92, 112))
    for rank in range(60):
        x, y = (rank * 797) % 1200, (rank * 389) % 340
        _oval(pen, (x, y, x + 3 + rank % 3, y + 3 + rank % 3), (240, 232, 216))
    for rank, height in enumerate((230, 300, 260, 420, 280, 330, 240)):
        x = rank * 175 - 10
        _box(pen, (x, 640 - height, x + 165, 700), (58, 52, 84))
        _shape(pen, [(x - 8, 642 - height), (x + 82, 580 - height), (x + 173, 642 - height)], (48, 43, 72))
    for y, sag in ((210, 60), (270, 50)):
        for rank in range(25):
            x = rank * 50
            drop = y + sag * math.sin(math.pi * ((x % 400) / 400))
            _oval(pen, (x, drop, x + 13, drop + 13), (250, 206, 110))
    _shape(pen, [(560, 690), (640, 330), (720, 690)], (36, 78, 62))
    _shape(pen, [(640, 296), (652, 326), (684, 328), (658, 346), (668, 378), (640, 358), (612, 378), (622, 346),
                 (596, 328), (628, 326)], (252, 206, 92))  # fmt: skip
    for x in (40, 300, 740, 980):
        _box(pen, (x, 560, x + 190, 720), (112, 56, 42))
        _box(pen, (x + 18, 600, x + 172, 672), (252, 214, 138))
        _shape(pen, [(x - 22, 566), (x + 95, 478), (x + 212, 566)], (142, 62, 44))
        for person in (62, 122):
            _oval(pen, (x + person, 612, x + person + 26, 638), (84, 40, 38))
            _box(pen, (x + person - 6, 636, x + person + 32, 672), (84, 40, 38), 10)
    _box(pen, (0, 716, 1200, 900), (232, 226, 222))
    for x, size in ((470, 1.0), (522, 0.66)):
        _oval(pen, (x, 700, x + 30 * size, 700 + 30 * size), (38, 32, 46))
        _box(pen, (x - 6, 700 + 28 * size, x + 36 * size, 700 + 104 * size), (38, 32, 46), 12)


PICTURES: dict[str, Callable[[Image.Image], None]] = {
    "loaf": loaf, "oven": oven, "window": window, "log": log, "market": market,
}  # fmt: skip
