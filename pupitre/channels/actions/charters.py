"""What a channel is for, for whom, in what tone and at what pace."""

from typing import Any

from django.db import transaction

from pupitre.channels.models import Channel, Charter
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal

N_ = str
SENTENCES = {
    "purpose": N_("Say in one sentence what this channel is for."),
    "audience": N_("Say in one sentence whom it is for."),
    "tone": N_("Say how it speaks, in a few words."),
}
NUMBERS = {
    "least_per_week": (0, 50), "most_per_week": (1, 100), "longest_silence": (1, 365), "minutes_per_reply": (1, 240),
}  # fmt: skip


@transaction.atomic
def save_charter(channel: Channel, *, by: Member, **typed: Any) -> Charter:
    """Create or change the charter. Fields: purpose, audience, tone, address (vous, tu), least_per_week,
    most_per_week, longest_silence (days), minutes_per_reply, stop_rule, posture. Raises Refusal with its faults.
    """
    require(by, "set_charter", channel)
    charter = Charter.objects.filter(channel=channel).first() or Charter(channel=channel)
    faults = [*_sentences(charter, typed), *_numbers(charter, typed)]
    if not faults and charter.least_per_week > charter.most_per_week:
        faults.append(Fault("most_per_week", N_("The most cannot be under the least.")))
    if faults:
        raise Refusal(N_("The charter is not complete."), faults)
    if typed.get("address") in {"vous", "tu"}:
        charter.address = typed["address"]
    charter.stop_rule = str(typed.get("stop_rule", charter.stop_rule)).strip()[:300]
    charter.save()
    if typed.get("posture") in {"open", "experiment", "listen_and_reply"}:
        channel.posture = typed["posture"]
        channel.save(update_fields=["posture"])
    record(by, "charter_saved", channel)
    return charter


def _sentences(charter: Charter, typed: dict[str, Any]) -> list[Fault]:
    faults = []
    for name, wanted in SENTENCES.items():
        answer = str(typed.get(name, getattr(charter, name)) or "").strip()
        if len(answer) < 3:
            faults.append(Fault(name, wanted))
        setattr(charter, name, answer[:300])
    return faults


def _numbers(charter: Charter, typed: dict[str, Any]) -> list[Fault]:
    faults = []
    for name, (least, most) in NUMBERS.items():
        if name not in typed or typed[name] in ("", None):
            continue
        text = str(typed[name]).strip()
        if not text.isdigit() or not least <= int(text) <= most:
            faults.append(
                Fault(name, N_("Write a whole number from %(least)s to %(most)s."), {"least": least, "most": most})
            )
        else:
            setattr(charter, name, int(text))
    return faults
