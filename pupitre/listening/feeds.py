"""Reading one feed: politely, with every bound set before the first byte is believed."""

import calendar
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import feedparser
import nh3
from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse as safe_parse

from pupitre.connectors.contract import Failed
from pupitre.connectors.http import Answer, Http

N_ = str
MAX_BYTES = 5_000_000
MAX_ITEMS = 300
ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.8, */*;q=0.1"


class NotAFeed(Exception):
    """What came back cannot be read as a feed; the message is a message id."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item. `author` is a name as written, to be pseudonymised by who keeps it; `at` None when not given;
    `network` empty for a page of the web.
    """

    id: str
    url: str
    title: str
    text: str
    author: str
    at: datetime | None
    network: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reading gave. `entries` None means nothing changed since the last time."""

    title: str
    entries: Sequence[Entry] | None
    etag: str = ""
    modified: str = ""


def read(http: Http, url: str, *, etag: str = "", modified: str = "") -> Reading:
    """Fetch and read a feed. Raises the connector's Failed for the network, NotAFeed for the content."""
    headers = {"Accept": ACCEPT}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    answer = http.get(url, headers=headers, max_bytes=MAX_BYTES, timeout=20)
    if answer.status == 304:
        return Reading("", None, etag, modified)
    if not answer.ok:
        raise Failed(f"{answer.status}")
    title, entries = parse(answer.body)
    return Reading(title, entries, _header(answer, "etag", 300), _header(answer, "last-modified", 100))


def _header(answer: Answer, name: str, limit: int) -> str:
    value = answer.headers.get(name, "")
    return value if len(value) <= limit else ""


def parse(body: bytes) -> tuple[str, list[Entry]]:
    """(title, items newest first) of RSS, Atom or JSON Feed. Raises NotAFeed, also for a trapped document."""
    start = body.lstrip()[:1]
    if start == b"{":
        return _json_feed(body)
    if start != b"<":
        raise NotAFeed(N_("This address does not give a feed. Look for “RSS” or “Atom” on the site."))
    _refuse_traps(body)
    found = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not found.get("version"):
        raise NotAFeed(N_("This address gives a page, not a feed. Look for “RSS” or “Atom” on the site."))
    return plain(found.feed.get("title", ""))[:200], [_entry(one) for one in found.entries[:MAX_ITEMS]]


def _refuse_traps(body: bytes) -> None:
    """Entities that swell and addresses fetched while parsing are refused; sloppy XML is not our business here."""
    try:
        safe_parse(BytesIO(body), ContentHandler(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise NotAFeed(N_("This document is trapped: it was not read.")) from None
    except (SAXException, ValueError):
        return


def _entry(one: Mapping[str, Any]) -> Entry:
    content = one.get("content") or []
    body = content[0].get("value", "") if content else one.get("summary", "")
    title, link = plain(one.get("title", ""))[:300], str(one.get("link", ""))[:1000]
    text = plain(str(body))
    said = f"{title}\n{text}" if title and not text.startswith(title) else text or title
    moment = one.get("published_parsed") or one.get("updated_parsed")
    at = datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None
    return Entry(_id(one.get("id"), link, said), link, title, said[:20_000], str(one.get("author", ""))[:200], at)


def _id(given: Any, link: str, text: str) -> str:
    """The item's own id, else its address, else its words."""
    known = str(given or link)
    return known if known and len(known) <= 500 else hashlib.sha256((known or text).encode()).hexdigest()


def _json_feed(body: bytes) -> tuple[str, list[Entry]]:
    try:
        feed = json.loads(body)
        items = feed["items"]
        if "jsonfeed.org" not in str(feed["version"]) or not isinstance(items, list):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotAFeed(N_("This address does not give a feed. Look for “RSS” or “Atom” on the site.")) from None
    return plain(str(feed.get("title", "")))[:200], [
        _json_entry(one) for one in items[:MAX_ITEMS] if isinstance(one, dict)
    ]


def _json_entry(one: Mapping[str, Any]) -> Entry:
    title, link = plain(str(one.get("title") or ""))[:300], str(one.get("url") or "")[:1000]
    text = plain(str(one.get("content_text") or one.get("content_html") or one.get("summary") or ""))
    said = f"{title}\n{text}" if title and not text.startswith(title) else text or title
    authors = one.get("authors") or [one.get("author") or {}]
    name = str(authors[0].get("name", "")) if isinstance(authors, list) and isinstance(authors[0], dict) else ""
    return Entry(
        _id(one.get("id"), link, said), link, title, said[:20_000], name[:200], _moment(one.get("date_published"))
    )


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def plain(html: str) -> str:
    """Words only: blocks become lines, tags and scripts vanish."""
    broken = re.sub(r"(?i)<(?:br|/p|/div|/li|/h\d)[^>]*>", "\n", html)
    bare = unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style"}))
    return re.sub(r"[ \t\r\f\v]+", " ", re.sub(r"\s*\n\s*", "\n", bare)).strip()
