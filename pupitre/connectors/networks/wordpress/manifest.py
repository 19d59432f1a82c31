"""WordPress: one's own site, where nobody else decides."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif")
manifest = Manifest(
    key="wordpress",
    name="WordPress",
    limits=Limits(
        TextRule(100_000, Unit.CHARACTERS),
        MediaRule(
            images=20, formats=IMAGES, max_bytes=10_000_000, alt_limit=2000, videos=1, video_max_bytes=200_000_000
        ),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.REPLY, C.DELETE, C.COMMENTS, C.HIDE], Path.API),
    fields=(
        ConnectionField("site", gettext_noop("Address of the site"), kind="url", placeholder="https://www.example.fr"),
        ConnectionField("user", gettext_noop("User name on the site")),
        ConnectionField(
            "password",
            gettext_noop("Application password"),
            gettext_noop("On the site: Users, Profile, Application passwords. Never the sign-in password."),
            kind="password",
        ),
    ),
    owner_group="own",
    honours_key=True,  # the slug comes from the delivery, and publishing the same draft twice is publishing once
    indexing_delay=2,
    first_comment=True,
    site="https://wordpress.org",
)
