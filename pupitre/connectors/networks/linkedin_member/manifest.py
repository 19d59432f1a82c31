"""LinkedIn, as a person. It publishes; reading back is closed to nearly everyone."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="linkedin_member",
    name="LinkedIn (person)",
    limits=Limits(
        TextRule(3000, Unit.LITTLE_TEXT),
        MediaRule(images=20, formats=("image/jpeg", "image/png", "image/gif"), max_bytes=5_000_000, alt_limit=4086),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.POLL, C.DELETE], Path.API)
    | dict.fromkeys([C.REPLY, C.COMMENTS, C.MENTIONS, C.DMS, C.FIGURES], Path.BY_HAND),
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
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
    reads_back=False,
    deep_link="https://www.linkedin.com/in/me/recent-activity/all/",
    site="https://www.linkedin.com",
)
