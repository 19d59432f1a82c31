"""The query language: what is read, what is refused and at which character, what is shown before saving."""

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pupitre.listening.matching.anchors import anchor_report, check_anchor
from pupitre.listening.matching.faults import MESSAGES, QueryError
from pupitre.listening.matching.frequencies import Frequencies, FrequencyCounter
from pupitre.listening.matching.parser import notices, parse
from pupitre.listening.matching.render import render
from pupitre.listening.matching.variants import Variant, variants, with_variants


@pytest.mark.parametrize(
    ("query", "folded"),
    [
        ("orange", "orange"),
        ("Orange Panne", "orange AND panne"),
        ("orange ET (panne OU réseau) SAUF jus", "orange AND (panne OR reseau) AND NOT jus"),
        ("a OR b AND c", "a OR (b AND c)"),
        ("a OR b c -d", "a OR (b AND c AND NOT d)"),
        ("NOT (a OR b) c", "NOT (a OR b) AND c"),
        ("a -b", "a AND NOT b"),
        ("Coca-Cola", '"coca cola"'),
        ("L’Oréal", '"l oreal"'),
        ("« L’Oréal Paris »", '"l oreal paris"'),
        ("“orange bleue”~3", '"orange bleue"~3'),
        ('"orange"', "orange"),
        ("a PROCHE/5 b", "a NEAR/5 b"),
        ("a SUIVI/5 (b OU c)", "a ONEAR/5 (b OR c)"),
        ("a NEAR/2 b ONEAR/3 c", "a NEAR/2 b ONEAR/3 c"),
        ("a NEAR/2 (b ONEAR/3 c)", "a NEAR/2 (b ONEAR/3 c)"),
        ("a NEAR/2 b OR c", "a NEAR/2 b OR c"),
        ("Assur*", "assur*"),
        ("#BanquePop*", "#banquepop*"),
        ("#LOréal", "#loreal"),
        ("@Orange_France", "@orange_france"),
        ("{L'Oréal Paris}", "{L'Oréal Paris}"),
        ("👍🏽 merci", "👍🏽 AND merci"),
        ("❤️", "❤"),
        ("auteur:@Bob", "author:bob"),
        ("lien:https://www.Orange.fr/Promo/", "url:orange.fr/Promo"),
        ("x lang:fr,en", "x AND (lang:fr OR lang:en)"),
        ("x langue:FR pays:be réseau:Bluesky", "x AND lang:fr AND country:be AND network:bluesky"),
        ("x abonnés:>=1000 engagement:<5", "x AND followers:>=1000 AND engagement:<5"),
        ("x est:partage -is:reply", "x AND is:repost AND NOT is:reply"),
        ("SNCF, RATP.", "sncf AND ratp"),
        ("C&A", '"c a"'),
        ("Orange®", "orange"),
        ("contact@orange.fr", '"contact orange fr"'),
        ("and ou", "and AND ou"),
    ],
)
def test_what_is_read(query, folded):
    assert render(parse(query)) == folded
    assert parse(folded) == parse(query)


@pytest.mark.parametrize(
    ("query", "key", "piece"),
    [
        ("", "empty_query", ""),
        ("   ", "empty_query", "   "),
        ('orange "panne', "unclosed_quote", '"'),
        ("orange «panne", "unclosed_quote", "«"),
        ("(orange", "unclosed_parenthesis", "("),
        ("((orange)", "unclosed_parenthesis", "("),
        ("orange {Free", "unclosed_brace", "{"),
        ("orange)", "unopened_parenthesis", ")"),
        ("orange}", "unopened_brace", "}"),
        ('orange ""', "empty_quote", '""'),
        ("orange {}", "empty_brace", "{}"),
        ("orange ()", "empty_parentheses", "()"),
        ("OR orange", "missing_left", "OR"),
        ("orange OU", "missing_right", "OU"),
        ("(orange ET) panne", "missing_right", "ET"),
        ("orange AND OR panne", "missing_left", "OR"),
        ("orange SAUF", "missing_right", "SAUF"),
        ("orange NEAR panne", "distance_missing", "NEAR"),
        ("orange PROCHE/ panne", "distance_missing", "PROCHE/"),
        ("orange NEAR/500 panne", "distance_large", "500"),
        ('"orange panne"~ x', "distance_missing", "~"),
        ("orange NEAR/3 (panne ET x)", "near_operand", "(panne ET x)"),
        ("orange NEAR/3 lang:fr", "near_operand", "lang:fr"),
        ("orange NEAR/3 👍", "near_operand", "👍"),
        ("orange NEAR/3 -panne", "missing_left", "-"),
        ("or*", "star_short", "or*"),
        ("or*nge", "star_inside", "*"),
        ("*orange", "star_inside", "*"),
        ('"orange pan*"', "star_inside", "*"),
        ("coca-col*", "star_words", "coca-col*"),
        ("or?nge", "question_mark", "?"),
        ("info:orange", "unknown_field", "info:"),
        ("autheur:bob", "unknown_field_near", "autheur:"),
        ("x lang: fr", "empty_value", "lang:"),
        ("x followers:1000", "bad_number", "followers:1000"),
        ("x followers:>mille", "bad_number", "followers:>mille"),
        ("x is:nice", "bad_kind", "is:nice"),
        ("x lang:french", "bad_code", "lang:french"),
        ("site:lemonde", "bad_address", "site:lemonde"),
        ("!!!", "nothing_to_find", "!!!"),
        ("voir https://orange.fr/x", "link_as_word", "https://orange.fr/x"),
        ('"merci 👍"', "emoji_in_phrase", '"merci 👍"'),
        ('"merci #orange"', "tag_in_phrase", '"merci #orange"'),
        ("{#Orange}", "exact_words", "{#Orange}"),
    ],
)
def test_errors_point_at_the_characters(query, key, piece):
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert (caught.value.key, query[caught.value.start : caught.value.end]) == (key, piece)
    assert "{" not in caught.value.english.replace("{Free}", "")


