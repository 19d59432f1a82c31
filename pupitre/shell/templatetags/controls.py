"""What people act on or read in order: buttons, tags, fields, refusals, sheets of facts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()

RELATIONS = ("visibility", "expertise", "proximity")
TONES = {"note": "", "att": "attention", "ok": "kept"}


@register.inclusion_tag("shell/components/button.html")
def button(
    label: str,
    href: str = "",
    kind: str = "",
    icon: str = "",
    closed: str = "",
    compact: bool = False,
    name: str = "",
    value: str = "",
    type: str = "submit",
    form: str = "",
    action: str = "",
    id: str = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one when `href` is given.

    `kind`: main, quiet, blocking or empty (plain). `closed` is the reason why it cannot act now: the button stays
    reachable and the reason is written beside it. `action` is a formaction.
    """
    return {
        "label": label, "href": href, "kind": kind, "icon": icon, "closed": closed, "compact": compact,
        "name": name, "value": value, "type": type, "form": form, "action": action, "id": id,
    }  # fmt: skip


@register.inclusion_tag("shell/components/tag.html")
def tag(label: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    """A word on a tint. `tone`: rub, attention, kept, visibility, expertise, proximity or empty."""
    return {"label": label, "tone": TONES.get(tone, tone), "icon": icon}


@register.inclusion_tag("shell/components/tag.html")
def relation(name: str) -> dict[str, Any]:
    """The relation sought, as a tag."""
    names = {"visibility": _("Visibility"), "expertise": _("Expertise"), "proximity": _("Proximity")}
    return {"label": names.get(name, name), "tone": name if name in RELATIONS else "", "icon": ""}


@register.inclusion_tag("shell/components/tag.html")
def verdict(key: str) -> dict[str, Any]:
    """The fixed list of what may be said of a measure."""
    said = {
        "kept": (_("Kept"), "kept", "check"), "on_course": (_("On course"), "kept", ""),
        "inconclusive": (_("Not conclusive yet"), "", ""), "against": (_("Going the wrong way"), "rub", ""),
        "too_early": (_("Too early"), "", ""), "not_measurable": (_("Not measurable"), "", ""),
    }  # fmt: skip
    label, tone, icon = said[key]
    return {"label": label, "tone": tone, "icon": icon}


@register.inclusion_tag("shell/components/avatar.html")
def avatar(name: str = "", size: str = "", known: bool = True) -> dict[str, Any]:
    """Initials in a circle, decorative: the name stands beside it. `known=False` draws an empty dashed circle."""
    return {"name": name, "size": size, "known": known}


@register.inclusion_tag("shell/components/banner.html")
def banner(
    text: str, tone: str = "", title: str = "", url: str = "", action: str = "", icon: str = ""
) -> dict[str, Any]:
    """A state that concerns the page. `tone`: attention, kept, rub, crisis or empty."""
    tone = TONES.get(tone, tone)
    icons = {"attention": "warning", "kept": "check-circle", "rub": "hand-palm", "crisis": "warning-diamond"}
    return {
        "text": text, "tone": tone, "title": title, "url": url, "action": action,
        "icon": icon or icons.get(tone, "info"),
    }  # fmt: skip


@register.inclusion_tag("shell/components/notice.html")
def notice(
    text: str, tone: str = "", title: str = "", url: str = "", action: str = "", icon: str = ""
) -> dict[str, Any]:
    """The same inside a page, about one thing."""
    return banner(text, tone, title, url, action, icon)


@register.inclusion_tag("shell/components/refusal.html")
def refusal(
    title: str,
    why: str = "",
    opens: Iterable[Any] = (),
    examples: Sequence[str] = (),
    override: str = "",
    url: str = "",
    action: str = "",
) -> dict[str, Any]:
    """What is closed, why, what would open it, who may override in writing. `opens`: texts, or dicts with text, url."""
    steps = [step if isinstance(step, Mapping) else {"text": step} for step in opens]
    return {
        "title": title, "why": why, "steps": steps, "examples": examples, "override": override,
        "url": url, "action": action,
    }  # fmt: skip


@register.inclusion_tag("shell/components/empty.html")
def empty(text: str, then: str = "", url: str = "", action: str = "", icon: str = "") -> dict[str, Any]:
    """An empty place says why it is empty and what comes next; never a bare blank."""
    return {"text": text, "then": then, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("shell/components/facts.html")
def facts(pairs: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """A sheet of facts: (term, value) or (term, value, tone); pairs without a value are left out."""
    rows = [(pair[0], pair[1], pair[2] if len(pair) > 2 else "") for pair in pairs]
    return {"rows": [row for row in rows if row[1] not in (None, "")]}


@register.inclusion_tag("shell/components/as_table.html")
def as_table(
    headers: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "", label: str = ""
) -> dict[str, Any]:
    """The numbers behind a drawing, one click away and open to everyone."""
    return {"headers": headers, "rows": rows, "caption": caption, "label": label or pgettext("drawing", "As a table")}


@register.inclusion_tag("shell/parts/faults.html")
def faults(sheet: Any, focus: bool = True) -> dict[str, Any]:
    """The summary above a form that was refused, with a link to each field; it takes the focus."""
    found = [(f"field-{name}", text) for name, text in getattr(sheet, "faults", {}).items()]
    return {"summary": getattr(sheet, "summary", ""), "faults": found, "focus": focus}


@register.inclusion_tag("shell/parts/field.html")
def field(
    sheet: Any,
    name: str,
    label: str,
    kind: str = "text",
    hint: str = "",
    options: Iterable[Sequence[Any]] = (),
    value: Any = None,
    required: bool = False,
    optional: bool = False,
    rows: int = 3,
    says: bool = False,
    short: bool = False,
    autocomplete: str = "",
    prefix: str = "",
    least: str = "",
    most: str = "",
    step: str = "",
    maxlength: str = "",
    accept: str = "",
    autosave: str = "",
    counts: str = "",
) -> dict[str, Any]:
    """One field of a `Sheet`: label, hint, control, error beside it, what was typed kept.

    `kind`: an input type, or textarea, select, chips (one of), checks (several of), tick (yes or no).
    `options`: (value, label) or (value, label, hint). `value` is shown while nothing was typed. `says` sets the
    text in the speech face. `counts` is the id of a counter (see docs/design.md).
    """
    typed = getattr(sheet, "values", {}) if sheet else {}
    current = _typed(typed, name, many=kind == "checks") if name in typed else value
    identifier = f"field-{prefix}{name}"
    fault = getattr(sheet, "faults", {}).get(name, "") if sheet else ""
    marks = {str(one) for one in current} if isinstance(current, list | tuple | set | frozenset) else {str(current)}
    described = [f"{identifier}-{part}" for part, text in (("hint", hint), ("fault", fault)) if text]
    choices = [
        {"value": o[0], "label": o[1], "hint": o[2] if len(o) > 2 else "", "on": str(o[0]) in marks} for o in options
    ]
    return {
        "name": name, "label": label, "kind": kind, "hint": hint, "value": "" if current is None else current,
        "required": required, "optional": optional, "rows": rows, "says": says, "short": short, "id": identifier,
        "fault": fault, "examples": getattr(sheet, "examples", {}).get(name, ()) if sheet else (),
        "choices": choices, "described": " ".join(described), "autocomplete": autocomplete, "least": least,
        "most": most, "step": step, "maxlength": maxlength, "accept": accept, "autosave": autosave, "counts": counts,
    }  # fmt: skip


def _typed(values: Any, name: str, *, many: bool) -> Any:
    if many and hasattr(values, "getlist"):
        return values.getlist(name)
    return values[name]
