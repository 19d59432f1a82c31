"""The full-text index: an FTS5 table kept by triggers on SQLite, an expression index on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE conversations_search USING fts5(text, organisation_id UNINDEXED,"
    " tokenize=\"unicode61 remove_diacritics 2\", content='conversations_message', content_rowid='id')",
    "CREATE TRIGGER conversations_search_add AFTER INSERT ON conversations_message BEGIN"
    " INSERT INTO conversations_search(rowid, text, organisation_id) VALUES (new.id, new.text, new.organisation_id); END",
    "CREATE TRIGGER conversations_search_out AFTER DELETE ON conversations_message BEGIN"
    " INSERT INTO conversations_search(conversations_search, rowid, text, organisation_id)"
    " VALUES ('delete', old.id, old.text, old.organisation_id); END",
    "CREATE TRIGGER conversations_search_new AFTER UPDATE OF text ON conversations_message BEGIN"
    " INSERT INTO conversations_search(conversations_search, rowid, text, organisation_id)"
    " VALUES ('delete', old.id, old.text, old.organisation_id);"
    " INSERT INTO conversations_search(rowid, text, organisation_id) VALUES (new.id, new.text, new.organisation_id); END",
]
LETTERS = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿœæ", "aaaaaaceeeeiiiinooooouuuuyyoa"
POSTGRESQL = [
    "CREATE FUNCTION pupitre_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    f" $$ SELECT translate(lower(said), '{LETTERS[0]}', '{LETTERS[1]}') $$",
    "CREATE INDEX conversations_search ON conversations_message USING gin (to_tsvector('simple', pupitre_fold(text)))",
]


def build(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement.replace("%", "%%"))


def tear_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX conversations_search")
        schema_editor.execute("DROP FUNCTION pupitre_fold(text)")
        return
    for name in ("add", "out", "new"):
        schema_editor.execute(f"DROP TRIGGER conversations_search_{name}")
    schema_editor.execute("DROP TABLE conversations_search")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_initial")]
    operations = [migrations.RunPython(build, tear_down)]
