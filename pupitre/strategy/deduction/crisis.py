"""Crisis mode: it replaces the deduction. One answers where the attack is, from owned ground, and opens nothing."""

from __future__ import annotations

from collections.abc import Mapping

from .base import Kept
from .case import Case
from .gates import Closed
from .platforms import Catalogue
from .sayings import said

OWNED = (
    ("blog", "crisis.site"),
    ("newsletter", "crisis.newsletter"),
    ("google_business", "crisis.listing"),
    ("press", "crisis.press"),
)
EARS = ("review_sites", "local_groups", "forums")


def ground(catalogue: Catalogue) -> tuple[Kept, ...]:
    """Where the statement lives: status page, direct message, listing, press list."""
    return tuple(Kept(i, said(s)) for i, s in OWNED if i in catalogue.platforms)


def ears(case: Case, catalogue: Catalogue) -> tuple[Kept, ...]:
    """Attacked channels first, to reply in their threads; then every other place one can listen to."""
    assert case.crisis is not None
    attacked = [i for i in case.crisis.attacked_on if i in catalogue.platforms]
    known = case.existing or tuple(attacked)
    replies = [Kept(i, said("crisis.reply" if i in known else "crisis.noaccount")) for i in attacked]
    others = [i for i in (*case.existing, *EARS) if i not in attacked and _can_listen(i, catalogue)]
    return (*replies, *(Kept(i, said("crisis.listen")) for i in dict.fromkeys(others)))


def closed(case: Case, catalogue: Catalogue) -> Mapping[str, Closed]:
    """Every ranked platform that is neither attacked nor ours: refused until the crisis ends."""
    assert case.crisis is not None
    ours = {*case.crisis.attacked_on, *case.existing, *EARS}
    return {
        i: Closed("G0", said("crisis.refused")) for i, p in catalogue.platforms.items() if p.is_ranked and i not in ours
    }


def _can_listen(platform_id: str, catalogue: Catalogue) -> bool:
    platform = catalogue.platforms.get(platform_id)
    return platform is not None and platform.kind not in ("owned", "listing") and not platform.has_ended
