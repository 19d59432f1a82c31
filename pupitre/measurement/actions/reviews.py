"""The quarter of a channel: four fields that must be filled, then a decision that people take."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.measurement.models import QuarterReview
from pupitre.measurement.reviews import proposed
from pupitre.measurement.rules.quarters import quarter_named

N_ = str
DECISIONS = {"continue": N_("Continue"), "change": N_("Change"), "stop": N_("Stop")}
FIELDS = {
    "expected": N_("Say what was expected."), "happened": N_("Say what happened."),
    "learnt": N_("Say what was learnt."), "changes": N_("Say what changes, even if nothing does."),
}  # fmt: skip


@transaction.atomic
def review(channel: Channel, quarter: str, decision: str, *, by: Member, **told: str) -> QuarterReview:
    """Close a quarter of a channel. The last of the four fields is what one changes: without it, nothing closes."""
    require(by, "set_charter", channel)
    known, today = quarter_named(quarter), timezone.localdate()
    faults = [Fault(name, text) for name, text in FIELDS.items() if len(told.get(name, "").strip()) < 3]
    if decision not in DECISIONS:
        faults.append(Fault("decision", N_("Choose: continue, change or stop.")))
    if known is None or known.first > today:
        faults.append(Fault("quarter", N_("This quarter has not begun.")))
    if faults or known is None:
        raise Refusal(N_("This review cannot be closed."), faults)
    found = proposed(channel, known, today=today)
    try:
        with transaction.atomic():
            made = QuarterReview.objects.create(
                organisation=by.organisation, channel=channel, quarter=str(known), decision=decision, by=by,
                proposed=found.decision, **{name: told[name].strip() for name in FIELDS},
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(N_("This quarter is reviewed already.")) from None
    record(by, "channel_reviewed", channel, quarter=str(known), decision=decision, proposed=found.decision)
    return made
