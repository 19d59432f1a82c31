"""The glyph of each network, from its own folder, made safe to write inside a page."""

from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring
from django.utils.safestring import SafeString

from pupitre.connectors import registry

_SVG = "http://www.w3.org/2000/svg"
_SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title"}
_LOOKS = {
    "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "fill-rule",
    "clip-rule", "transform", "opacity", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "width",
    "height", "points",
}  # fmt: skip
_COLOURLESS = {"none", "currentColor"}


class NotAGlyph(ValueError):
    """The file is no plain drawing in one colour."""


@cache
def glyph(key: str) -> SafeString:
    """The network's glyph as an inline decorative SVG, empty when the network has none or is unknown."""
    if key not in registry.places():
        return SafeString("")
    file = files(registry.places()[key]) / "logo.svg"
    return SafeString(inlined(file.read_text(encoding="utf-8"))) if file.is_file() else SafeString("")


def inlined(svg: str) -> str:
    """The drawing reduced to plain shapes in the colour of the text. Raises NotAGlyph."""
    root = fromstring(svg)
    if _name(root) != "svg" or not root.get("viewBox"):
        raise NotAGlyph("an svg with a viewBox was expected")
    group = Element("g", _looks(root))
    group.extend(_copied(child) for child in root if _name(child) in _SHAPES - {"title"})
    for size in ("width", "height"):
        group.attrib.pop(size, None)
    outer = Element("svg", {"class": "icon", "viewBox": str(root.get("viewBox")), "aria-hidden": "true"})
    outer.append(group)
    return tostring(outer, encoding="unicode")


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(f"{{{_SVG}}}")


def _looks(element: Element) -> dict[str, str]:
    looks = {name: value for name, value in element.attrib.items() if name in _LOOKS and "(" not in value}
    looks |= {name: value for name, value in element.attrib.items() if name == "transform"}
    for paint in ("fill", "stroke"):
        if paint in looks and looks[paint] not in _COLOURLESS:
            looks[paint] = "currentColor"
    return looks


def _copied(element: Element) -> Element:
    copy = Element(_name(element), _looks(element))
    copy.extend(_copied(child) for child in element if _name(child) in _SHAPES)
    return copy
