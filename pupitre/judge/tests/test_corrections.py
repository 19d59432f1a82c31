"""What people decided: at once on the text, later in the head, never at the price of the rest."""

from functools import lru_cache

import numpy as np
import pytest

from pupitre.judge.corrections import corrected, nearest_correction, refit
from pupitre.judge.engine import judge
from pupitre.judge.head import Examples, Head, blank, chances, dump, fit, load, shipped
from pupitre.judge.training.corpus import BadCorpus, corpus, read
from pupitre.judge.training.fit import centres, sheet, table, vectors
from pupitre.judge.verdict import KINDS, Context, Correction


def test_the_latest_correction_of_the_same_words_wins():
    old, new = Correction("C'est frais.", "complaint"), Correction("c’est FRAIS !", "praise")
    assert nearest_correction("C'est frais", [old, new]) == new


def test_without_a_vector_another_text_is_not_corrected():
    assert nearest_correction("autre chose", [Correction("C'est frais.", "praise", (1.0, 0.0))]) is None


@pytest.mark.parametrize(("vector", "expected"), [((1.0, 0.1), "praise"), ((0.0, 1.0), None)])
def test_the_nearest_meaning(vector, expected):
    known = [Correction("a", "praise", (1.0, 0.0)), Correction("b", "job", (-1.0, 0.0))]
    found = nearest_correction("texte", known, vector=vector, centre=(0.0, 0.0))
    assert (found.kind if found else None) == expected


def test_a_corrected_verdict_keeps_what_the_judge_thought():
    text = "Vos prix, quelle poésie."
    before = judge(text)
    after = corrected(before, text, Correction(text, "complaint"))
    assert (after.kind, after.second_kind, after.polarity, after.confidence) == ("complaint", before.kind, "neg", 1.0)
    assert (after.reasons[0].rule, after.reasons[0].words) == ("corrected", text)


def test_the_rules_engine_obeys_corrections_too():
    context = Context(corrections=(Correction("Vos prix, quelle poésie.", "complaint"),))
    assert judge("vos prix quelle poésie", context).kind == "complaint"


@lru_cache(maxsize=1)
def small() -> tuple[Head, Examples, Examples]:
    """A head fitted on a third of the texts, its table, and a guard that shares no text with it."""
    texts = corpus()
    learnt, guard = texts[::3], texts[1::12]
    middle = centres(learnt, vectors(learnt))
    prepared, watched = table(learnt, vectors(learnt), middle), table(guard, vectors(guard), middle)
    width = prepared.rows.shape[1]
    return fit(prepared, blank(width, middle, sheet(learnt)), ridge=0.01, steps=150), prepared, watched


def test_refit_learns_corrections_when_the_guard_does_not_lose():
    head, prepared, guard = small()
    found = refit(head, prepared, guard=guard)
    assert found.accepted == (found.after >= found.before)
    if found.accepted:
        assert found.head is not head


def test_refit_refuses_corrections_that_unlearn():
    head, prepared, guard = small()
    rng = np.random.default_rng(5)
    noise = Examples(prepared.rows, rng.permutation(prepared.kinds))
    found = refit(head, noise, guard=guard)
    assert not found.accepted
    assert found.head is head
    assert found.after < found.before


def test_fit_agrees_with_a_reference():
    linear = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(270, 6)).astype(np.float32)
    kinds = np.argmax(rows @ rng.normal(size=(6, 9)) + rng.normal(size=(270, 9)), axis=1)
    ours = fit(Examples(rows, kinds), blank(6, {}, {}), ridge=0.02, steps=4000)
    counts = np.bincount(kinds, minlength=9)
    weights = 1.0 / ((counts > 0).sum() * counts[kinds])
    reference = linear.LogisticRegression(C=1 / 0.02, max_iter=5000, tol=1e-8).fit(rows, kinds, sample_weight=weights)
    expected = np.zeros((270, 9))
    expected[:, reference.classes_] = reference.predict_proba(rows)
    assert np.abs(chances(ours, rows) - expected).max() < 0.02


def test_a_head_survives_its_file():
    head = shipped()
    assert head is not None
    again = load(dump(head))
    assert again.sheet == head.sheet
    assert np.array_equal(again.weights, head.weights)
    assert set(again.centres) == {"fr", "en"}


def test_the_sheet_says_where_the_head_comes_from():
    head = shipped()
    assert head is not None
    counted = head.sheet["examples"]
    assert isinstance(counted, dict)
    assert sum(counted.values()) == len(corpus()) >= 1200
    assert {name.split()[1] for name in counted} == set(KINDS)


def test_training_texts_are_different_from_each_other():
    texts = [(e.language, e.text) for e in corpus()]
    assert len(texts) == len(set(texts))


def test_a_heading_that_is_no_kind_is_refused():
    with pytest.raises(BadCorpus, match="ragots"):
        read("[ragots]\nune ligne", "fr")
