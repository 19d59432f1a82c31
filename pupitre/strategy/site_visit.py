"""Visiting an address that a person gave: through the guarded client, with every size and delay bounded."""

import json
import os
from datetime import date
from functools import cache
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from pupitre.connectors.contract import Failed, Refused, RetryLater
from pupitre.connectors.http import Answer, Http
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.rules import site

N_ = str
PAGE_BYTES = 3_000_000
FILE_BYTES = 1_000_000
PATIENCE = 6.0  # seconds for one byte to come; an answer has three times that
NOT_AN_ADDRESS = N_("Write the address of your site, such as www.levain.example")
INSIDE = N_("This address leads inside a network: give the public address of the site.")


@cache
def http() -> Http:
    """One client for the whole process."""
    return Http(
        allow_private=settings.ALLOW_PRIVATE_ADDRESSES, reroute=json.loads(os.environ.get("PUPITRE_REROUTE", "{}"))
    )


def address_of(typed: str) -> tuple[str, str]:
    """(address, the same without encryption to try next or ""). Raises Refusal for what is no address of a site."""
    text = typed.strip()
    bare = "://" not in text
    try:
        parts = urlsplit(f"https://{text}" if bare else text)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise Refusal(NOT_AN_ADDRESS, [Fault("url", NOT_AN_ADDRESS)]) from None
    plain = parts.scheme in ("http", "https") and "." in host and not parts.username and len(text) <= 500
    if not plain or any(c.isspace() for c in text):
        raise Refusal(NOT_AN_ADDRESS, [Fault("url", NOT_AN_ADDRESS)])
    place = f"{host}{f':{port}' if port else ''}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return f"{parts.scheme}://{place}", f"http://{place}" if bare else ""


def look(client: Http, typed: str, *, today: date, patience: float = PATIENCE) -> tuple[str, tuple[site.Point, ...]]:
    """(the address where one arrives, the points seen there). Raises Refusal when it must not be visited."""
    address, otherwise = address_of(typed)
    started = monotonic()
    try:
        answer = _page(client, address, patience)
    except RetryLater as failure:
        if not otherwise or failure.code != "unreachable":
            return address, (_silent(failure),)
        address = otherwise
        try:
            answer = _page(client, address, patience)
        except Failed as second:
            return address, (_silent(second),)
    except Failed as failure:
        return address, (_silent(failure),)
    visit = site.Visit(answer.url or address, answer.status, answer.headers, answer.text)
    if not answer.ok or monotonic() - started > 2 * patience:
        return visit.url, site.judged(visit, today=today)
    root = f"{urlsplit(visit.url).scheme}://{urlsplit(visit.url).netloc}"
    robots, site_map = (_file(client, f"{root}/{name}", patience / 2) for name in ("robots.txt", "sitemap.xml"))
    beside = site.Visit(visit.url, visit.status, visit.headers, visit.html, robots, site_map)
    return visit.url, site.judged(beside, today=today)


def _page(client: Http, address: str, patience: float) -> Answer:
    """Raises Refusal for an inside address, wherever a redirection led; Failed for the rest."""
    try:
        return client.get(address, headers={"Accept": "text/html"}, timeout=patience, max_bytes=PAGE_BYTES)
    except Refused as refused:
        if refused.code == "address":
            raise Refusal(NOT_AN_ADDRESS, [Fault("url", NOT_AN_ADDRESS)]) from None
        if refused.code == "inside":
            raise Refusal(INSIDE, [Fault("url", INSIDE)]) from None
        raise


def _file(client: Http, address: str, patience: float) -> str:
    """A file beside the page, empty when it cannot be had."""
    try:
        answer = client.get(address, timeout=patience, max_bytes=FILE_BYTES)
    except Failed:
        return ""
    return answer.text if answer.ok and "html" not in answer.headers.get("content-type", "") else ""


def _silent(failure: Failed) -> site.Point:
    """Why there is no page to look at."""
    if isinstance(failure, Refused):
        return site.Point("reachable", "no", site.ASTRAY)
    return site.Point("reachable", "no", site.NO_ANSWER if failure.code == "unreachable" else site.TOO_MUCH)