@pytest.mark.parametrize(
    ("query", "key", "piece"),
    [
        ("-jus", "no_anchor", "-jus"),
        ("lang:fr", "no_anchor", "lang:fr"),
        ("lang:fr -jus followers:>10", "no_anchor", "lang:fr -jus followers:>10"),
        ("orange OR -jus", "no_anchor_branch", "-jus"),
        ("orange OR (lang:fr -jus)", "no_anchor_branch", "(lang:fr -jus)"),
    ],
)
def test_a_query_any_post_could_match_is_refused(query, key, piece):
    with pytest.raises(QueryError) as caught:
        check_anchor(parse(query))
    assert (caught.value.key, query[caught.value.start : caught.value.end]) == (key, piece)


@pytest.mark.parametrize("query", ["author:bob", "site:lemonde.fr", "url:orange.fr -jus", "👍", "{Free}", "assur*"])
def test_what_can_be_looked_up_alone_is_accepted(query):
    check_anchor(parse(query))


def test_too_long_and_too_deep_are_refused():
    for query, key in (("a " * 9000, "too_long"), ("(" * 60 + "a" + ")" * 60, "too_deep")):
        with pytest.raises(QueryError) as caught:
            parse(query)
        assert caught.value.key == key


def attempt(query):
    try:
        return parse(query)
    except QueryError as error:
        return error


@settings(max_examples=1500, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(st.sampled_from("aé#@\"()-*~/{}:> ORNTAEU5👍«»'’."), max_size=30)))
@example("a 🄐")
def test_any_typing_is_read_or_refused_with_a_place(query):
    read = attempt(query)
    if isinstance(read, QueryError):
        assert 0 <= read.start <= read.end <= max(len(query), read.start)
        assert read.key in MESSAGES
        assert read.english
    else:
        assert parse(render(read)) == read


def test_every_message_has_its_fields_filled():
    for key, sentence in MESSAGES.items():
        names = dict.fromkeys(re.findall(r"{(\w+)}", sentence), "x")
        assert QueryError(key, 0, 1, **names).english == sentence.format(**names)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("orange ou panne", [("small_operator", "ou")]),
        ("orange near/3 panne", [("small_operator", "near/3")]),
        ("orange OR panne reseau", [("mixed_operators", "panne reseau")]),
        ("orange OR (panne reseau)", []),
        ("orange panne -jus", []),
        ("x AND (a OR b c)", [("mixed_operators", "b c")]),
    ],
)
def test_notices(query, expected):
    assert [(notice.key, query[notice.start : notice.end]) for notice in notices(query)] == expected


@pytest.mark.parametrize(
    ("query", "proposed"),
    [
        ("L'Oréal", [("loreal", "glued"), ("#loreal", "hashtag"), ("oreal", "without_article")]),
        ("Coca-Cola", [("cocacola", "glued"), ("#cocacola", "hashtag")]),
        ('"La Banque Postale"', [
            ("labanquepostale", "glued"), ("#labanquepostale", "hashtag"), ('"banque postale"', "without_article"),
        ]),
        ("BanquePopulaire", [('"banque populaire"', "split"), ("#banquepopulaire", "hashtag")]),
        ("orange -LeMonde", [("#orange", "hashtag")]),
        ("#orange @orange {Free}", []),
        ("iPhone", [("#iphone", "hashtag")]),
    ],
)  # fmt: skip
def test_variants_are_proposed(query, proposed):
    assert [(variant.query, variant.kind) for variant in variants(query)] == proposed


def test_accepted_variants_are_written_beside_the_name():
    assert variants("panne L'Oréal")[1] == Variant("loreal", "glued", (6, 13))
    assert with_variants("panne L'Oréal -jus") == "panne (L'Oréal OR loreal) -jus"
    assert with_variants("L'Oréal", kinds=("glued", "without_article")) == "(L'Oréal OR loreal OR oreal)"
    assert with_variants("Coca-Cola NEAR/3 panne") == "(Coca-Cola OR cocacola) NEAR/3 panne"


def test_a_common_word_is_announced_with_its_posts_a_day():
    frequencies = Frequencies({"orange": 200, "kivalio": 0}, posts=98_000)
    report = anchor_report(parse("orange"), frequencies=frequencies, posts_a_day=1_000_000)
    assert (report.anchors, report.is_common) == (("orange",), True)
    assert report.posts_a_day == pytest.approx(2000, rel=0.05)
    rare = anchor_report(parse("orange AND kivalio"), frequencies=frequencies, posts_a_day=1_000_000)
    assert (rare.anchors, rare.is_common) == (("kivalio",), False)


def test_frequencies_are_learnt_in_bounded_memory():
    counter, rng = FrequencyCounter(limit=100), random.Random(1)
    for _ in range(500):
        counter.learn(["banque", "banque", f"mot{rng.randrange(10_000)}"])
    assert len(counter.counts) <= 101
    learnt = counter.snapshot()
    assert learnt.share("banque") == pytest.approx(500 / 2500, rel=0.01)
    assert learnt.prefix_share("banq") == pytest.approx(learnt.share("banque"), rel=0.01)
    assert learnt.share("jamaisvu") < 1e-5 < learnt.share("le")
