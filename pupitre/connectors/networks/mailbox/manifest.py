"""A mailbox: people write to it, and are answered from it. One never writes there first."""

from pupitre.connectors.contract import Capability, ConnectionField, Limits, Manifest, Path, TextRule
from pupitre.connectors.words import gettext_noop

C = Capability
manifest = Manifest(
    key="mailbox",
    name="E-mail",
    limits=Limits(TextRule(50_000)),
    paths=dict.fromkeys([C.REPLY, C.DMS], Path.API),
    fields=(
        ConnectionField("address", gettext_noop("Address of the mailbox"), placeholder="bonjour@levain.example"),
        ConnectionField(
            "password",
            gettext_noop("Password of the mailbox"),
            gettext_noop("Or an application password, where the provider asks for one."),
            kind="password",
        ),
        ConnectionField(
            "imap",
            gettext_noop("Server that receives (IMAP)"),
            gettext_noop("Its name, and its port when it is not 993."),
            placeholder="imap.levain.example",
        ),
        ConnectionField(
            "smtp",
            gettext_noop("Server that sends (SMTP)"),
            gettext_noop("Its name, and its port when it is not 465."),
            placeholder="smtp.levain.example",
        ),
        ConnectionField("name", gettext_noop("Name that people read as the sender"), required=False),
        ConnectionField(
            "user", gettext_noop("Sign-in name"), gettext_noop("If not the address itself."), required=False
        ),
    ),
    owner_group="mail",
    indexing_delay=30,
)
