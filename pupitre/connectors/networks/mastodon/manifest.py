"""Mastodon and the servers that speak its language. The limits here are the usual ones: each server tells its own."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic")
manifest = Manifest(
    key="mastodon",
    name="Mastodon",
    limits=Limits(
        TextRule(500, Unit.GRAPHEMES, url_length=23, local_mentions=True),
        MediaRule(
            images=4, formats=IMAGES, max_bytes=16_777_216, alt_limit=1500, videos=1, video_max_bytes=103_809_024
        ),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.THREAD, C.REPLY, C.DELETE], Path.API)
    | dict.fromkeys([C.COMMENTS, C.MENTIONS, C.DMS, C.FIGURES], Path.API),
    fields=(
        ConnectionField("instance", gettext_noop("Server address"), kind="url", placeholder="https://mastodon.social"),
        ConnectionField(
            "token",
            gettext_noop("Access token"),
            gettext_noop("Only if you made an application yourself; else leave empty and sign in on your server."),
            kind="password",
            required=False,
        ),
    ),
    owner_group="fediverse",
    poll_hours=(1, 6, 24, 72, 168),
    oauth=True,
    honours_key=True,  # some servers of the family ignore it: the outbox looks before any retry all the same
    indexing_delay=10,
    first_comment=True,
    site="https://joinmastodon.org",
)
