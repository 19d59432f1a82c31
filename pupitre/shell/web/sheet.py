"""A form as a person sees it: what she typed, what is wrong beside each field, nothing lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext

from pupitre.core.rules.refusals import Fault, Refusal

T = TypeVar("T")


@dataclass(slots=True)
class Sheet:
    """`values` by field name, `faults` (translated) by field name, `summary` the refusal's own sentence.

    In a template: `{{ sheet.values.name }}`, `{{ sheet.faults.name }}`, `{{ sheet.examples.name }}`.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    summary: str = ""
    status: int = 200


def sheet_of(values: Mapping[str, object], refusal: Refusal | None = None) -> Sheet:
    """The sheet to show again after a refusal."""
    if refusal is None:
        return Sheet(values)
    shown = Sheet(values, summary=_said(refusal.text, refusal.params), status=refusal.status)
    for fault in refusal.faults:
        shown.faults.setdefault(fault.field, said(fault))
        if fault.examples:
            shown.examples[fault.field] = [gettext(example) for example in fault.examples]
    return shown


def said(fault: Fault) -> str:
    """A fault's sentence in the reader's language."""
    return _said(fault.text, fault.params)


def attempt(action: Callable[[], T], values: Mapping[str, object]) -> tuple[T | None, Sheet]:
    """Run an action; its refusal becomes a sheet with what was typed. The result is None then."""
    try:
        return action(), Sheet(values)
    except Refusal as refusal:
        return None, sheet_of(values, refusal)


def _said(text: str, params: Mapping[str, object]) -> str:
    translated = gettext(text)
    return translated % params if params else translated
