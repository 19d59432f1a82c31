"""TikTok. The film is laid in the account's inbox; a person finishes it in the application."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="tiktok",
    name="TikTok",
    limits=Limits(
        TextRule(2200, Unit.UTF16),
        MediaRule(formats=("video/mp4", "video/quicktime", "video/webm"), required=True, videos=1,
                  video_max_bytes=4_294_967_296),
    ),
    paths=dict.fromkeys([C.VIDEO, C.REPLY, C.DELETE, C.COMMENTS, C.MENTIONS, C.DMS], Path.BY_HAND)
    | {C.FIGURES: Path.API},
    fields=(
        ConnectionField("client_key", gettext_noop("Client key of the application")),
        ConnectionField("client_secret", gettext_noop("Client secret of the application"), kind="password"),
    ),
    owner_group="tiktok",
    oauth=True,
    reads_back=False,
    deep_link="https://www.tiktok.com/inbox",
    site="https://www.tiktok.com",
    posted=r"tiktok\.com/@[\w.]+/(?:video|photo)/(?P<id>\d+)",
)  # fmt: skip
