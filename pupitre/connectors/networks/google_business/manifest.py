"""An establishment on Google Search and Maps: reviews and their answers, local posts. Google opens the access first."""

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
    key="google_business",
    name="Google Business Profile",
    limits=Limits(TextRule(1500, Unit.CHARACTERS), MediaRule(images=1, max_bytes=5_242_880)),
    paths=dict.fromkeys([C.TEXT, C.IMAGE, C.REPLY, C.DELETE, C.REVIEWS], Path.REVIEW) | {C.FIGURES: Path.BY_HAND},
    fields=(
        ConnectionField("app_id", gettext_noop("Number of the application")),
        ConnectionField("app_secret", gettext_noop("Secret of the application"), kind="password"),
        ConnectionField(
            "place",
            gettext_noop("Name of the establishment"),
            gettext_noop("Only if you look after several establishments."),
            required=False,
        ),
    ),
    owner_group="google",
    oauth=True,
    indexing_delay=120,
    deep_link="https://business.google.com/",
    site="https://business.google.com",
    hooks=Bell(
        asks=ConnectionField(
            "hook_secret",
            gettext_noop("Service account of the subscription"),
            gettext_noop("Its e-mail address, as the subscription of type push shows it."),
        )
    ),
)
