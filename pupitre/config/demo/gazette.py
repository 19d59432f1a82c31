"""A local paper with a feed: what it has published so far, and what it is about to publish."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from pupitre.connectors.fakes.exchange import Request, Response
from pupitre.connectors.fakes.fake import Fake, Handler

HOUR = 3600


class Gazette(Fake):
    """Serves `/rss`. `world.store["since"]` is the start, in seconds since 1970; items are dated around it."""

    key: ClassVar[str] = "gazette"
    origins: ClassVar[tuple[str, ...]] = ("https://gazette.valserine.example",)
    publishing: ClassVar[str] = r"never\Z"

    def __init__(self, paper: Mapping[str, Any]) -> None:
        super().__init__()
        self.paper = paper
        self.world.store["since"] = self.world.clock.now().timestamp()

    def routes(self) -> list[tuple[str, Handler]]:
        """One page."""
        return [("GET /rss", self.feed)]

    def feed(self, request: Request) -> Response:
        """What has appeared until now, newest first."""
        since, now = float(self.world.store["since"]), self.world.clock.now().timestamp()
        dated = [
            (since - one["ago"] * HOUR if "ago" in one else since + one["soon"] * 60, one)
            for one in self.paper["items"]
        ]
        items = "".join(self.item(at, one) for at, one in sorted(dated, key=lambda pair: -pair[0]) if at <= now)
        head = f"<channel><title>{escape(self.paper['title'])}</title>"
        body = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{head}{items}</channel></rss>'
        return Response(200, body.encode(), {"content-type": "application/rss+xml"})

    def item(self, at: float, one: Mapping[str, Any]) -> str:
        """One article; its address keeps the same whenever it is read."""
        link = f"{self.origins[0]}/{self.paper['items'].index(one) + 1}"
        date = format_datetime(datetime.fromtimestamp(at, UTC))
        return (
            f"<item><guid>{link}</guid><link>{link}</link><title>{escape(one['title'])}</title>"
            f"<description>{escape(one['text'])}</description><pubDate>{date}</pubDate></item>"
        )
