"""A Pinterest board. Until Pinterest approves the application, its pins are seen by nobody else."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="pinterest",
    name="Pinterest",
    limits=Limits(
        TextRule(800, Unit.CHARACTERS),
        MediaRule(
            images=5,
            max_bytes=10_000_000,
            alt_limit=500,
            required=True,
            videos=1,
            video_max_bytes=2_147_483_648,
        ),
    ),
    paths=dict.fromkeys([C.IMAGE, C.CAROUSEL, C.VIDEO, C.DELETE, C.FIGURES], Path.REVIEW)
    | dict.fromkeys([C.COMMENTS, C.REPLY, C.DMS], Path.BY_HAND),
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
        ConnectionField(
            "board",
            gettext_noop("Name of the board"),
            gettext_noop("Only if you have several boards."),
            required=False,
        ),
    ),
    oauth=True,
    indexing_delay=60,
    deep_link="https://www.pinterest.com/{handle}/",
    site="https://www.pinterest.com",
)
