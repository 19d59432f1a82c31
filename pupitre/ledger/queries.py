"""Named reads of the ledger, and the one question other rooms ask it: may this be said?"""

from collections.abc import Iterable, Sequence

from django.db.models import Case, QuerySet, When

from pupitre.core.models import Organisation
from pupitre.core.rules.refusals import Fault
from pupitre.judge.denial import Fact
from pupitre.ledger.models import LedgerFact
from pupitre.ledger.rules.saying import RANKS, Line, bearing
from pupitre.ledger.rules.saying import denied as contrary

N_ = str
READ = 200  # the newest facts; no house knows more at once


def facts(organisation: Organisation) -> QuerySet[LedgerFact]:
    """What is known now: confirmed, then being checked, then false."""
    order = Case(*(When(status=status, then=rank) for status, rank in RANKS.items()), default=9)
    return (
        LedgerFact.objects.filter(organisation=organisation, put_away_at__isnull=True)
        .select_related("owner__user", "added_by__user")
        .order_by(order, "id")
    )


def lines(organisation: Organisation) -> list[Line]:
    rows = LedgerFact.objects.filter(organisation=organisation).order_by("-id")
    return [
        Line(pk, text, status, away is not None)
        for pk, text, status, away in rows.values_list("pk", "text", "status", "put_away_at")[:READ]
    ]


def bearing_on(organisation: Organisation, *, said: Iterable[str]) -> list[Fact]:
    """The facts that rule a draft written in this conversation, as the judge reads them."""
    return bearing(lines(organisation), said="\n".join(said))


def faults_in(
    known: Sequence[Line], draft: str, *, field: str, language: str, thread: Sequence[str] = ()
) -> list[Fault]:  # fmt: skip
    """A fault that points at the words of a draft that deny what is known; `known` is `lines`, read once."""
    found = contrary(draft, known, language=language, thread=thread) if known else None
    if found is None:
        return []
    params = {"words": found.words, "fact": found.fact, "place": found.start + 1}
    return [Fault(field, N_("“%(words)s”, at character %(place)s, denies a confirmed fact: “%(fact)s”"), params)]


def fault_of(
    organisation: Organisation, draft: str, *, field: str, language: str = "", thread: Sequence[str] = ()
) -> list[Fault]:
    """The same for one draft: empty when it may be said."""
    known = lines(organisation)
    return faults_in(known, draft, field=field, language=language or organisation.language, thread=thread)
