"""From Django's description of a database to the address the library underneath wants: one database, one backup."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode


def address(database: Mapping[str, object]) -> str:
    """`sqlite:///…` or `postgresql://…` for one entry of DATABASES. Raises ValueError for another engine."""
    engine = str(database["ENGINE"])
    if engine.endswith("sqlite3"):
        return _sqlite(str(database["NAME"]))
    if engine.endswith("postgresql"):
        return _postgresql(database)
    raise ValueError(f"The background engine works on SQLite and PostgreSQL, not on {engine}.")


def _sqlite(name: str) -> str:
    if name == ":memory:":
        raise ValueError("A database in memory belongs to one connection: give SQLite a file.")
    if name.startswith("file:"):  # the tests' database in memory, shared by name
        return f"sqlite:///{name}&uri=true"
    return f"sqlite:///{quote(name)}"


def _postgresql(database: Mapping[str, object]) -> str:
    text = {key: str(database.get(key) or "") for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    person = quote(text["USER"], safe="")
    if text["PASSWORD"]:
        person += f":{quote(text['PASSWORD'], safe='')}"
    host, options = text["HOST"], _wanted(database)
    if host.startswith("/"):  # a folder with the server's socket
        host, options = "", {"host": text["HOST"], **options}
    place = f"{person}@{host}" if person else host
    if text["PORT"]:
        place += f":{text['PORT']}"
    query = f"?{urlencode(options)}" if options else ""
    return f"postgresql://{place}/{quote(text['NAME'], safe='')}{query}"


def _wanted(database: Mapping[str, object]) -> dict[str, str]:
    options = database.get("OPTIONS") or {}
    assert isinstance(options, Mapping)
    return {key: str(value) for key, value in options.items() if key.startswith("ssl")}
