"""A cluster of our own really stops, really comes back, and keeps what was committed."""

import os
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.servers.parts import answers
from tests.servers.postgres import OwnPostgres, main


@pytest.mark.parametrize("crash", [False, True], ids=["restart", "crash"])
def test_what_was_committed_survives_and_open_connections_are_cut(
    own_postgres: OwnPostgres, own_database: str, crash: bool
) -> None:
    with psycopg.connect(own_database, autocommit=True) as before:
        before.execute("create table promise (text text)")
        before.execute("insert into promise values ('kept')")
        own_postgres.restart(crash=crash)
        with pytest.raises(psycopg.OperationalError):
            before.execute("select 1")
    with psycopg.connect(own_database) as after:
        assert after.execute("select text from promise").fetchall() == [("kept",)]


def test_what_was_not_committed_is_gone(own_postgres: OwnPostgres, own_database: str) -> None:
    with psycopg.connect(own_database, autocommit=True) as connection:
        connection.execute("create table promise (text text)")
    with closing(psycopg.connect(own_database)) as unfinished:
        unfinished.execute("insert into promise values ('lost')")
        own_postgres.restart(crash=True)
        with psycopg.connect(own_database) as after:
            assert after.execute("select count(*) from promise").fetchone() == (0,)


def test_a_stopped_cluster_refuses_connections(own_postgres: OwnPostgres) -> None:
    own_postgres.stop()
    try:
        assert not answers(own_postgres.port)
    finally:
        own_postgres.start()
    assert answers(own_postgres.port)


def test_a_database_is_dropped_while_somebody_is_still_connected(own_postgres: OwnPostgres) -> None:
    def databases() -> set[str]:
        with psycopg.connect(own_postgres.url()) as connection:
            return {name for (name,) in connection.execute("select datname from pg_database")}

    before = databases()
    with own_postgres.database("lasting") as address:
        forgotten = psycopg.connect(address)
        assert databases() == before | {"lasting"}
    assert databases() == before
    forgotten.close()


def test_a_command_runs_with_a_database_of_its_own_and_gives_its_code_back(tmp_path: Path) -> None:
    said = tmp_path / "address"
    code = main(["sh", "-c", f"echo $PUPITRE_DATABASE_URL > {said}; exit 3"])
    address = said.read_text().strip()
    assert (code, address.startswith("postgresql://pupitre@127.0.0.1:")) == (3, True)
    assert os.environ.get("PUPITRE_DATABASE_URL") != address
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
