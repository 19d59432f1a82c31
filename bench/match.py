"""The matching core against a Rust percolator and a bare native scan, as ratios inside one run.

    python bench/match.py [--quick]

Everything is timed in processor seconds of one process, best of three passes over the same posts. "raw" starts from
the post as received and ends with names and spans; "cut" is given words already folded and cut. Prints a table, then
one JSON object. Needs mokaccino, daachorse and wordfreq.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import daachorse
import mokaccino
from match_corpus import draw_brands, draw_posts, draw_queries

from pupitre.listening.matching import FrequencyCounter, Matcher, Post, cut, parse
from pupitre.listening.matching.accelerated import AcceleratedMatcher
from pupitre.listening.matching.nodes import And, Exact, Near, Node, Not, Or, Phrase, Word, children_of
from pupitre.listening.matching.shapes import open_tag

Query = mokaccino.Query


def speed(work: Callable[[Any], object], items: list[Any], passes: int = 3) -> float:
    """Items a processor second, best of some passes."""
    gc.collect()
    gc.freeze()  # what is loaded is not garbage: the collector has no reason to walk it for every thousand posts
    best = float("inf")
    for _ in range(passes):
        gc.collect()
        started = time.process_time()
        for item in items:
            work(item)
        best = min(best, time.process_time() - started)
    return len(items) / best


def leaves(node: Node) -> Iterable[Node]:
    children = children_of(node)
    return (leaf for child in children for leaf in leaves(child)) if children else iter((node,))


def percolated(node: Node) -> Any:
    """The same query for a percolator that knows neither order nor distance: what it finds would still be verified."""
    if isinstance(node, Word):
        return Query.from_kv("t", node.token)
    if isinstance(node, Exact):
        return Query.from_and([Query.from_kv("t", word) for word in node.words])
    if isinstance(node, Phrase):
        words = Query.from_and([Query.from_kv("t", word) for word in node.words])
        return Query.from_or([words, Query.from_kv("t", "#" + "".join(node.words))])
    if isinstance(node, Near):
        return Query.from_and([percolated(node.left), percolated(node.right)])
    if isinstance(node, Or):
        return Query.from_or([percolated(child) for child in node.children])
    if isinstance(node, And):
        return Query.from_and([part for child in node.children if (part := percolated(child)) is not None])
    assert isinstance(node, Not)
    words = [Query.from_kv("t", leaf.token) for leaf in leaves(node.child) if isinstance(leaf, Word)]
    return ~Query.from_or(words) if words else None


def percolator(queries: list[Node]) -> Callable[[list[str]], list[int]]:
    index = mokaccino.Percolator()
    for rank, node in enumerate(queries):
        index.add_query_id(percolated(node), rank)
    index = index.optimized()

    def run(tokens: list[str]) -> list[int]:
        document = mokaccino.Document()
        for token in tokens:
            document.add_value("t", token)
        return index.percolate_list(document)

    return run


def needles(queries: list[Node]) -> list[bytes]:
    """Every word and phrase of the queries, as bytes between spaces."""
    texts = {" ".join(getattr(leaf, "words", ())) or getattr(leaf, "token", "") for q in queries for leaf in leaves(q)}
    return [f" {text} ".encode() for text in sorted(texts) if text]


def loaded(kind: type[Matcher], queries: list[Node], frequencies: Any) -> Matcher:
    matcher = kind(frequencies=frequencies)
    for rank, node in enumerate(queries):
        matcher.add(f"q{rank}", node)
    if isinstance(matcher, AcceleratedMatcher):
        matcher.refresh()
    return matcher


def edit_milliseconds(matcher: Matcher, texts: list[str]) -> float:
    """The slowest of 500 edits (parse, file, take off) on a full matcher."""
    worst = 0.0
    for rank, text in enumerate(texts):
        started = time.process_time()
        matcher.add(f"edit{rank}", text)
        matcher.remove(f"edit{rank}")
        worst = max(worst, time.process_time() - started)
    return worst * 1000


def bytes_a_query(queries: list[str], frequencies: Any) -> float:
    gc.collect()
    tracemalloc.start()
    matcher = Matcher(frequencies=frequencies)
    for rank, text in enumerate(queries):
        matcher.add(f"q{rank}", text)
    open_tag.cache_clear()  # bounded, and shared with the posts
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size / len(matcher)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer posts, 20,000 queries at most")
    largest, post_count = (20_000, 4_000) if parser.parse_args().quick else (100_000, 15_000)
    brands = draw_brands(largest, 1)
    texts = draw_posts(post_count + 5_000, brands, 2)
    counter = FrequencyCounter()
    for text in texts[post_count:]:
        words, extras = cut(text)
        counter.learn([*words, *extras])
    frequencies = counter.snapshot()
    posts = [Post(text) for text in texts[:post_count]]
    sources = draw_queries(largest, brands, 3)
    trees = [parse(source) for source in sources]
    rows = speeds(posts, trees, frequencies, largest)
    result = {"posts_per_second": rows} | told(rows, largest)
    result |= costs(sources, trees[:10_000], frequencies, posts)
    print(json.dumps(result))


def speeds(posts: list[Post], trees: list[Node], frequencies: Any, largest: int) -> dict[str, float]:
    """Posts a second of each engine, all in this run."""
    rows: dict[str, float] = {"fold and cut alone": speed(lambda post: cut(post.text), posts)}
    for count in (100, 1_000, 10_000, largest):
        rows[f"ours, raw, {count} queries"] = speed(loaded(Matcher, trees[:count], frequencies).match, posts)
        fast = loaded(AcceleratedMatcher, trees[:count], frequencies)
        rows[f"ours with daachorse, raw, {count} queries"] = speed(fast.match, posts)
    ten = trees[:10_000]
    tokens = [list(dict.fromkeys([*words, *extras])) for words, extras in (cut(post.text) for post in posts)]
    rows["mokaccino, cut, unverified, 10000 queries"] = speed(percolator(ten), tokens)
    canons = [f" {' '.join(words)} {' '.join(extras)} ".encode() for words, extras in (cut(p.text) for p in posts)]
    rows["bare daachorse, cut, 10000 queries"] = speed(
        daachorse.DoubleArrayAhoCorasick(needles(ten)).find_overlapping, canons
    )
    return rows


def told(rows: dict[str, float], largest: int) -> dict[str, Any]:
    """Print the speeds and the ratios that are aimed at; the ratios, as data."""
    ours, best = rows["ours, raw, 10000 queries"], rows["ours with daachorse, raw, 10000 queries"]
    ratios = [
        ("times mokaccino fed with cut text", ours, best, rows["mokaccino, cut, unverified, 10000 queries"], 1.5),
        ("share of a bare daachorse pass", ours, best, rows["bare daachorse, cut, 10000 queries"], 0.10),
        ("share of fold and cut alone", ours, best, rows["fold and cut alone"], 0.50),
    ]
    result: dict[str, Any] = {}
    for name, rate in rows.items():
        print(f"{name:<48}{rate:>12,.0f} posts/s")
    print(f"\n{'at 10,000 queries, raw posts':<40}{'plain':>8}{'daachorse':>11}{'goal':>8}")
    for name, plain, native, base, goal in ratios:
        print(f"{name:<40}{plain / base:>8.2f}{native / base:>11.2f}{'>= ' + str(goal):>8}")
        result[name] = {"plain": plain / base, "daachorse": native / base, "goal": goal}
    slower = [
        rows[f"{kind}, raw, 100 queries"] / rows[f"{kind}, raw, {largest} queries"]
        for kind in ("ours", "ours with daachorse")
    ]
    print(f"{f'times slower, 100 to {largest}':<40}{slower[0]:>8.2f}{slower[1]:>11.2f}{'<= 4':>8}")
    return result | {"times_slower": slower}


def costs(sources: list[str], ten: list[Node], frequencies: Any, posts: list[Post]) -> dict[str, Any]:
    """Print and give what an edit and a query cost, at 10,000 queries."""
    full = loaded(Matcher, ten, frequencies)
    edits = edit_milliseconds(full, sources[:500])
    fast_edits = edit_milliseconds(loaded(AcceleratedMatcher, ten, frequencies), sources[:500])
    print(f"{'slowest edit of 500, milliseconds':<40}{edits:>8.2f}{fast_edits:>11.2f}{'< 10':>8}")
    size = bytes_a_query(sources[:10_000], frequencies)
    print(f"{'bytes a query':<40}{size:>8.0f}{'':>11}{'<= 1000':>8}")
    matches = sum(len(full.match(post)) for post in posts) / len(posts)
    print(f"{'matches a post':<40}{matches:>8.3f}\n")
    return {"edit_ms": [edits, fast_edits], "bytes_a_query": size, "matches": matches}


if __name__ == "__main__":
    main()
