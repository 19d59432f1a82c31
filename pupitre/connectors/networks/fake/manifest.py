"""The network of drills and tests: everything is possible, nobody is real."""

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
    key="fake",
    name="Fake",
    limits=Limits(
        TextRule(500, Unit.GRAPHEMES),
        MediaRule(images=4, max_bytes=5_000_000, videos=1, video_max_bytes=50_000_000),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys(
        [C.TEXT, C.IMAGE, C.CAROUSEL, C.THREAD, C.REPLY, C.DELETE, C.COMMENTS, C.MENTIONS, C.DMS], Path.API
    )
    | dict.fromkeys([C.REVIEWS, C.HIDE, C.FIGURES, C.VIDEO, C.STORY, C.POLL], Path.API),
    fields=(
        ConnectionField("server", gettext_noop("Server address"), kind="url", placeholder="http://127.0.0.1:8901/fake"),
        ConnectionField("token", gettext_noop("Access token"), kind="password"),
    ),
    owner_group="fake",
    poll_hours=(1, 6, 24, 72, 168),
    kinds=("story",),
    first_comment=True,
    honours_key=False,  # one of its modes does; the outbox must not count on it
    indexing_delay=5,
    hidden=True,
    hooks=Bell(word=True),
)
