"""The full-text index again: the table before this one was remade without its triggers, œ is folded to oe, and the
organisation is a word of the index, so that one organisation's frequent word costs another nothing."""

# ruff: noqa: S608 (made of the constants below; nothing comes from a person)
from django.db import migrations

FOLDED = "replace(replace(replace(replace({0}.text, 'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')"
VALUES = "{0}.id, " + FOLDED + ", 'o' || {0}.organisation_id"
PUT = "INSERT INTO conversations_search(rowid, text, place) VALUES (" + VALUES.format("new") + ");"
OUT = (
    "INSERT INTO conversations_search(conversations_search, rowid, text, place) VALUES ('delete', "
    + VALUES.format("old")
    + ");"
)
TRIGGERS = {
    "add": f"AFTER INSERT ON conversations_message BEGIN {PUT} END",
    "out": f"AFTER DELETE ON conversations_message BEGIN {OUT} END",
    "new": f"AFTER UPDATE OF text ON conversations_message BEGIN {OUT} {PUT} END",
}
SQLITE = [
    *(f"DROP TRIGGER IF EXISTS conversations_search_{name}" for name in TRIGGERS),
    "DROP TABLE IF EXISTS conversations_search",
    "CREATE VIRTUAL TABLE conversations_search USING fts5(text, place, columnsize=0,"
    " tokenize=\"unicode61 remove_diacritics 2\", content='conversations_message', content_rowid='id')",
    *(f"CREATE TRIGGER conversations_search_{name} {body}" for name, body in TRIGGERS.items()),
    "INSERT INTO conversations_search(rowid, text, place) SELECT "
    + VALUES.format("said")
    + " FROM conversations_message said",
]
LETTERS = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"
POSTGRESQL = [
    "DROP INDEX IF EXISTS conversations_search",
    "CREATE OR REPLACE FUNCTION pupitre_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS"
    f" $$ SELECT translate(replace(replace(lower(said), 'œ', 'oe'), 'æ', 'ae'), '{LETTERS[0]}', '{LETTERS[1]}') $$",
    "CREATE INDEX conversations_search ON conversations_message USING gin"
    " ((setweight(to_tsvector('simple', 'o' || organisation_id), 'A')"
    " || setweight(to_tsvector('simple', pupitre_fold(text)), 'B')))",
]


def build(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement.replace("%", "%%"))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_reads")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
