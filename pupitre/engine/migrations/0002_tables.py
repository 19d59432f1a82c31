"""The library's own tables, in the same database, so that work can be asked for before any worker ever ran."""

from django.db import migrations

from pupitre.engine.running import prepare


def create(apps, schema_editor):
    prepare(schema_editor.connection.settings_dict)


class Migration(migrations.Migration):
    # The library writes through its own connection: it would wait for ours if this were one transaction.
    atomic = False
    dependencies = [("engine", "0001_worker")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
