"""A professional Instagram account, by Instagram's own sign-in. Files must be at a public address."""

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
    key="instagram",
    name="Instagram",
    limits=Limits(
        TextRule(2200, Unit.CHARACTERS),
        MediaRule(
            images=10,
            formats=("image/jpeg",),
            max_bytes=8_388_608,
            alt_limit=1000,
            required=True,
            videos=1,
            video_max_bytes=314_572_800,
        ),
    ),
    paths=dict.fromkeys([C.IMAGE, C.CAROUSEL, C.VIDEO, C.STORY, C.REPLY, C.COMMENTS, C.MENTIONS], Path.API)
    | dict.fromkeys([C.DMS, C.HIDE, C.FIGURES], Path.API)
    | {C.DELETE: Path.BY_HAND},
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
    ),
    owner_group="meta",
    kinds=("story",),
    oauth=True,
    indexing_delay=30,
    first_comment=True,
    deep_link="https://www.instagram.com/{handle}/",
    site="https://www.instagram.com",
    hooks=Bell(word=True),
)
