"""Named reads of the influence register."""

from collections.abc import Iterable

from django.db.models import QuerySet

from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault
from pupitre.editorial.models import Collaboration, Post
from pupitre.editorial.rules.influence import Given, Sum, sums

N_ = str
MOST = 2_000  # lines of the register read for its sums


def register(organisation: Organisation) -> QuerySet[Collaboration]:
    """Newest first."""
    return Collaboration.objects.filter(organisation=organisation).select_related("post").order_by("-id")


def _given(rows: Iterable[Collaboration]) -> list[Given]:
    return [Given(one.partner, one.goal, one.value, one.on, bool(one.contract)) for one in rows]


def totals(organisation: Organisation, *, year: int) -> list[Sum]:
    """By person and goal, the largest first."""
    return sums(_given(register(organisation).filter(on__year=year)[:MOST]))


def sum_of(one: Collaboration) -> Sum:
    """What one line's person received that year for that goal, this line included."""
    same = Collaboration.objects.filter(
        organisation_id=one.organisation_id, partner__iexact=one.partner, goal__iexact=one.goal, on__year=one.on.year
    )
    return sums(_given(same))[0]


def unsigned(post: Post) -> list[Fault]:
    """What keeps a post from being promised: a contract that is due and not there."""
    words = N_("%(name)s: a written contract is due from 1,000 € a year, none is kept in the register.")
    owed = {total.partner for one in post.collaborations.all() if (total := sum_of(one)).owed}
    return [Fault("label", words, {"name": name}) for name in sorted(owed)]
