"""A Threads account, by Threads' own sign-in. Files must be at a public address."""

from pupitre.connectors.contract import (
    Bell,
    Capability,
    ConnectionField,
    Limits,
    Manifest,
    MediaRule,
    Path,
    TextRule,
    Unit,
)
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="threads",
    name="Threads",
    limits=Limits(
        TextRule(500, Unit.EMOJI_BYTES),
        MediaRule(images=20, max_bytes=8_388_608, alt_limit=1000, videos=1, video_max_bytes=1_073_741_824),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.THREAD, C.REPLY, C.DELETE], Path.API)
    | dict.fromkeys([C.COMMENTS, C.MENTIONS, C.HIDE, C.FIGURES], Path.API)
    | {C.DMS: Path.BY_HAND},
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
    ),
    owner_group="meta",
    oauth=True,
    indexing_delay=30,
    first_comment=True,
    deep_link="https://www.threads.net/@{handle}",
    site="https://www.threads.net",
    hooks=Bell(word=True),
)
