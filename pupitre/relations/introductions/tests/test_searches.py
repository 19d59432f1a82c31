"""Three searches, one answer: the exhaustive one's. Consent and privacy hold in each."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.relations.introductions import snapshot as arrays
from pupitre.relations.introductions.graph import Chain, Person, Tie, check_length
from pupitre.relations.introductions.statement import Tables, chains_from, statement

from .worlds import (
    SCHEMA,
    SEARCHES,
    Search,
    World,
    as_snapshot,
    by_arrays,
    by_dictionaries,
    by_hand,
    drawn,
    hidden,
    rewired,
    rows_of,
)

WORLDS = 1200
worlds = st.integers(0, 2**32).map(lambda seed: drawn(random.Random(seed)))
seeds = st.integers(0, 2**32)


@pytest.mark.parametrize("name", SEARCHES)
def test_twelve_hundred_worlds_without_a_difference(name: str) -> None:
    draw = random.Random(20261122)
    lengths = dict.fromkeys(range(4), 0)
    for _ in range(WORLDS):
        world = drawn(draw)
        expected = by_hand(world)
        assert SEARCHES[name](world) == expected, world
        for chain in expected:
            lengths[chain.favours] += 1
    assert min(lengths.values()) >= 40  # every length was really met


@pytest.fixture(scope="module")
def postgres() -> Iterator[psycopg.Connection]:
    address = os.environ.get("PUPITRE_TEST_POSTGRES", "postgresql://127.0.0.1:5432/postgres")
    try:
        connection = psycopg.connect(address, connect_timeout=3, autocommit=True)
    except psycopg.OperationalError:
        if os.environ.get("PUPITRE_TESTS_REQUIRE_ALL"):
            raise
        pytest.skip("no PostgreSQL answers on this machine")
    with connection:
        for table in SCHEMA:
            connection.execute(table.replace("CREATE TABLE", "CREATE TEMPORARY TABLE"))
        yield connection


def test_the_same_text_gives_the_same_answers_on_postgresql(postgres: psycopg.Connection) -> None:
    draw = random.Random(7)
    for _ in range(200):
        world = drawn(draw)
        people, ties = rows_of(world)
        postgres.execute("TRUNCATE people, ties")
        with postgres.cursor() as cursor:
            cursor.executemany("INSERT INTO people VALUES (%s, %s, %s)", people)
            if ties:
                cursor.executemany("INSERT INTO ties VALUES (%s, %s, %s, %s)", ties)
        asked = statement(starts=world.starts, target=world.target, intermediaries=world.intermediaries)
        rows = postgres.execute(asked.text.encode(), asked.values).fetchall()
        assert chains_from(rows, target=world.target) == by_hand(world), world


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
@given(world=worlds)
@settings(deadline=None, max_examples=150)
def test_answers_hold_only_people_who_agreed(search: Search, world: World) -> None:
    introduces = {p.number for p in world.people if p.introduces}
    reachable = {p.number for p in world.people if p.reachable}
    for chain in search(world):
        assert chain.people[0] in world.starts
        assert chain.people[-1] in reachable
        assert set(chain.people[1:-1]) <= introduces - set(world.starts)
        assert len(set(chain.people)) == len(chain.people)
        assert chain.favours == len(chain.people) - 2 <= world.intermediaries


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
@given(world=worlds, seed=seeds)
@settings(deadline=None, max_examples=150)
def test_people_who_did_not_agree_change_no_byte(search: Search, world: World, seed: int) -> None:
    assert repr(search(rewired(world, random.Random(seed)))).encode() == repr(search(world)).encode()


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
@given(world=worlds)
@settings(deadline=None, max_examples=100)
def test_three_proposals_start_with_three_people(search: Search, world: World) -> None:
    found = search(world)
    assert len({chain.introducer for chain in found}) == len(found) <= 3
    assert found == sorted(found)


@given(world=worlds, seed=seeds)
@settings(deadline=None, max_examples=200)
def test_a_withdrawal_acts_without_a_rebuild(world: World, seed: int) -> None:
    draw = random.Random(seed)
    people = [p.number for p in world.people]
    mute = draw.sample(people, draw.randint(0, 4))
    unreachable = draw.sample(people, draw.randint(0, 3))
    cut = [(t.b, t.a) for t in world.ties if draw.random() < 0.2]
    fewer = replace(
        world,
        people=tuple(
            Person(p.number, p.introduces and p.number not in mute, p.reachable and p.number not in unreachable)
            for p in world.people
        ),
        ties=tuple(t for t in world.ties if (t.b, t.a) not in cut),
    )
    now = arrays.without(as_snapshot(world), introduces=[*mute, 999], reachable=unreachable, ties=[*cut, (998, 999)])
    twice = arrays.without(arrays.without(as_snapshot(world), introduces=mute, ties=cut), reachable=unreachable)
    asked = {"starts": world.starts, "target": world.target, "intermediaries": world.intermediaries}
    expected = by_hand(fewer)
    assert arrays.chains(now, **asked) == expected
    assert arrays.chains(twice, **asked) == expected


@given(world=worlds)
@settings(deadline=None, max_examples=60)
def test_hidden_missing_and_unconnected_people_look_alike(world: World) -> None:
    for search in SEARCHES.values():
        for nobody in [*sorted(hidden(world)), 1000]:
            assert search(replace(world, target=nobody)) == []


# Jeanne (1) asks; Paul (2) and Odile (3) introduce; Malik (4) and Agnès (5) make a longer way; the buyer is 9.
PEOPLE = tuple(Person(n, True, True) for n in (1, 2, 3, 4, 5, 9))
TIES = (
    Tie(1, 2, 223, 223),
    Tie(2, 9, 511, 511),
    Tie(1, 3, 511, 511),
    Tie(3, 9, 511, 511),
    Tie(1, 4, 100, 100),
    Tie(4, 5, 100, 100),
    Tie(5, 9, 100, 100),
)
BAKERY = World(PEOPLE, TIES, starts=(1,), target=9)


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (BAKERY, [Chain(1, 734, (1, 2, 9)), Chain(1, 1022, (1, 3, 9)), Chain(2, 300, (1, 4, 5, 9))]),
        (replace(BAKERY, intermediaries=1), [Chain(1, 734, (1, 2, 9)), Chain(1, 1022, (1, 3, 9))]),
        (replace(BAKERY, intermediaries=0), []),
        (replace(BAKERY, ties=(*TIES, Tie(1, 9, 3000, 1))), [
            Chain(0, 3000, (1, 9)), Chain(1, 734, (1, 2, 9)), Chain(1, 1022, (1, 3, 9)),
        ]),
        (replace(BAKERY, people=(*PEOPLE[1:], Person(1, False, False))), [
            Chain(1, 734, (1, 2, 9)), Chain(1, 1022, (1, 3, 9)), Chain(2, 300, (1, 4, 5, 9)),
        ]),
        (replace(BAKERY, starts=(1, 2)), [
            Chain(0, 511, (2, 9)), Chain(1, 1022, (1, 3, 9)), Chain(2, 300, (1, 4, 5, 9)),
        ]),
        (replace(BAKERY, target=1), []),
        (replace(BAKERY, ties=()), []),
        (replace(BAKERY, starts=(77,)), []),
    ],
    ids=["three ways", "one favour", "none", "a direct tie first", "who asks needs no consent", "asking together",
         "oneself", "no tie", "a stranger asks"],
)  # fmt: skip
def test_the_bakery_and_the_buyer(search: Search, world: World, expected: list[Chain]) -> None:
    assert search(world) == expected


def test_favours_are_asked_in_the_right_direction() -> None:
    one_way = World(PEOPLE, (Tie(2, 1, 900, 100), Tie(9, 2, 900, 200)), starts=(1,), target=9)
    assert {name: search(one_way) for name, search in SEARCHES.items()} == {
        name: [Chain(1, 300, (1, 2, 9))] for name in SEARCHES
    }


@given(world=worlds)
@settings(deadline=None, max_examples=60)
def test_ties_told_twice_and_to_oneself_change_nothing(world: World) -> None:
    again = tuple(Tie(t.b, t.a, t.back + 50, t.cost + 50) for t in world.ties)
    noisy = replace(world, ties=(*world.ties, *again, Tie(1, 1, 1, 1), Tie(1, 4000, 1, 1)))
    assert by_dictionaries(noisy) == by_arrays(noisy) == by_dictionaries(world)


def test_a_statement_speaks_the_names_it_is_given() -> None:
    tables = Tables(people="relations_person", introduces="p.introduces_until > CURRENT_DATE", usable="t.live", a="one")
    text = statement(starts=[3, 1, 3], target=9, tables=tables).text
    assert "FROM relations_person p" in text
    assert "p.introduces_until > CURRENT_DATE AND t.live" in text
    assert "t.one AS start" in text
    assert statement(starts=[3, 1, 3], target=9).values == (1, 3, 9)


@pytest.mark.parametrize("intermediaries", [-1, 4])
def test_no_chain_bothers_four_people(intermediaries: int) -> None:
    with pytest.raises(ValueError, match="intermediaries"):
        check_length(intermediaries)
    for search in SEARCHES.values():
        with pytest.raises(ValueError, match="intermediaries"):
            search(replace(BAKERY, intermediaries=intermediaries))


def test_somebody_has_to_ask() -> None:
    with pytest.raises(ValueError, match="somebody"):
        statement(starts=[], target=1)


def test_costs_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="cost"):
        as_snapshot(replace(BAKERY, ties=(Tie(1, 2, 70_000, 1),)))
