"""A Telegram channel, spoken to by a bot that is its administrator."""

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
    key="telegram",
    name="Telegram",
    limits=Limits(
        TextRule(4096, Unit.UTF16),
        MediaRule(images=10, max_bytes=10_000_000, alt_limit=10_000, videos=1, video_max_bytes=50_000_000),
        poll_options=(2, 12),
        with_media=TextRule(1024, Unit.UTF16),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.VIDEO, C.POLL, C.REPLY, C.DELETE, C.COMMENTS, C.DMS], Path.API),
    fields=(
        ConnectionField(
            "token",
            gettext_noop("Token of the bot"),
            gettext_noop("Given by @BotFather when you create the bot."),
            kind="password",
        ),
        ConnectionField("channel", gettext_noop("Name of the channel"), placeholder="@levain"),
    ),
    owner_group="telegram",
    reads_back=False,
    deep_link="https://t.me/{handle}",
    site="https://telegram.org",
    hooks=Bell(word=True),
)
