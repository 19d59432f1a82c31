"""The core against the slow, obvious reading: same matches, same characters shown."""

import random

import pytest

from pupitre.listening.matching.accelerated import AcceleratedMatcher, is_available
from pupitre.listening.matching.faults import QueryError
from pupitre.listening.matching.frequencies import Frequencies
from pupitre.listening.matching.matcher import Matcher
from pupitre.listening.matching.parser import parse
from pupitre.listening.matching.posts import Post
from pupitre.listening.matching.render import render
from pupitre.listening.tests.matching.drawing import WORDS, draw_post, draw_query
from pupitre.listening.tests.matching.reference import ReadPost, evaluate, merged


@pytest.mark.parametrize("seed", range(5))
def test_no_disagreement_with_the_reference_on_20_000_pairs(seed):
    rng = random.Random(seed)
    frequencies = Frequencies({word: rng.randrange(1000) for word in WORDS}, posts=1000)
    matcher = Matcher(frequencies=frequencies)
    queries = {f"q{rank}": draw_query(rng) for rank in range(100)}
    for name, node in queries.items():
        matcher.add(name, node)
    matched = 0
    for _ in range(200):
        post = draw_post(rng)
        read = ReadPost(post.text)
        expected = {
            name: merged(spans)
            for name, node in queries.items()
            for holds, spans in [evaluate(node, read, post)]
            if holds
        }
        assert {match.query: match.spans for match in matcher.match(post)} == expected, post
        matched += len(expected)
    assert matched > 1000  # the pairs must meet often, or agreement says little


def test_a_rendered_query_reads_back_as_the_same_tree():
    rng = random.Random(7)
    for _ in range(2000):
        node = draw_query(rng)
        assert parse(render(node)) == node


@pytest.mark.skipif(not is_available(), reason="the native scanner is not installed")
def test_the_native_scanner_changes_nothing_even_between_refreshes():
    rng = random.Random(21)
    plain, fast = Matcher(), AcceleratedMatcher()
    for rank in range(120):
        node = draw_query(rng)
        plain.add(f"q{rank}", node)
        fast.add(f"q{rank}", node)
        if rank == 60:
            fast.refresh()
        if rank % 7 == 0 and rank:
            assert plain.remove(f"q{rank // 2}") == fast.remove(f"q{rank // 2}")
    posts = [draw_post(rng) for _ in range(300)]
    expected = [plain.match(post) for post in posts]
    assert [fast.match(post) for post in posts] == expected
    fast.refresh()
    assert [fast.match(post) for post in posts] == expected
    assert sum(map(len, expected)) > 500


def test_an_edit_is_live_at_once_and_leaves_nothing_behind():
    rng = random.Random(22)
    matcher, nodes = Matcher(), [draw_query(rng) for _ in range(60)]
    posts = [draw_post(rng) for _ in range(60)]
    for rank, node in enumerate(nodes):
        matcher.add(str(rank), node)
    for rank in range(0, 60, 2):
        assert matcher.remove(str(rank))
    assert not matcher.remove("0")
    fewer = Matcher()
    for rank in range(1, 60, 2):
        fewer.add(str(rank), nodes[rank])
    assert [matcher.match(post) for post in posts] == [fewer.match(post) for post in posts]
    for rank in range(1, 60, 2):
        matcher.remove(str(rank))
    assert len(matcher) == 0
    assert [matcher.match(post) for post in posts] == [[]] * 60
    held = ("_index", "_other_kinds")
    assert [len(getattr(matcher, name)) for name in held] == [0] * 2


def test_a_query_replaced_under_the_same_name_matches_once_and_a_faulty_one_changes_nothing():
    matcher = Matcher()
    matcher.add("a", "orange")
    matcher.add("b", "panne")
    matcher.add("a", "panne OR orange")
    assert [match.query for match in matcher.match(Post("Panne chez Orange"))] == ["b", "a"]
    with pytest.raises(QueryError):
        matcher.add("b", "-jus")
    assert [match.query for match in matcher.match(Post("panne"))] == ["b", "a"]
