"""Customer care is a promise: a reply delay, opening hours, and somebody who replies."""

from typing import Any

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.core.rules.hours import parse_week
from pupitre.core.rules.refusals import Fault
from pupitre.strategy.models import Objective

N_ = str
TERMS = frozenset({"reply_hours", "care_hours", "replier"})
MOST_HOURS = 1000


def take_terms(kept: Objective, typed: dict[str, Any], *, by: Member) -> list[Fault]:
    """Write what was typed of the promise; an objective of care that lacks part of it is refused.

    `reply_hours`: open hours until a reply. `care_hours`: a working day's, such as "9:00-12:30". `replier`: Member.
    """
    faults = []
    if "reply_hours" in typed:
        text = str(typed["reply_hours"] if typed["reply_hours"] is not None else "").strip()
        good = text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST_HOURS
        kept.reply_hours = int(text) if good else None
        if text and not good:
            faults.append(Fault("reply_hours", N_("Write a number of hours between 1 and 1000.")))
    if "care_hours" in typed:
        line = str(typed["care_hours"] or "").strip()
        kept.care_hours, unread = parse_week({str(day): line for day in range(5)}) if line else ({}, [])
        faults += [Fault("care_hours", fault.text) for fault in unread[:1]]
    if "replier" in typed:
        require(by, "decide_strategy", typed["replier"])
        kept.replier = typed["replier"]
    if kept.kind == "care" and ("kind" in typed or TERMS & set(typed)):
        named = {fault.field for fault in faults}
        faults += [fault for fault in _lacking(kept) if fault.field not in named]
    return faults


def _lacking(kept: Objective) -> list[Fault]:
    asked = [
        (kept.reply_hours, Fault("reply_hours", N_("Care is a promise: in how many open hours do you reply?"))),
        (kept.care_hours, Fault("care_hours", N_("Care is a promise: at what hours is somebody there?"))),
        (
            kept.replier and kept.replier.active,
            Fault("replier", N_("Care is a promise: name the person who replies.")),
        ),
    ]
    return [fault for there, fault in asked if not there]
