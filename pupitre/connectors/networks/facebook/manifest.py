"""A Facebook Page, with an application of one's own."""

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
    key="facebook",
    name="Facebook",
    limits=Limits(
        TextRule(63_206, Unit.CHARACTERS),
        MediaRule(images=10, max_bytes=10_000_000, alt_limit=1000, videos=1, video_max_bytes=1_000_000_000),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.STORY, C.REPLY, C.DELETE, C.COMMENTS], Path.API)
    | dict.fromkeys([C.MENTIONS, C.DMS, C.REVIEWS, C.HIDE, C.FIGURES], Path.API),
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
        ConnectionField(
            "page",
            gettext_noop("Name of the page"),
            gettext_noop("Only if you look after several pages."),
            required=False,
        ),
    ),
    owner_group="meta",
    oauth=True,
    indexing_delay=30,
    kinds=("story", "reel"),
    first_comment=True,
    private_answer_days=7,
    deep_link="https://www.facebook.com/{handle}",
    site="https://www.facebook.com",
    hooks=Bell(word=True),
)
