"""What is drawn: icons, clocks, intervals, loads, factors, notes. Each says in words what it shows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.shell import drawings, glyphs, wording
from pupitre.shell.templatetags.words import language

register = template.Library()

VERDICTS = {"kept": "kept", "on_course": "kept", "against": "against"}


@register.simple_tag
def icon(name: str, weight: str = "", words: str = "", classes: str = "") -> SafeString:
    """One icon of the sprite. Without `words` it is decorative and a word stands beside it."""
    href = f"{static('shell/vendor/icons.svg')}#{name}{'-' + weight if weight else ''}"
    cls = f"icon {classes}".strip()
    if words:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', cls, words, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', cls, href)


@register.simple_tag
def network(key: str) -> SafeString:
    """The glyph of a network, in ink; its name stands beside it."""
    return glyphs.glyph(key) or icon("plugs")


def _minutes(value: Any) -> float:
    return value.total_seconds() / 60 if isinstance(value, dt.timedelta) else float(value or 0)


def clock_lines(minutes: float, *, day_minutes: float = 1440) -> tuple[str, str]:
    """The two short lines inside the ring: ("38", "min"), ("3 h", "10"), ("2", "jours")."""
    if minutes < 60:
        return str(round(minutes)), _("min")
    if minutes < day_minutes:
        hours, rest = divmod(round(minutes), 60)
        return wording.duration(hours * 60, language=language()), f"{rest:02d}" if rest else ""
    days = int(minutes // day_minutes)
    return str(days), ngettext("day", "days", days)


def clock_sentence(state: str, minutes: float, *, reason: str = "", day_minutes: float = 1440) -> str:
    """What the ring says to someone who does not see it."""
    if state in ("paused", "outage"):
        return _("Clock paused: %(reason)s") % {"reason": reason} if reason else _("Clock paused")
    days = int(minutes // day_minutes)
    said = wording.duration(minutes, language=language())
    if days:
        said = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if state == "broken":
        return _("Late by %(duration)s") % {"duration": said}
    return _("Answer due in %(duration)s") % {"duration": said}


@register.simple_tag
def clock(
    ring: Any = None,
    state: str = "far",
    fraction: float = 0.0,
    minutes: Any = 0,
    reason: str = "",
    size: str = "",
    day_minutes: float = 1440,
) -> SafeString:
    """The ring before an answer is due: from a `ring` object (state, fraction, remaining, late) or from arguments.

    States: far, soon, pressed, broken, paused, outage. `day_minutes` is the length of an opening day, so that
    "1 jour" means one day of opening hours.
    """
    if ring is not None:
        state, fraction = str(ring.state), ring.fraction
        minutes = ring.late if state == "broken" else ring.remaining
        reason = reason or str(getattr(ring, "reason", None) or "")
    left = _minutes(minutes)
    still = state in ("paused", "outage")
    big, small = ("", "") if still else clock_lines(left, day_minutes=day_minutes)
    context = {
        "state": state,
        "dash": "4 3.5" if still else drawings.ring_dash(1.0 if state == "broken" else fraction),
        "still": still,
        "big": f"+{big}" if state == "broken" else big,
        "small": small,
        "words": clock_sentence(state, left, reason=reason, day_minutes=day_minutes),
        "size": size,
    }
    return SafeString(render_to_string("shell/components/clock.html", context))


def _deserved(value: float) -> float | int:
    """Never a decimal that the interval does not deserve: whole numbers from ten on, one decimal under."""
    return round(value) if abs(value) >= 10 or value == round(value) else round(value, 1)


@register.inclusion_tag("shell/components/interval.html")
def interval(
    low: float,
    high: float,
    estimate: float | None = None,
    baseline: float | None = None,
    target: float | None = None,
    n: int | None = None,
    unit: str = "",
    verdict: str = "",
    scale: Sequence[float] | None = None,
    words: bool = True,
) -> dict[str, Any]:
    """A 95 % interval with its estimate, baseline and target; below, the same in words."""
    bounds = (float(scale[0]), float(scale[1])) if scale else None
    low, high = float(low), float(high)
    estimate, baseline, target = (None if v is None else float(v) for v in (estimate, baseline, target))
    shape = drawings.interval_shape(low, high, estimate=estimate, baseline=baseline, target=target, n=n, scale=bounds)
    texts = {"low": low, "high": high, "estimate": estimate, "baseline": baseline, "target": target}
    said = {key: "" if v is None else wording.number(_deserved(v), language=language()) for key, v in texts.items()}
    return {
        "shape": shape, "said": said, "unit": unit, "n": n, "words": words, "tone": VERDICTS.get(verdict, ""),
    }  # fmt: skip


@register.inclusion_tag("shell/components/load.html")
def load_bar(
    capacity: float,
    played: float = 0,
    planned: float = 0,
    answer: float = 0,
    words: bool = True,
    scale: float | None = None,
) -> dict[str, Any]:
    """Minutes done, to do and kept for answering, against a capacity in minutes; the overflow is hatched."""
    parts = [("played", float(played)), ("planned", float(planned)), ("answer", float(answer))]
    shape = drawings.load_shape(parts, capacity=float(capacity), scale=scale)
    total = sum(minutes for _, minutes in parts)
    return {"shape": shape, "words": words, "total": total, "capacity": capacity, "parts": dict(parts)}


@register.inclusion_tag("shell/components/factors.html")
def factor_bars(factors: Iterable[Any]) -> dict[str, Any]:
    """The six factors of a channel: objects or tuples (label, weight, value or None, in cause)."""
    rows = [
        tuple(factor) if isinstance(factor, tuple | list) else (factor.label, factor.weight, factor.value, factor.cause)
        for factor in factors
    ]
    unknown = _("unknown")
    said = ", ".join(
        f"{label} {unknown if value is None else wording.number(value, language=language(), decimals=2)}"
        for label, _weight, value, _cause in rows
    )
    return {"tracks": drawings.factor_tracks(rows), "words": said}


@register.inclusion_tag("shell/components/meter.html")
def meter(label: str, value: float, tone: str = "", shown: str = "", most: float = 1.0) -> dict[str, Any]:
    """A labelled bar from 0 to `most`, with its figure: echo between two texts, share of a total."""
    text = shown or wording.number(value, language=language(), decimals=2)
    return {"label": label, "width": drawings.percent(100 * min(max(value / most, 0), 1)), "tone": tone, "shown": text}


SHAPES = ("text", "image", "video", "live")
STATES = ("draft", "waiting", "approved", "sent", "failed", "unknown")


def note_words(shape: str, relation: str, state: str, *, frozen: bool) -> str:
    """The note as a phrase: "image, proximité, approuvée"."""
    names = {
        "text": _("text"), "image": _("image"), "video": _("video"), "live": _("live"),
        "visibility": _("visibility"), "expertise": _("expertise"), "proximity": _("proximity"),
        "draft": _("draft"), "waiting": _("awaiting approval"), "approved": _("approved"), "sent": _("sent"),
        "failed": _("failed"), "unknown": _("outcome unknown"),
    }  # fmt: skip
    said = [names[word] for word in (shape, relation, state) if word in names]
    return ", ".join([*said, _("frozen")] if frozen else said)


def _note(shape: str, relation: str, state: str, *, frozen: bool) -> dict[str, Any]:
    if shape not in SHAPES or state not in STATES:
        raise template.TemplateSyntaxError(f"No note is drawn for shape {shape!r} and state {state!r}.")
    return {
        "shape": shape, "state": state, "frozen": frozen, "relation": relation or "plain",
        "full": state in ("approved", "sent"), "y": drawings.RELATION_LINE.get(relation, drawings.STAFF_LINES[1]),
    }  # fmt: skip


@register.inclusion_tag("shell/components/note.html")
def note(
    shape: str = "text", relation: str = "", state: str = "draft", frozen: bool = False, words: str = ""
) -> dict[str, Any]:
    """One note on its staff of three lines: shape is the expression, line the relation, fill the state."""
    said = words or note_words(shape, relation, state, frozen=frozen)
    return {**_note(shape, relation, state, frozen=frozen), "words": said, "lines": drawings.STAFF_LINES}


@register.inclusion_tag("shell/components/note_head.html")
def note_head(
    shape: str, relation: str, state: str, x: float, y: float, frozen: bool = False, tail: float = 0
) -> dict[str, Any]:
    """A note head alone, inside a drawing of yours (aria-hidden): its centre at x, y; `tail` is its width in pixels."""
    place = f"translate({drawings.pixels(float(x))} {drawings.pixels(float(y))})"
    tails = {"tail": drawings.pixels(float(tail)), "tail_x": drawings.pixels(-float(tail))} if tail else {}
    return {**_note(shape, relation, state, frozen=frozen), "place": place, **tails}
