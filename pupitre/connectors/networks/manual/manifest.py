"""Any network, by hand: Pupitre prepares, a person publishes and says so."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, MediaRule, Path, TextRule, Unit
from pupitre.connectors.words import gettext_noop

HAND = (
    Capability.TEXT, Capability.IMAGE, Capability.CAROUSEL, Capability.VIDEO, Capability.STORY, Capability.POLL,
    Capability.THREAD, Capability.REPLY, Capability.DELETE, Capability.COMMENTS, Capability.MENTIONS, Capability.DMS,
    Capability.REVIEWS, Capability.FIGURES,
)  # fmt: skip

manifest = Manifest(
    key="manual",
    name="Manual",
    limits=Limits(
        TextRule(10_000, Unit.GRAPHEMES),
        MediaRule(images=20, formats=("image/jpeg", "image/png", "image/webp", "image/gif"), videos=1),
    ),
    paths=dict.fromkeys(HAND, Path.BY_HAND),
    fields=(
        ConnectionField(
            "name",
            gettext_noop("Name of the network or place"),
            gettext_noop("For example Instagram, or the notice board of the town hall."),
        ),
        ConnectionField("handle", gettext_noop("Name of the account"), required=False),
        ConnectionField(
            "link",
            gettext_noop("Address where one publishes"),
            gettext_noop("Opened in one click when a message is due."),
            kind="url",
            required=False,
            placeholder="https://",
        ),
    ),
)
