"""X. Everything by its interface is paid, by the call; an answer goes that way only to who summoned us."""

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
    key="x",
    name="X",
    limits=Limits(
        TextRule(280, Unit.WEIGHTED),
        MediaRule(images=4, formats=("image/jpeg", "image/png", "image/webp"), max_bytes=5_000_000, alt_limit=1000),
        poll_options=(2, 4),
    ),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.CAROUSEL, C.POLL, C.REPLY, C.DELETE], Path.PAID)
    | dict.fromkeys([C.COMMENTS, C.MENTIONS, C.HIDE, C.FIGURES], Path.PAID)
    | dict.fromkeys([C.THREAD, C.DMS], Path.BY_HAND),
    fields=(
        ConnectionField("client_id", gettext_noop("Client identifier of the application")),
        ConnectionField("client_secret", gettext_noop("Client secret of the application"), kind="password"),
        ConnectionField(
            "monthly_cap",
            gettext_noop("Most to spend in a month, in US dollars"),
            gettext_noop("Reading and writing stop there until the next month. What is left is done by hand."),
            placeholder="20",
        ),
        ConnectionField(
            "vocabulary",
            gettext_noop("Vocabulary of the interface"),
            gettext_noop("Leave empty; write “new” when X says that tweet.fields is not known any more."),
            required=False,
        ),
    ),
    owner_group="x",
    poll_hours=(1, 6, 24, 72, 168),
    oauth=True,
    indexing_delay=30,
    deep_link="https://x.com/{handle}",
    site="https://x.com",
    posted=r"(?:x|twitter)\.com/\w+/status/(?P<id>\d+)",
    summons="summoned",
    costs={"post": 0.015, "post_with_url": 0.20, "reply": 0.010, "owned_read": 0.001, "post_read": 0.005,
           "user_read": 0.010},
    hooks=Bell(
        asks=ConnectionField(
            "hook_secret",
            gettext_noop("API key secret of the application"),
            gettext_noop("X signs its calls with it. It is beside the API key, and is not the Client Secret."),
            kind="password",
        )
    ),
)  # fmt: skip
