"""The rules of the house, written by who conducts."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.editorial.models import HouseRules
from pupitre.editorial.rules.manners import cleaned
from pupitre.judge.lints import BadPhrase, avoided

N_ = str


@transaction.atomic
def set_rules(
    *, by: Member, avoid: Sequence[str], emoji_most: int, strict: bool, own_sites: Sequence[str], push_ceiling: int,
    election_from: date | None = None, election_to: date | None = None,
) -> HouseRules:  # fmt: skip
    """Words to avoid, what a screen reader must be able to read, our sites, the ceiling of push, an election."""
    require(by, "set_charter")
    faults = []
    words = cleaned(avoid)
    try:
        avoided("", words)
    except BadPhrase as error:
        faults.append(Fault("avoid", N_("This phrase cannot be read: %(phrase)s"), {"phrase": str(error)}))
    if not 0 <= emoji_most <= 50:
        faults.append(Fault("emoji_most", N_("Choose from 0 to 50.")))
    if not 0 <= push_ceiling <= 100:
        faults.append(Fault("push_ceiling", N_("Choose from 0 to 100 percent.")))
    if (election_from is None) != (election_to is None) or (
        election_from is not None and election_to is not None and election_to < election_from
    ):
        faults.append(Fault("election_to", N_("Give the first and the last day, in this order, or neither.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    sites = [site.casefold().removeprefix("https://").removeprefix("www.").strip("/") for site in cleaned(own_sites)]
    kept, _ = HouseRules.objects.update_or_create(
        organisation=by.organisation,
        defaults={
            "avoid": words, "emoji_most": emoji_most, "strict": strict, "own_sites": sites,
            "push_ceiling": push_ceiling, "election_from": election_from, "election_to": election_to,
        },
    )  # fmt: skip
    record(by, "house_rules_set", kept)
    return kept
