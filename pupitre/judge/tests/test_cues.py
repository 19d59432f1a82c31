"""The cues of ordinary words: what they add to the lexicon, what they may not do, and how they explain themselves."""

from collections import Counter

import pytest

from pupitre.judge import cues
from pupitre.judge.engine import judge
from pupitre.judge.features import names
from pupitre.judge.measures import macro_f1
from pupitre.judge.rules import CUES, see
from pupitre.judge.tests.heldout_posts import posts
from pupitre.judge.training.corpus import corpus, read
from pupitre.judge.training.fit_cues import learn, vocabulary, written
from pupitre.judge.verdict import KINDS, Context, Term

SMALL = """[complaint]
the boiler leaks again
the boiler is cold
[praise]
the garden is lovely
such a lovely garden
"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rules_reach_their_floor_on_posts_kept_aside(language):
    kept = [p for p in posts() if p.language == language]
    assert macro_f1([p.kind for p in kept], [judge(p.text).kind for p in kept]) >= 0.70


def test_few_calm_posts_are_taken_for_a_crisis_and_most_crises_are_seen_or_flagged():
    pairs = [(p.kind, judge(p.text)) for p in posts()]
    calm = [v for kind, v in pairs if kind in ("other", "question", "job", "contact", "praise")]
    grave = [v for kind, v in pairs if kind == "crisis"]
    assert sum(v.kind == "crisis" for v in calm) <= 0.02 * len(calm)
    assert sum(v.kind == "crisis" or "crisis_possible" in v.flags for v in grave) >= 0.80 * len(grave)


def test_no_post_kept_aside_taught_a_cue():
    assert cues.shipped().version.endswith(f"-{len(corpus())}")
    assert not {p.text for p in posts()} & {e.text for e in corpus()}


def test_every_cue_weighs_every_kind():
    table = cues.shipped()
    assert len(table.bias) == len(KINDS)
    assert {len(weights) for weights in table.weights.values()} == {len(KINDS)}


def test_shares_add_up_to_one():
    text = "Le portail grince et le gardien soupire"
    found = cues.shares(text, see(text, Context()), "fr")
    assert tuple(found) == KINDS
    assert sum(found.values()) == pytest.approx(1.0)


def test_a_long_word_is_known_by_its_beginning():
    assert cues.names_of("remboursement", "fr") == ("fr remboursement", "fr rembo*")
    assert cues.names_of("pain", "fr") == ("fr pain",)


def test_words_that_decide_without_a_phrase_of_the_lexicon_are_shown():
    decided = [
        (p.text, judge(p.text)) for p in posts() if not any(e.argues for e in see(p.text, Context()).reading.evidence)
    ]
    shown = Counter()
    for text, verdict in decided:
        for reason in verdict.reasons:
            assert reason.words == text[reason.start : reason.end]
            if reason.rule.startswith(CUES):
                assert reason.argues_for == verdict.kind != "other"
                shown[verdict.kind] += 1
    assert shown["complaint"] > 0


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "other"])
def test_the_lexicon_of_an_organisation_decides_over_the_cues(kind):
    text = "La cuve 12 fume encore"
    assert judge(text).kind == "other"
    assert judge(text, Context(terms=(Term(kind, "cuve"),))).kind == kind


def test_a_language_the_judge_can_not_read_is_left_to_a_person():
    verdict = judge("Un texto largo en castellano sobre el tiempo que hace en Madrid esta semana")
    assert (verdict.kind, verdict.needs_human) == ("other", True)
    assert not [r for r in verdict.reasons if r.rule.startswith(CUES)]


def test_a_word_met_once_is_no_cue():
    rows = [{"en boiler": 1.0, "en leaks": 1.0}, {"en boiler": 1.0}]
    assert set(vocabulary(rows)) - set(names()) == {"en boiler"}


def test_the_same_texts_teach_the_same_table(capsys):
    examples = read(SMALL, "en")
    first, second = (written(*learn(examples), examples=4) for _ in range(2))
    assert first == second
    assert '"en boiler"' in first
    assert '"en leaks"' not in first
    capsys.readouterr()
