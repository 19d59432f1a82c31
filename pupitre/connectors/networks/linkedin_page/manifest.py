"""A LinkedIn page, by the Community Management product: LinkedIn approves the application first."""

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
    key="linkedin_page",
    name="LinkedIn (page)",
    limits=Limits(
        TextRule(3000, Unit.LITTLE_TEXT),
        MediaRule(
            images=20,
            formats=("image/jpeg", "image/png", "image/gif"),
            max_bytes=5_000_000,
            alt_limit=4086,
            videos=1,
            video_max_bytes=524_288_000,
        ),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.REPLY, C.DELETE], Path.REVIEW)
    | dict.fromkeys([C.COMMENTS, C.MENTIONS, C.FIGURES], Path.REVIEW)
    | {C.DMS: Path.BY_HAND},
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
        ConnectionField(
            "page",
            gettext_noop("Name of the page"),
            gettext_noop("Only if you look after several pages."),
            required=False,
        ),
        ConnectionField(
            "version",
            gettext_noop("Version of LinkedIn"),
            gettext_noop("Year and month, such as 202607. A version lives twelve months."),
            required=False,
            placeholder="202607",
        ),
    ),
    owner_group="linkedin",
    poll_hours=(24, 72, 168),
    oauth=True,
    indexing_delay=60,
    first_comment=True,
    deep_link="https://www.linkedin.com/company/{handle}/admin/",
    site="https://www.linkedin.com",
    hooks=Bell(),
)
