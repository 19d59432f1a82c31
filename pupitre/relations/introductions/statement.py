"""The same search as one SQL statement, the same text for SQLite (3.35 on) and PostgreSQL (12 on).

It reads two tables:

    people (id primary key, introduces boolean, reachable boolean)    what each agrees to today, for this audience
    ties   (a, b, cost, back), primary key (a, b)                     usable ties, each stored in both directions

`cost` is the cost of asking b on behalf of a and `back` of asking a on behalf of b, in thousandths of -ln(p): the
row (b, a) carries the same two numbers swapped, and no row goes from a person to itself. Keep `(a, b)` clustered
or covering. Columns may have other names, and consent may be a condition on dates: see `Tables`.

Both ends walk towards the middle, longer chains only when shorter ones gave too few introducers, and consent is in
every step: a row nobody agreed to show is never joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any

from .graph import BEST, INTERMEDIARIES, Chain, check_length


@dataclass(frozen=True)
class Tables:
    """Names and conditions as they appear in the statement, where p is a person and t a tie. Never user input."""

    people: str = "people"
    person: str = "id"
    introduces: str = "p.introduces"
    reachable: str = "p.reachable"
    ties: str = "ties"
    a: str = "a"
    b: str = "b"
    cost: str = "cost"
    back: str = "back"
    usable: str = "1 = 1"


@dataclass(frozen=True)
class Statement:
    """SQL text with `%s` places, and the values that fill them in order."""

    text: str
    values: tuple[int, ...]


TABLES = Tables()
STEPS = ("direct", "one", "two", "three")

HALVES = """
WITH askers (id) AS (VALUES $places),
wanted (id) AS (
    SELECT p.$person FROM $people p
    WHERE p.$person = CAST(%s AS BIGINT) AND $reachable AND p.$person NOT IN (SELECT id FROM askers)
),
heads (i1, start, cost) AS (
    SELECT i1, start, cost FROM (
        SELECT t.$b AS i1, t.$a AS start, t.$cost AS cost,
            ROW_NUMBER() OVER (PARTITION BY t.$b ORDER BY t.$cost, t.$a) AS place
        FROM askers JOIN $ties t ON t.$a = askers.id JOIN $people p ON p.$person = t.$b
        WHERE $introduces AND $usable
            AND t.$b NOT IN (SELECT id FROM askers) AND t.$b NOT IN (SELECT id FROM wanted)
    ) nearest WHERE place = 1
),
tails (i, cost) AS (
    SELECT t.$b, t.$back FROM wanted JOIN $ties t ON t.$a = wanted.id JOIN $people p ON p.$person = t.$b
    WHERE $introduces AND $usable AND t.$b NOT IN (SELECT id FROM askers)
)"""

DIRECT = """
direct (favours, cost, start, i1, i2, i3) AS (
    SELECT 0, t.$cost, t.$a, 0, 0, 0 FROM askers JOIN wanted ON 1 = 1
    JOIN $ties t ON t.$a = askers.id AND t.$b = wanted.id WHERE $usable
)"""

ONE = """
one (favours, cost, start, i1, i2, i3) AS (
    SELECT 1, heads.cost + tails.cost, start, i1, 0, 0 FROM heads JOIN tails ON tails.i = i1
)"""

TWO = """
two (favours, cost, start, i1, i2, i3) AS (
    SELECT 2, heads.cost + t.$cost + tails.cost, start, i1, tails.i, 0
    FROM heads JOIN $ties t ON t.$a = i1 JOIN tails ON tails.i = t.$b
    WHERE $usable AND (SELECT COUNT(*) FROM direct) + (SELECT COUNT(*) FROM one) < $best
)"""

THREE = """
needed (more) AS (
    SELECT (SELECT COUNT(*) FROM direct)
        + (SELECT COUNT(*) FROM (SELECT i1 FROM one UNION SELECT i1 FROM two) known) < $best
),
near (i1, start, middle, cost) AS (
    SELECT i1, start, t.$b, heads.cost + t.$cost FROM heads JOIN $ties t ON t.$a = i1
    JOIN $people p ON p.$person = t.$b
    WHERE (SELECT more FROM needed) AND $introduces AND $usable
        AND t.$b NOT IN (SELECT id FROM askers) AND t.$b NOT IN (SELECT id FROM wanted)
),
far (middle, i3, cost) AS (
    SELECT middle, i3, cost FROM (
        SELECT t.$b AS middle, tails.i AS i3, tails.cost + t.$back AS cost,
            ROW_NUMBER() OVER (PARTITION BY t.$b ORDER BY tails.cost + t.$back, tails.i) AS place
        FROM tails JOIN $ties t ON t.$a = tails.i JOIN $people p ON p.$person = t.$b
        WHERE (SELECT more FROM needed) AND $introduces AND $usable
            AND t.$b NOT IN (SELECT id FROM askers) AND t.$b NOT IN (SELECT id FROM wanted)
    ) ends WHERE place <= 2
),
three (favours, cost, start, i1, i2, i3) AS (
    SELECT 3, near.cost + far.cost, start, i1, near.middle, i3
    FROM near JOIN far ON far.middle = near.middle WHERE i3 <> i1
)"""

RANKED = """
placed AS (
    SELECT every.*, ROW_NUMBER() OVER (
        PARTITION BY CASE WHEN favours = 0 THEN start ELSE i1 END ORDER BY favours, cost, start, i1, i2, i3
    ) AS place FROM ($union) every
)
SELECT favours, cost, start, i1, i2, i3 FROM placed WHERE place = 1
ORDER BY favours, cost, start, i1, i2, i3 LIMIT $best"""


def statement(
    *,
    starts: Sequence[int],
    target: int,
    intermediaries: int = INTERMEDIARIES,
    best: int = BEST,
    tables: Tables = TABLES,
) -> Statement:
    """The search for one person. Each row: favours, cost, start, first, second and third introducer, 0 for none."""
    check_length(intermediaries)
    askers = sorted(set(starts))
    if not askers:
        raise ValueError("somebody has to ask")
    steps = STEPS[: intermediaries + 1]
    template = Template(",".join([HALVES, *(DIRECT, ONE, TWO, THREE)[: intermediaries + 1], RANKED]).strip())
    text = template.substitute(
        vars(tables),
        places=", ".join(["(CAST(%s AS BIGINT))"] * len(askers)),
        union=" UNION ALL ".join(f"SELECT * FROM {step}" for step in steps),  # noqa: S608 our own step names
        best=int(best),
    )
    return Statement(text, (*askers, target))


def chains_from(rows: Sequence[Sequence[Any]], *, target: int) -> list[Chain]:
    """The rows of the statement as chains, in the same order."""
    return [Chain(row[0], row[1], (*row[2 : 3 + row[0]], target)) for row in rows]
