"""A new database is made from the models at once; only an older one goes through its migrations.

Django renders every model again at each step of a migration: on an empty database two hundred steps cost half a minute
that nobody needs. What migrations do beside models (the search index, the tables of the engine) is done after, in
their order. A test holds both ways to the same schema.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing was ever made here."""
    return not connection.introspection.table_names()


def be_born(connection: BaseDatabaseWrapper) -> None:
    """Make every table, do what migrations do beside models, and write all of them down as done."""
    executor = MigrationExecutor(connection)
    steps = [step for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    with connection.schema_editor() as editor:
        for model in _tables(connection):
            editor.create_model(model)
    for step in steps:
        _beside_models(step, connection)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    rows = [recorder.Migration(app=step.app_label, name=step.name) for step in steps]
    recorder.migration_qs.bulk_create(rows)


def _tables(connection: BaseDatabaseWrapper) -> list[type[Model]]:
    """Models with a table of their own; those of several to several come with the model that names them."""
    return [
        model for model in apps.get_models()
        if model._meta.can_migrate(connection) and not model._meta.proxy
    ]  # fmt: skip


def _beside_models(step: Migration, connection: BaseDatabaseWrapper) -> None:
    operations: list[Any] = [one for one in step.operations if isinstance(one, RunPython | RunSQL)]
    if not operations:
        return
    with connection.schema_editor(atomic=step.atomic) as editor:
        for one in operations:
            if isinstance(one, RunPython):
                do: Callable[..., None] = one.code
                do(apps, editor)
            else:
                one.database_forwards(step.app_label, editor, None, None)
