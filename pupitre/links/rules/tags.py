"""Tags of a link: a closed vocabulary, what is wrong with a link, and the same link tagged well. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from pupitre.core.rules.refusals import Fault

N_ = str
KINDS = ("source", "medium", "campaign")
MOST = 2000  # characters of an address
LINK = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+(?:@|%40)[\w-]+\.[\w.]+", re.IGNORECASE)
TRACERS = frozenset({
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "igshid", "igsh", "ttclid", "twclid", "li_fat_id",
    "mc_eid", "yclid", "_hsenc", "_hsmi", "si",
})  # fmt: skip
SHORTENERS = frozenset({
    "bit.ly", "tinyurl.com", "t.co", "ow.ly", "buff.ly", "goo.gl", "is.gd", "cutt.ly", "rebrand.ly", "lnkd.in",
    "shorturl.at", "dlvr.it", "trib.al", "urlz.fr",
})  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """The words each tag may hold."""

    source: frozenset[str] = frozenset()
    medium: frozenset[str] = frozenset()
    campaign: frozenset[str] = frozenset()

    def of(self, kind: str) -> frozenset[str]:
        found: frozenset[str] = getattr(self, kind)
        return found


def slug(text: str) -> str:
    """A tag as it is kept: small letters without accents, words joined by hyphens; "" when nothing remains."""
    plain = unicodedata.normalize("NFKD", text.strip().lower().replace("’", "-").replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:60].strip("-")


def links_in(text: str) -> list[str]:
    """The addresses that a text holds, in order, each once, without the punctuation that follows them."""
    found = (match.group().rstrip(".,;:!?…)]}'’") for match in LINK.finditer(text))
    return list(dict.fromkeys(found))


def address(url: str) -> SplitResult | None:
    """An address that a link may lead to: http or https, a real host, nobody's password; None otherwise."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    good = parts.scheme in {"http", "https"} and "." in host.strip(".") and not parts.username and not parts.password
    return parts if good and len(url) <= MOST and not re.search(r"[\s\x00-\x1f\\]", url.strip()) else None


def tags_of(url: str) -> dict[str, list[str]]:
    """What its utm parameters say, by kind."""
    parts = address(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts else []
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if key.lower().startswith("utm_"):
            found.setdefault(key.lower().removeprefix("utm_"), []).append(value)
    return found


def tagged(url: str, tags: Mapping[str, str]) -> str:
    """The same address with these tags, and neither earlier tags nor other sites' tracers."""
    parts = urlsplit(url.strip())
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not key.lower().startswith("utm_") and key.lower() not in TRACERS
    ]
    kept += [(f"utm_{kind}", tags[kind]) for kind in KINDS if tags.get(kind)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", urlencode(kept), parts.fragment))


def lint(url: str, known: Vocabulary, *, field: str = "url") -> list[Fault]:
    """What is wrong with a link; empty when it may be published."""
    parts = address(url)
    if parts is None:
        return [Fault(field, N_("Write a whole address, such as https://example.org/page."))]
    said, faults = tags_of(url), []
    if (parts.hostname or "").removeprefix("www.") in SHORTENERS:
        faults.append(Fault(field, N_("This link passes through another’s counter: use one of yours.")))
    if MAIL.search(parts.query):
        faults.append(Fault(field, N_("This link carries somebody’s mail address.")))
    traced = sorted({key for key, _ in parse_qsl(parts.query) if key.lower() in TRACERS})
    if traced:
        faults.append(
            Fault(field, N_("This link carries another site’s tracer: %(name)s."), params={"name": traced[0]})
        )
    if "utm_" in parts.fragment:
        faults.append(Fault(field, N_("The tags stand after the #, where nobody reads them.")))
    if said:
        faults += [fault for kind in KINDS for fault in _tag_faults(kind, said.get(kind, []), known, field)]
    return faults


def _tag_faults(kind: str, values: list[str], known: Vocabulary, field: str) -> list[Fault]:
    missing = {
        "source": N_("The tag utm_source is missing: from where?"),
        "medium": N_("The tag utm_medium is missing: by what means?"),
        "campaign": N_("The tag utm_campaign is missing: for what?"),
    }
    if not values or not values[0]:
        return [Fault(field, missing[kind])]
    if len(values) > 1:
        return [Fault(field, N_("The tag utm_%(kind)s stands twice."), params={"kind": kind})]
    if values[0] in known.of(kind):
        return []
    near = get_close_matches(slug(values[0]), sorted(known.of(kind)), n=1, cutoff=0.6)
    text = N_("“%(value)s” is not among your tags (utm_%(kind)s).")
    return [Fault(field, text, params={"value": values[0][:60], "kind": kind}, examples=tuple(near))]
