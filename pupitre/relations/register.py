"""The register of what is done with people's data, written from what the product does, and the notice to publish."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.relations.actions import KEPT
from pupitre.relations.introductions.consent import FADES_AFTER


@dataclass(frozen=True)
class Processing:
    """One line: what for, on what legal basis, which data, from where, how long, seen by whom."""

    name: str
    basis: str
    data: str
    source: str
    kept: str
    seen_by: str


def processing(organisation: Organisation) -> list[Processing]:
    """The lines of this organisation, in the language now spoken."""
    months, years = KEPT.days // 30, FADES_AFTER.days // 365
    team = _("Members of the team, each by role")
    return [
        Processing(
            _("Answering those who write to us"), _("Legitimate interest: an answer is expected"),
            _("Name or pseudonym, account, messages"), _("The person, on a network or by hand"),
            _("%(n)s months after the last exchange") % {"n": months}, team,
        ),
        Processing(
            _("Directory and introductions"), _("Consent, purpose by purpose"),
            _("Name, role, employer, place, mail address, acquaintances in words"), _("The person, with a proof"),
            _("Until taken back, at most %(n)s years without contact") % {"n": years}, team,
        ),
        Processing(
            _("Private books of colleagues"), _("Legitimate interest of the colleague, for herself alone"),
            _("Name, role, employer, place, mail address"), _("The colleague's own export"),
            _("Until the colleague takes it out"), _("The colleague alone"),
        ),
        Processing(
            _("Listening to what is published about us"), _("Legitimate interest: knowing what is said"),
            _("Text, address, date, pseudonym of the author"), _("Public feeds"),
            _("%(n)s months") % {"n": months}, team,
        ),
        Processing(
            _("List of people not to take in again"), _("Legal duty: an erasure must hold"),
            _("Salted hash of an identifier; nothing can be read back"), _("Erasures asked for"),
            _("As long as the installation lives"), _("Nobody"),
        ),
    ]  # fmt: skip


def notice(organisation: Organisation) -> list[tuple[str, str]]:
    """The legitimate-interest assessment as people may read it: a title and a paragraph each."""
    here = {"name": organisation.name}
    return [
        (_("Why"), _(
            "%(name)s answers people who write to it on the networks and reads what is published about it. It has an "
            "interest in answering, and those who write expect it."
        ) % here),
        (_("Is it needed?"), _(
            "No answer can be given without the message and the account it came from. Nothing else is taken: no "
            "profile is read, no list of contacts, no measure of anybody's influence."
        )),
        (_("What it changes for you"), _(
            "Your words are read by a small team and forgotten after %(n)s months without exchange. Nobody is ranked, "
            "scored or sold. No message is sent in bulk."
        ) % {"n": KEPT.days // 30}),
        (_("What you may ask"), _(
            "To see what is kept of you, to correct it, to take it away in a file, to object, to be forgotten. Write "
            "to %(name)s: an answer comes within a month. You may also complain to the data protection authority."
        ) % here),
        (_("Balance"), _(
            "The interest of answering outweighs what it costs you, because little is kept, for a short time, and one "
            "word from you ends it."
        )),
    ]  # fmt: skip
