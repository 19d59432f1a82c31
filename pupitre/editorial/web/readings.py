"""What a reader has before the eyes: each text as its place shows it, what was said of it, who is still awaited."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.actions.promises import delivery_state
from pupitre.editorial.agreeing_queries import Standing
from pupitre.editorial.models import Post, Review, Variant
from pupitre.editorial.queries import Reading
from pupitre.editorial.rules.forms import form_of
from pupitre.editorial.rules.levels import Rule
from pupitre.editorial.rules.notes import begun, state_of
from pupitre.shell.web.sheet import said

VERDICTS = {
    "read": ("eye", ""), "agreed": ("check-circle", "keeps"), "change": ("warning-circle", "waits"),
    "withdrawn": ("arrow-counter-clockwise", ""), "urgent": ("warning", "warns"),
}  # fmt: skip


def verdict_words(review: Review) -> str:
    """What this person did, as a sentence without its subject."""
    return {
        "read": _("read it"), "agreed": _("agreed"), "change": _("asks for a change"),
        "withdrawn": _("took the approval back"), "urgent": _("used the emergency lane"),
    }[review.verdict]  # fmt: skip


def shown_texts(
    post: Post, variants: Sequence[Variant], *, rules: Sequence[Rule], kept: Sequence[Review], reading: Reading | None
) -> list[dict[str, Any]]:
    """One entry per text."""
    return [_shown(post, one, agreeing.standing(one, post, rules=rules, said=kept), kept, reading) for one in variants]


def _shown(
    post: Post, variant: Variant, standing: Standing, kept: Sequence[Review], reading: Reading | None
) -> dict[str, Any]:
    here = [one for one in kept if one.version.channel_id == variant.channel_id]
    current = [one for one in here if one.version.digest == standing.digest]
    state = delivery_state(variant)
    promised = bool(variant.delivery_id and state != "cancelled")
    faults = reading.faults.get(variant.channel_id, ()) if reading and not promised else ()
    return {
        "variant": variant, "channel": variant.channel, "standing": standing, "promised": promised,
        "gone": begun(state), "state": state_of(state, variant.asked_at), "awaited": awaited(standing),
        "faults": [said(fault) for fault in faults], "pieces": pieces(variant.text, current),
        "remarks": [_remark(one, standing.digest) for one in here if one.verdict == "remark"],
        "late": variant.delivery.late if promised and variant.delivery else form_of(variant.form).late,
        "proof": [_line(one, standing.digest) for one in here if one.verdict != "remark"],
    }  # fmt: skip


def _line(review: Review, digest: str) -> dict[str, Any]:
    icon, tone = VERDICTS[review.verdict]
    current = review.version.digest == digest
    return {"review": review, "icon": icon, "tone": tone, "words": verdict_words(review), "current": current}


def _remark(review: Review, digest: str) -> dict[str, Any]:
    quoted = review.version.text[review.start : review.end] if review.start is not None else ""
    return {"review": review, "quoted": quoted, "current": review.version.digest == digest}


def pieces(text: str, current: Sequence[Review]) -> list[tuple[str, bool]]:
    """The text in pieces; true for the passages that an open remark is about."""
    spans = sorted(
        (one.start, one.end) for one in current
        if one.verdict == "remark" and one.settled_at is None and one.start is not None and one.end is not None
    )  # fmt: skip
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if start > at:
            found.append((text[at:start], False))
        if end > at:
            found.append((text[max(at, start) : end], True))
        at = max(at, end)
    return [*found, (text[at:], False)]


def awaited(standing: Standing) -> str:
    """Who must still agree, in one sentence; empty when nobody is missing."""
    house, guest = standing.missing.house, standing.missing.guest
    if not house:
        return _("A client must agree.") if guest else ""
    words = ngettext("One of us must agree.", "%(n)s of us must agree.", house) % {"n": house}
    return f"{words} {_('A client must agree.')}" if guest else words


def title(texts: Sequence[Mapping[str, Any]]) -> str:
    """The state of the whole post."""
    changes = sum(bool(one["standing"].changes) for one in texts)
    waiting = sum(not one["promised"] for one in texts)
    if not texts:
        return _("Nothing is written yet.")
    if changes:
        return ngettext("A change is asked of one text.", "Changes are asked of %(n)s texts.", changes) % {"n": changes}
    if waiting:
        return ngettext("One text waits to be read.", "%(n)s texts wait to be read.", waiting) % {"n": waiting}
    return _("Every text is promised.")
