"""Taking a person out of every text of an organisation, whatever the table: what no room thought of is found here."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from pupitre.core.models import Organisation
from pupitre.relations.rules.erasing import pattern, without

TEXT = (models.CharField, models.TextField)
NEVER = {"core.user", "core.organisation", "core.heartbeat"}  # accounts have their own end
DEPTH = 3


def sweep(organisation: Organisation, needles: list[str]) -> dict[str, int]:
    """Rewrite each row of this organisation that names the person; how many rows, by table."""
    if not needles:
        return {}
    look, done = pattern(needles), dict[str, int]()
    for model, path in kept_models():
        rows = model._default_manager.filter(**{path: organisation.pk})
        count = sum(_clean(row, fields, look) for row, fields in _naming(model, rows, needles))
        if count:
            done[model._meta.label_lower] = count
    return done


def kept_models() -> Iterator[tuple[Any, str]]:
    """Every table of ours that belongs to an organisation, with the way up to it."""
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("pupitre.") and not model.__module__.startswith("pupitre.engine.")
        path = way_up(model) if ours and model._meta.label_lower not in NEVER else None
        if path is not None:
            yield model, path


def way_up(model: type[models.Model], depth: int = DEPTH) -> str | None:
    """The look-up from a row to its organisation's id, or None."""
    keys = [field for field in model._meta.fields if isinstance(field, models.ForeignKey) and not field.null]
    for field in keys:
        if field.related_model is Organisation:
            return field.attname
    for field in keys if depth else ():
        above = way_up(field.related_model, depth - 1)
        if above is not None:
            return f"{field.name}__{above}"
    return None


def _naming(model: Any, rows: QuerySet[Any], needles: list[str]) -> Iterator[tuple[Any, list[str]]]:
    """Rows where the person may be named, with the fields to look at."""
    plain = [f.name for f in model._meta.fields if isinstance(f, TEXT) and not f.primary_key]
    deep = [f.name for f in model._meta.fields if isinstance(f, models.JSONField)]
    if not plain and not deep:
        return
    rows = rows.annotate(**{f"_{name}": Cast(name, models.TextField()) for name in deep})
    asked = Q()
    # SQLite folds the case of plain letters alone: what has accents is asked for in its usual forms.
    for needle in {form for one in needles for form in (one, one.upper(), one.lower(), one.title())}:
        for name in plain:
            asked |= Q(**{f"{name}__icontains": needle})
        for name in deep:
            asked |= Q(**{f"_{name}__icontains": needle})
            asked |= Q(**{f"_{name}__icontains": json.dumps(needle)[1:-1]})
    for row in rows.filter(asked).iterator(chunk_size=200):
        yield row, plain + deep


def _clean(row: Any, fields: list[str], look: Any) -> bool:
    if row._meta.label_lower == "relations.contact" and row.member_id is not None:
        return False
    changed = {}
    for name in fields:
        before = getattr(row, name)
        after = without(before, look)
        if after != before:
            changed[name] = after
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed)
    return bool(changed)
