"""Who follows a link: a person's browser, or a program that says what it is. Pure."""

import re

PROGRAMS = re.compile(
    r"bot\b|bot[/;\s_-]|crawl|spider|slurp|preview|externalhit|facebookcatalog|whatsapp|cardyb|embedly|mastodon|pleroma|"
    r"misskey|akkoma|friendica|pixelfed|lemmy|headless|phantomjs|lighthouse|monitor|uptime|pingdom|validator|scanner|"
    r"curl/|wget/|libwww|python-|aiohttp|httpx|okhttp|java/|go-http-client|axios|node-fetch|feedfetcher|barracuda",
    re.IGNORECASE,
)


def is_program(agent: str, *, purpose: str = "") -> bool:
    """Whether a visit declares itself a program, or says nothing of itself, or only prepares a visit to come.

    `agent` is the User-Agent header, `purpose` the Sec-Purpose or Purpose header.
    """
    return not agent.strip() or bool(PROGRAMS.search(agent)) or "prefetch" in purpose.lower() or "preview" in purpose
