"""A report as files: PDF with the page's own drawings, and sheets with every figure and its method."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.models import Fact
from pupitre.measurement.raw import cells, head
from pupitre.measurement.report_boxes import bounds

TEMPLATE = Path(__file__).parent / "templates" / "measurement" / "report.typ"
MOST_ROWS = 200_000


def labels(language: str) -> dict[str, str]:
    """The words around the data, in the report's language."""
    with translation.override(language):
        return {
            "objectives": _("Objectives"), "channels": _("What was said, and what networks counted"),
            "links": _("Links that people followed"), "campaigns": _("Campaigns"), "method": _("The method"),
            "facts": _("The facts"), "start": _("Starting point"), "target": _("Target"), "spent": _("Time given"),
            "cost": _("What it cost"), "back": _("What it brings in money"), "origins": _("Where acts come from"),
            "hundred": _("out of a hundred acts, owed to our networks"), "activity": _("Activity and distribution"),
            "result": _("Results"), "lesson": _("What it taught"), "no_lesson": _("No lesson is written yet."),
            "not_measurable": _("Not measurable at this stage."), "declared": _("As people say"),
            "first": _("First visit"), "last": _("Last click"), "held_out": _("Silent on purpose"),
            "made": _("Made on"), "fact": _("fact"), "when": _("When"), "figure": _("Figure"), "source": _("Source"),
            "messages": _("messages counted"),
        }  # fmt: skip


def drawings(told: Mapping[str, Any]) -> list[str]:
    """The curve of each objective as SVG, drawn by the page's own template; "" without one."""
    with translation.override(told["lang"]):
        return [
            render_to_string("measurement/curve.html", {"curve": one["curve"], "objective": one}).strip()
            if one["curve"]
            else ""
            for one in told["objectives"]
        ]


def pdf(told: Mapping[str, Any]) -> bytes:
    """The report as PDF; its titles and the words of its drawings serve screen readers."""
    import typst  # 7 MB that only a printed file needs

    data = json.dumps({**told, "words": labels(told["lang"]), "drawings": drawings(told)}, ensure_ascii=False)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"data": data}, format="pdf")
    assert isinstance(made, bytes)
    return made


def xlsx(organisation: Organisation, *, first: date, last: date, language: str) -> bytes:
    """Every figure of the period and the method of each measure, in two sheets."""
    import xlsxwriter  # only who takes a sheet needs it

    file, options = BytesIO(), {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with translation.override(language), xlsxwriter.Workbook(file, options) as book:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet(_("Facts"))
        begin, end = bounds(first, last, organisation)
        facts = Fact.objects.filter(organisation=organisation, at__gte=begin, at__lt=end).order_by("at", "id")
        _write(sheet, 0, head(), bold)
        seen, row = set(), 0
        for row, fact in enumerate(facts.select_related("objective", "channel")[:MOST_ROWS], start=1):
            _write(sheet, row, cells(fact))
            seen.add(fact.kpi)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, row), len(head()) - 1)
        _method(book.add_worksheet(_("Method")), sorted(seen & set(catalogue())), language, bold)
        made = timezone.localdate().isoformat()
        book.set_properties({"title": organisation.name, "comments": f"{first} – {last}, {made}"})
    return file.getvalue()


def _method(sheet: Any, keys: Sequence[str], language: str, bold: Any) -> None:
    _write(sheet, 0, [_("measure"), _("formula"), _("source"), _("what it does not say"), _("trap")], bold)
    for row, key in enumerate(keys, start=1):
        kpi = catalogue()[key]
        parts = (kpi.name, kpi.formula, kpi.source, kpi.silent, kpi.trap)
        _write(sheet, row, [getattr(part, language) for part in parts])


def _write(sheet: Any, row: int, values: Sequence[object], shape: Any = None) -> None:
    """Texts are written as texts: a cell that begins like a formula is not one."""
    for column, value in enumerate(values):
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, shape)
        elif value not in (None, ""):
            sheet.write_string(row, column, str(value)[:32_000], shape)
