"""Why one goes there, in typed reasons, and the yearly signature that is asked again."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.models import Plan
from pupitre.strategy.rules.reasons import REASONS, is_weak

N_ = str
LEAST_REASON = 20
SIGNATURE_TASK = "signature:plan"


@transaction.atomic
def save_reasons(reasons: Iterable[str], *, by: Member, despite: str = "") -> Plan:
    """Keep the typed reasons. Imitation or fashion alone is refused, unless the owner writes why (`despite`)."""
    require(by, "decide_strategy")
    given = sorted(set(reasons))
    if not given or any(reason not in REASONS for reason in given):
        raise Refusal(N_("Say what makes you go there."), [Fault("reasons", N_("Choose at least one reason."))])
    weak, written = is_weak(given), despite.strip()
    if weak and not written:
        said = N_("Others do it, or it is in the air: neither says who expects you. A need or a count would.")
        raise Refusal(N_("This alone is no reason."), [Fault("reasons", said)])
    if weak:
        require(by, "override")
        if len(written) < LEAST_REASON:
            said = N_("Give the reason in one sentence: it will appear in the review.")
            raise Refusal(N_("An override is written."), [Fault("despite", said)])
    kept = reads.plan(by.organisation)
    kept.reasons, kept.despite = given, written if weak else ""
    kept.save()
    if weak:
        record(by, "weak_reasons_overridden", kept, reason=written, reasons=given)
    else:
        record(by, "reasons_saved", kept, reasons=given)
    return kept


def ask_to_sign_again(*, today: date) -> int:
    """One task for each strategy whose signature is over a year old; how many there are."""
    limit = today - timedelta(days=reads.SIGNATURE_DAYS)
    old = list(Plan.objects.filter(signed_on__lt=limit).select_related("organisation"))
    for plan in old:
        ensure_task(
            plan.organisation, SIGNATURE_TASK, N_("Read the strategy again and sign it: the signature is a year old."),
            url=reverse("strategy:channels", args=[plan.organisation.slug]), due_on=today + timedelta(days=30),
        )  # fmt: skip
    return len(old)
