"""What may be done in each situation, with its reason and its risk: several options, never one answer. Pure.

The situations are the clusters of responsibility of crisis research: the more we answer for it, the fewer ways remain.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

N_ = str
SITUATIONS: Mapping[str, str] = {
    "danger": N_("People may be in danger"),
    "ours": N_("It is confirmed, and we answer for it"),
    "accident": N_("It is confirmed: an accident, a breakdown"),
    "checking": N_("It is being checked"),
    "rumour": N_("It is false, and we can prove it"),
    "opinion": N_("A harsh opinion, without a fact"),
    "harassment": N_("A colleague is attacked in person"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to act: what it is, why one would, what it may cost. `closed` says why it is not open."""

    key: str
    name: str
    reason: str
    risk: str
    closed: str = ""


CHOICES: Mapping[str, Choice] = {
    one.key: one
    for one in (
        Choice("warn", N_("Warn"), N_("People protect themselves at once."), N_("Too wide a warning frightens.")),
        Choice(
            "hold", N_("Say what is known, what is not, and when you will speak again"),
            N_("People stop guessing while you check."), N_("An hour that is promised and missed costs more."),
        ),
        Choice(
            "acknowledge", N_("Acknowledge and apologise"), N_("The evidence is there: saying it first calms."),
            N_("Without a correction and its date, it sounds hollow."),
        ),
        Choice(
            "repair", N_("Repair: a correction, with its date"), N_("A concrete act says more than regret."),
            N_("What is promised is checked in public."),
        ),
        Choice(
            "explain", N_("Explain the cause, once it is checked"), N_("An accident that is understood is forgiven."),
            N_("Before the facts, it sounds like an excuse."),
        ),
        Choice(
            "correct", N_("Correct once, with the proof, where it was said"), N_("One proof can be relayed by others."),
            N_("Repeating the rumour in a title spreads it."),
        ),
        Choice(
            "answer", N_("Answer once, calmly, and offer to continue in private"),
            N_("Those who read see that you answer."), N_("A third public round feeds the quarrel."),
        ),
        Choice(
            "let", N_("Leave the floor to those who were there"), N_("Others are believed more than we are."),
            N_("Nobody may speak, and silence is read as consent."),
        ),
        Choice(
            "protect", N_("Protect the person: another voice, no name, evidence kept"),
            N_("The person is not exposed twice."), N_("Seen from outside, it looks slow."),
        ),
        Choice(
            "moderate", N_("Apply the published rules of moderation"), N_("Insults are not criticism."),
            N_("Deleting a criticism is seen, and copied."),
        ),
        Choice("deny", N_("Deny"), N_("What is false must be said false."), N_("One contrary fact ruins every word.")),
        Choice(
            "minimise", N_("Put it in proportion, with figures"), N_("Figures set the scale."),
            N_("Those who suffer hear that they do not count."),
        ),
        Choice(
            "accuse", N_("Name another as responsible"), N_("The cause may lie elsewhere."),
            N_("The one who accuses is heard as the one who flees."),
        ),
    )
}  # fmt: skip
OPEN: Mapping[str, tuple[str, ...]] = {
    "danger": ("warn", "hold", "acknowledge"),
    "ours": ("acknowledge", "repair", "hold"),
    "accident": ("acknowledge", "explain", "repair", "hold"),
    "checking": ("hold", "warn", "let"),
    "rumour": ("correct", "let", "deny"),
    "opinion": ("answer", "let", "moderate"),
    "harassment": ("protect", "moderate", "answer"),
}
TEMPTING = ("deny", "minimise", "accuse")
CONFIRMED = N_("closed: a fact is confirmed")
DANGER = N_("closed: people come first")
UNCHECKED = N_("closed: it is not checked yet")
ALWAYS = N_("closed: it only feeds the quarrel")


def options(situation: str, *, statuses: Collection[str]) -> list[Choice]:
    """What may be done, then what tempts and is closed, with why. `statuses` are those of the facts known."""
    open_keys = [key for key in OPEN[situation] if not (key == "deny" and "confirmed" in statuses)]
    shown = [CHOICES[key] for key in open_keys]
    return shown + [_closed(key, situation, statuses) for key in TEMPTING if key not in open_keys]


def everywhere(situation: str, *, statuses: Collection[str]) -> list[Choice]:
    """What may be chosen on a form that also changes the situation: the ways open here first, then the others."""
    here = [one for one in options(situation, statuses=statuses) if not one.closed]
    keys = [one.key for one in here]
    others = dict.fromkeys(key for known in OPEN.values() for key in known if key not in (*keys, *TEMPTING))
    return here + [CHOICES[key] for key in others]


def is_open(situation: str, option: str, *, statuses: Collection[str]) -> bool:
    return any(one.key == option and not one.closed for one in options(situation, statuses=statuses))


def _closed(key: str, situation: str, statuses: Collection[str]) -> Choice:
    one = CHOICES[key]
    if situation == "danger":
        why = DANGER
    elif situation in {"ours", "accident"} or "confirmed" in statuses:
        why = CONFIRMED
    else:
        why = UNCHECKED if situation == "checking" else ALWAYS
    return Choice(one.key, one.name, one.reason, one.risk, why)
