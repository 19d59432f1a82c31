"""Stream and search agree: what a search brings, once verified, is what the stream would have matched."""

import random
import sqlite3

import psycopg
import pytest

from pupitre.listening.matching.fulltext import (
    FTS5_TOKENIZER,
    fts5_query,
    search_text,
    search_vector,
    trial,
    ts_query,
)
from pupitre.listening.matching.matcher import Matcher
from pupitre.listening.matching.parser import parse
from pupitre.listening.matching.posts import Post
from pupitre.listening.tests.matching.drawing import draw_post, draw_query

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


@pytest.fixture(scope="module")
def drawn():
    rng = random.Random(11)
    return [draw_post(rng) for _ in range(200)], [draw_query(rng) for _ in range(150)]


@pytest.fixture(scope="module")
def drawn_long():
    """Posts beyond what PostgreSQL keeps of positions: 255 for a word, 16,383 in all."""
    fillers = " ".join(f"mot{rank}" for rank in range(16_500))
    return [Post("panne " * 300 + "Orange bleue"), Post(fillers + " coca cola orange, LA PANNE")]


def streamed(posts, node):
    matcher = Matcher()
    matcher.add("q", node)
    found = {rank: matcher.match(post) for rank, post in enumerate(posts)}
    return {rank: matches[0].spans for rank, matches in found.items() if matches}


def verified(posts, node, found):
    judge = trial(node)
    return {rank: spans for rank in found if (spans := judge(posts[rank])) is not None}


def test_sqlite_brings_what_the_stream_matches(drawn):
    posts, nodes = drawn
    base = sqlite3.connect(":memory:")
    base.execute(f'CREATE VIRTUAL TABLE held USING fts5(body, tokenize="{FTS5_TOKENIZER}")')
    rows = [(rank, search_text(post.text)) for rank, post in enumerate(posts)]
    base.executemany("INSERT INTO held(rowid, body) VALUES (?, ?)", rows)
    total = 0
    for node in nodes:
        search = fts5_query(node)
        query = "SELECT rowid FROM held" + (" WHERE held MATCH ?" if search else "")
        found = [rank for (rank,) in base.execute(query, [search] if search else [])]
        expected = streamed(posts, node)
        assert verified(posts, node, found) == expected, search
        total += len(expected)
    base.close()
    assert total > 1000


@pytest.mark.real
def test_postgresql_brings_what_the_stream_matches(drawn):
    check_postgresql(*drawn)


@pytest.mark.real
def test_postgresql_misses_nothing_in_very_long_posts(drawn_long):
    queries = ['"orange bleue"', '"coca cola" orange', "panne NEAR/3 orange", "coc* -bleue", "{LA PANNE}"]
    check_postgresql(drawn_long, [parse(query) for query in queries])


def check_postgresql(posts, nodes):
    try:
        base = psycopg.connect(SERVER, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server answers here: {error}")
    with base, base.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE held (id int, body tsvector) ON COMMIT DROP")
        rows = [(rank, search_vector(post.text)) for rank, post in enumerate(posts)]
        cursor.executemany("INSERT INTO held VALUES (%s, %s::tsvector)", rows)
        for node in nodes:
            search = ts_query(node)
            query = "SELECT id FROM held" + (" WHERE body @@ %s::tsquery" if search else "")
            cursor.execute(query, [search] if search else [])
            found = [rank for (rank,) in cursor.fetchall()]
            assert verified(posts, node, found) == streamed(posts, node), search
    base.close()


def test_the_search_is_narrow_where_it_can_be():
    assert fts5_query(parse('"coca cola" panne -jus lang:fr')) == '(("coca cola" OR "#cocacola") AND "panne")'
    assert ts_query(parse("orange (panne OU assur*)")) == "('orange' & ('panne' | 'assur':*))"
    assert fts5_query(parse("author:bob OR panne")) is None
