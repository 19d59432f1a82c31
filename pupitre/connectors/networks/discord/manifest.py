"""One room of a Discord server, by an incoming webhook: it speaks and does not hear."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

C = Capability
IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp")
manifest = Manifest(
    key="discord",
    name="Discord",
    limits=Limits(
        TextRule(2000, Unit.CHARACTERS),
        MediaRule(
            images=10, formats=IMAGES, max_bytes=10_485_760, alt_limit=1024, videos=1, video_max_bytes=10_485_760
        ),
        poll_options=(2, 10),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.DELETE, C.FIGURES], Path.API)
    | dict.fromkeys([C.REPLY, C.COMMENTS, C.MENTIONS], Path.BY_HAND),
    fields=(
        ConnectionField(
            "webhook",
            gettext_noop("Address of the webhook"),
            gettext_noop("In the room's settings: Integrations, Webhooks. Whoever has this address can post there."),
            kind="password",
            placeholder="https://discord.com/api/webhooks/…",
        ),
    ),
    owner_group="discord",
    poll_hours=(1, 6, 24, 72, 168),
    reads_back=False,
    site="https://discord.com",
)
