"""Reads the HTML that networks give back, and writes the little that some want."""

import re
from html import escape
from html.parser import HTMLParser

from pupitre.connectors.addresses import web_addresses

BLOCKS = {"p", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "figure", "div"}
SILENT = {"script", "style", "figure"}


class _Reader(HTMLParser):
    """Keeps the words and the line breaks."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        if tag == "br":
            self.pieces.append("\n")
        elif tag in BLOCKS and self.pieces:
            self.pieces.append("\n\n")
        elif tag == "li" and self.pieces:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data)


def plain(html: str) -> str:
    """The text a person reads, paragraphs kept, pictures left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.pieces)).strip()


def linked(text: str) -> str:
    """Plain text as safe HTML, its addresses made links."""
    pieces, last = [], 0
    for start, end in web_addresses(text):
        address = escape(text[start:end])
        pieces += [escape(text[last:start], quote=False), f'<a href="{address}">{address}</a>']
        last = end
    return "".join([*pieces, escape(text[last:], quote=False)])
