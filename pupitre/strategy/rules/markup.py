"""What a page says of itself: title, robots, dates and ways to reach somebody. Pure, and bounded by its input."""

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

DAY = re.compile(r"\b(20\d{2}|19\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
CONTACT = re.compile(
    r"contact|nous[-_ ]joindre|joignez|nous[-_ ](?:é|e)crire|(?:é|e)crivez|coordonn(?:é|e)es|reach us|get in touch",
    re.I,
)
DATED_META = {
    "article:modified_time", "article:published_time", "og:updated_time", "date", "last-modified", "dc.date",
    "dcterms.modified", "datemodified", "datepublished",
}  # fmt: skip
ROBOTS = {"robots", "googlebot"}


@dataclass(frozen=True, slots=True)
class Markup:
    """`robots` is what the page asks of robots, in lower case; `days` every day it gives, in no order."""

    title: str
    robots: str
    days: tuple[date, ...]
    contact: bool


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.robots: list[str] = []
        self.dated: list[str] = []
        self.contact = False
        self.inside: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "title" and "svg" not in self.inside:
            self.inside.add("title")
        elif tag == "script" and given.get("type", "").startswith("application/ld+json"):
            self.inside.add("data")
        elif tag in ("a", "svg"):
            self.inside.add(tag)
        name = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
        if tag == "meta" and name in ROBOTS:
            self.robots.append(given.get("content", "").lower())
        if tag == "meta" and name in DATED_META:
            self.dated.append(given.get("content", ""))
        if tag == "time":
            self.dated.append(given.get("datetime", ""))
        target = given.get("href", "") if tag == "a" else ""
        self.contact = self.contact or target.startswith(("mailto:", "tel:")) or bool(CONTACT.search(target))

    def handle_endtag(self, tag: str) -> None:
        self.inside.discard({"script": "data"}.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if "title" in self.inside:
            self.title.append(data)
        if "data" in self.inside:
            self.dated.append(data)
        if "a" in self.inside and CONTACT.search(data):
            self.contact = True


def markup(html: str) -> Markup:
    """Read a page, however badly written."""
    reader = Reader()
    reader.feed(html)
    days = tuple(day for text in reader.dated for day in dates_in(text))
    return Markup(" ".join(" ".join(reader.title).split()), " ".join(reader.robots), days, reader.contact)


def dates_in(text: str) -> tuple[date, ...]:
    """Every day written 2026-03-12 in a text; those that no calendar has are left."""
    found = []
    for year, month, day in DAY.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)
