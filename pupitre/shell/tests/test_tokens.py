"""The contrasts of every colour, computed from tokens.css itself, in both themes."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static" / "shell" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);")

# token: contrasts on paper, sheet, recess and its own tint, light then dark; as the palette was decided.
PALETTE = {
    "ink": ((15.6, 16.6, 14.3), (15.8, 14.7, 13.0)),
    "ink-2": ((7.7, 8.1, 7.0), (10.0, 9.3, 8.3)),
    "ink-3": ((5.4, 5.7, 4.9), (6.8, 6.4, 5.6)),
    "line": ((3.6, 3.9, 3.3), (5.0, 4.7, 4.1)),
    "staff": ((3.0, 3.2, 2.8), (3.8, 3.5, 3.1)),
    "rule": ((1.3, 1.4, 1.2), (1.5, 1.4, 1.2)),
    "rub": ((6.4, 6.8, 5.8, 5.7), (8.5, 8.0, 7.1, 6.5)),
    "visibility": ((5.7, 6.1, 5.2, 5.2), (11.8, 11.0, 9.7, 8.3)),
    "expertise": ((5.7, 6.1, 5.2, 5.1), (10.8, 10.0, 8.9, 7.8)),
    "proximity": ((8.2, 8.7, 7.5, 7.2), (6.1, 5.6, 5.0, 5.3)),
    "kept": ((6.6, 7.0, 6.0, 5.9), (9.9, 9.3, 8.2, 6.9)),
    "attention": ((7.8, 8.2, 7.1, 7.3), (11.3, 10.5, 9.3, 8.1)),
}
TEXTS = ("ink", "ink-2", "ink-3", "rub", "visibility", "expertise", "proximity", "kept", "attention")
GRAPHICS = ("line",)


def colours() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in PAIR.findall((CSS / "tokens.css").read_text())}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grounds(name: str) -> list[str]:
    return ["paper", "sheet", "recess", *([f"{name}-tint"] if f"{name}-tint" in colours() else [])]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", PALETTE)
def test_each_colour_keeps_the_contrast_it_was_chosen_for(name: str, theme: int) -> None:
    known = colours()
    computed = [contrast(known[name][theme], known[ground][theme]) for ground in grounds(name)]
    assert computed == pytest.approx(PALETTE[name][theme], abs=0.06)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("names", "least"), [(TEXTS, 4.5), (GRAPHICS, 3.0)], ids=["text", "controls"])
def test_text_and_controls_can_be_read_on_every_ground(names: tuple[str, ...], least: float, theme: int) -> None:
    known = colours()
    weak = {
        (name, ground): round(contrast(known[name][theme], known[ground][theme]), 2)
        for name in names
        for ground in grounds(name)
        if contrast(known[name][theme], known[ground][theme]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ink", "rub", "attention", "kept", "ink-2"])
def test_words_on_a_dark_ground_can_be_read(ground: str, theme: int) -> None:
    known = colours()
    assert contrast(known["on-ink"][theme], known[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_staff_lines_are_seen_where_scores_are_drawn(theme: int) -> None:
    known = colours()
    assert min(contrast(known["staff"][theme], known[ground][theme]) for ground in ("paper", "sheet")) >= 3.0


def test_no_colour_is_written_outside_the_tokens() -> None:
    found = {
        (file.name, colour)
        for file in CSS.rglob("*.css")
        if file.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\([^)]*\)", file.read_text())
    }
    assert found == set()


def test_every_custom_property_used_is_defined() -> None:
    sheets = [file.read_text() for file in CSS.rglob("*.css")]
    used = {name for sheet in sheets for name in re.findall(r"var\((--[\w-]+)", sheet)}
    defined = {name for sheet in sheets for name in re.findall(r"(--[\w-]+):", sheet)}
    assert used - defined == set()


def test_styles_ask_nobody_else() -> None:
    addresses = {url for file in CSS.rglob("*.css") for url in re.findall(r'url\("?([^")]+)', file.read_text())}
    assert {url for url in addresses if not url.startswith("../vendor/")} == set()


def test_movement_stops_for_those_who_ask() -> None:
    tokens = (CSS / "tokens.css").read_text()
    reduced = tokens[tokens.index("prefers-reduced-motion") :]
    assert re.findall(r"--(fade|slide): 0ms linear", reduced) == ["fade", "slide"]
    moving = {f.name for f in CSS.rglob("*.css") if re.search(r"animation|@keyframes", f.read_text())}
    assert moving == set()
