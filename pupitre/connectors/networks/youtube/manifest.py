"""A YouTube channel: films, their comments and figures. Films of a project without audit stay private."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="youtube",
    name="YouTube",
    limits=Limits(
        TextRule(5000, Unit.BYTES),
        MediaRule(formats=("video/mp4", "video/webm", "video/quicktime"), required=True, videos=1,
                  video_max_bytes=274_877_906_944),
        per_day=100,
    ),
    paths={C.VIDEO: Path.REVIEW}
    | dict.fromkeys([C.REPLY, C.DELETE, C.COMMENTS, C.HIDE, C.FIGURES], Path.API),
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
    ),
    owner_group="google",
    oauth=True,
    indexing_delay=120,
    deep_link="https://studio.youtube.com",
    site="https://www.youtube.com",
    posted=r"(?:youtube\.com/(?:watch\?v=|shorts/)|youtu\.be/)(?P<id>[\w-]{11})",
)  # fmt: skip
