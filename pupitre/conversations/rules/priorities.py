"""Who is answered first, and in how many opening minutes. Smaller numbers speak first."""

from collections.abc import Collection

from pupitre.judge.verdict import Kind

N_ = str

KIND_NAMES: dict[str, str] = {
    "complaint": N_("Complaint"), "praise": N_("Thanks"), "question": N_("Question"), "contact": N_("Request"),
    "job": N_("Job"), "abuse": N_("Abuse"), "spam": N_("Unwanted"), "crisis": N_("Crisis"), "other": N_("To read"),
}  # fmt: skip
FLAG_NAMES: dict[str, str] = {
    "health": N_("Health"), "legal": N_("Legal"), "sarcasm_possible": N_("Possibly ironic, please read."),
}  # fmt: skip
_OF_KIND: dict[str, int] = {
    "crisis": 20, "abuse": 35, "complaint": 40, "question": 50, "contact": 55, "job": 60, "other": 65, "praise": 70,
    "spam": 90,
}  # fmt: skip


def priority(kind: Kind | str, flags: Collection[str]) -> int:
    """Safety and health first, then a crisis, then a deadline or money lost, then the kind."""
    if "health" in flags:
        return 10
    if {"legal", "deadline", "money"} & set(flags):
        return min(30, _OF_KIND.get(kind, 65))
    return _OF_KIND.get(kind, 65)


def promised(minutes: int, *, kind: Kind | str, flags: Collection[str]) -> int:
    """Opening minutes for a first answer: the promise, shorter for health and crisis, longer for thanks."""
    if "health" in flags or kind == "crisis":
        return min(minutes, 60)
    return minutes * 2 if kind == "praise" else minutes
