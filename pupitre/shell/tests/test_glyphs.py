import pytest

from pupitre.connectors import registry
from pupitre.shell import glyphs
from pupitre.shell.glyphs import NotAGlyph, glyph, inlined


def test_a_glyph_is_drawn_in_the_colour_of_the_text() -> None:
    shape = '<path d="M0 0" stroke="red"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" fill="#f00">{shape}</svg>'
    assert inlined(svg) == (
        '<svg class="icon" viewBox="0 0 9 9" aria-hidden="true"><g fill="currentColor">'
        '<path d="M0 0" stroke="currentColor" /></g></svg>'
    )


def test_an_outline_stays_an_outline() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" fill="none"><path d="M1 1"/></svg>'
    assert '<g fill="none"><path d="M1 1" /></g>' in inlined(svg)


@pytest.mark.parametrize(
    "danger",
    [
        "<script>alert(1)</script>", '<path d="M0 0" onclick="x()"/>', '<a href="javascript:x"><path d="M0 0"/></a>',
        '<image href="https://stranger.example/x.png"/>', '<path d="M0 0" style="fill:red"/>',
        '<foreignObject><p>x</p></foreignObject>', '<path d="M0 0" fill="url(https://stranger.example)"/>',
    ],
)  # fmt: skip
def test_nothing_but_shapes_passes(danger: str) -> None:
    html = inlined(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{danger}</svg>')
    for word in ("script", "onclick", "javascript", "stranger", "style", "foreignObject", "<a", "image"):
        assert word not in html


@pytest.mark.parametrize("svg", ["<html/>", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    with pytest.raises(NotAGlyph):
        inlined(svg)


def test_an_unknown_network_has_no_glyph() -> None:
    assert glyph("nowhere") == ""


def test_every_network_of_the_house_has_a_glyph() -> None:
    glyphs.glyph.cache_clear()
    drawn = {key: glyph(key) for key in registry.places()}
    assert [key for key, svg in drawn.items() if not svg.startswith('<svg class="icon"')] == []
