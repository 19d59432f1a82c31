"""Bluesky, on any personal data server."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="bluesky",
    name="Bluesky",
    limits=Limits(
        TextRule(300, Unit.GRAPHEMES, max_bytes=3000),
        MediaRule(
            images=10,
            formats=("image/jpeg", "image/png", "image/webp", "image/gif"),
            max_bytes=2_000_000,
            alt_limit=2000,
            videos=1,
            video_max_bytes=300_000_000,
        ),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.THREAD, C.REPLY, C.DELETE], Path.API)
    | dict.fromkeys([C.COMMENTS, C.MENTIONS, C.DMS, C.FIGURES], Path.API),
    fields=(
        ConnectionField(
            "server",
            gettext_noop("Server address"),
            gettext_noop("Leave it as it is unless your organisation has its own server."),
            kind="url",
            required=False,
            default="https://bsky.social",
        ),
        ConnectionField("handle", gettext_noop("Name of the account"), placeholder="levain.bsky.social"),
        ConnectionField(
            "password",
            gettext_noop("App password"),
            gettext_noop("Never the main password: make one in Settings, Privacy and security, App passwords."),
            kind="password",
        ),
    ),
    owner_group="bluesky",
    streams=("wss://jetstream2.us-east.bsky.network/subscribe",),
    honours_key=True,  # the client chooses the record's key, and the same key again changes nothing
    indexing_delay=15,
    first_comment=True,
    deep_link="https://bsky.app/profile/{handle}",
    site="https://bsky.social",
)
