import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from pupitre.engine.address import address

POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "pupitre"}


@pytest.mark.parametrize(
    ("database", "expected"),
    [
        ({"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/data/p.sqlite3"}, "sqlite:////srv/data/p.sqlite3"),
        (
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:memorydb_default?mode=memory&cache=shared"},
            "sqlite:///file:memorydb_default?mode=memory&cache=shared&uri=true",
        ),
        (POSTGRESQL, "postgresql:///pupitre"),
        ({**POSTGRESQL, "USER": "ana", "HOST": "db", "PORT": "5433"}, "postgresql://ana@db:5433/pupitre"),
        ({**POSTGRESQL, "USER": "ana", "HOST": "/run/pg"}, "postgresql://ana@/pupitre?host=%2Frun%2Fpg"),
        (
            {
                **POSTGRESQL,
                "HOST": "db",
                "USER": "ana",
                "PASSWORD": "p/@:",
                "OPTIONS": {"sslmode": "require", "pool": 1},
            },
            "postgresql://ana:p%2F%40%3A@db/pupitre?sslmode=require",
        ),
    ],
)
def test_the_same_database_under_the_library_s_address(database: dict[str, object], expected: str) -> None:
    assert address(database) == expected


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1))
def test_a_password_of_any_letters_arrives_whole(password: str) -> None:
    database = {**POSTGRESQL, "USER": "ana", "PASSWORD": password, "HOST": "db"}
    assert make_url(address(database)).password == password


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ({"ENGINE": "django.db.backends.mysql", "NAME": "p"}, "SQLite and PostgreSQL"),
        ({"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}, "give SQLite a file"),
    ],
)
def test_a_database_it_cannot_work_on_is_refused(database: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        address(database)
