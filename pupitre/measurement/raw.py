"""The facts as they are kept, for another tool: every figure with its source, its version and its method."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.measurement.kpis.catalogue import catalogue
from pupitre.measurement.models import OWN_MEASURE, Fact
from pupitre.measurement.queries import interval_of

MOST = 200_000


def head() -> list[str]:
    """What each column of a figure holds."""
    return [
        _("fact"), _("moment"), _("objective"), _("channel"), _("measure"), _("value"), _("n"), _("total"), _("low"),
        _("high"), _("source"), _("definition"), _("formula"), _("what it does not say"), _("trap"),
    ]  # fmt: skip


def facts_csv(organisation: Organisation, only: Q | None = None) -> Iterator[str]:
    """A head, then one line a fact, oldest first. The number of the fact leads back to it. `only` narrows the facts."""
    yield _line(list(head()))
    rows = Fact.objects.filter(only or Q(), organisation=organisation).select_related("objective", "channel")
    for fact in rows.order_by("at", "id")[:MOST].iterator(chunk_size=1000):
        yield _line(cells(fact))


def cells(fact: Fact) -> list[object]:
    """One figure, in the order of the head."""
    kpi, language = catalogue().get(fact.kpi), "en" if get_language() == "en" else "fr"
    own = fact.kpi == OWN_MEASURE and fact.objective is not None
    said = interval_of(fact) if own else None
    method = [getattr(getattr(kpi, part), language) for part in ("formula", "silent", "trap")] if kpi else ["", "", ""]
    name = fact.objective.measure if own and fact.objective else getattr(kpi.name, language) if kpi else fact.kpi
    return [
        fact.pk, _moment(fact.at), fact.objective or "", fact.channel or "", name, float(fact.value), fact.n,
        fact.total, round(said.low, 4) if said else "", round(said.high, 4) if said else "", fact.source,
        fact.definition, *method,
    ]  # fmt: skip


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes")


def _line(cells: list[object]) -> str:
    """One line, safe to open in a spreadsheet: a text that looks like a formula is quoted."""
    sheet = io.StringIO()
    csv.writer(sheet).writerow([_safe(cell) for cell in cells])
    return sheet.getvalue()


def _safe(cell: object) -> object:
    text = "" if cell is None else f"{cell:.10g}" if isinstance(cell, float) else str(cell)
    return f"'{text}" if text[:1] in "=+@\t" or (text[:1] == "-" and not _is_number(text)) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
