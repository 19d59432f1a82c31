"""The local engine: its floors on posts kept aside, without any socket, and what it does when a part is missing."""

import socket
from pathlib import Path

import numpy as np
import pytest

from pupitre.judge import local
from pupitre.judge.corrections import nearest_correction
from pupitre.judge.embedding import default_embedder
from pupitre.judge.engine import judge
from pupitre.judge.head import shipped
from pupitre.judge.measures import macro_f1, recall
from pupitre.judge.rules import see
from pupitre.judge.tests.heldout_posts import KeptVectors, posts, verdicts
from pupitre.judge.tests.test_rules import KIND
from pupitre.judge.training.corpus import corpus
from pupitre.judge.verdict import POLARITY_OF, Context, Correction


def test_language_is_right_on_posts_kept_aside():
    spoken = [(p.language, v.language) for p, v in zip(posts(), verdicts(), strict=True) if v.language != "und"]
    assert len(spoken) >= 230
    assert sum(a == b for a, b in spoken) / len(spoken) >= 0.99


@pytest.mark.parametrize("language", ["fr", "en"])
def test_kind_reaches_its_floor(language):
    pairs = [(p.kind, v.kind) for p, v in zip(posts(), verdicts(), strict=True) if p.language == language]
    assert macro_f1([r for r, _ in pairs], [g for _, g in pairs]) >= 0.75


def test_kind_over_both_languages():
    assert macro_f1([p.kind for p in posts()], [v.kind for v in verdicts()]) >= 0.80


def test_a_crisis_is_seen_or_flagged():
    pairs = list(zip(posts(), verdicts(), strict=True))
    crises = [v for p, v in pairs if p.kind == "crisis"]
    seen = [v for v in crises if v.kind == "crisis" or "crisis_possible" in v.flags]
    assert len(seen) / len(crises) >= 0.90
    calm = [v for p, v in pairs if p.kind in ("other", "question", "job", "contact", "praise")]
    assert sum(v.kind == "crisis" for v in calm) / len(calm) <= 0.02


def test_polarity_follows_the_kind_most_of_the_time():
    wanted = [POLARITY_OF[p.kind] for p in posts()]
    assert macro_f1(wanted, [v.polarity for v in verdicts()]) >= 0.80


def test_ordinary_life_raises_no_crisis():
    folder = Path(__file__).parent / "neutral"
    texts = [t for name in ("fr.txt", "en.txt") for t in (folder / name).read_text("utf-8").splitlines()]
    alarmed = [text for text in texts if judge(text, engine="local").kind == "crisis"]
    assert len(alarmed) * 1000 <= 20 * len(texts)


def test_recall_of_abuse():
    assert recall([p.kind for p in posts()], [v.kind for v in verdicts()], "abuse") >= 0.80


def test_no_post_kept_aside_is_a_training_text():
    assert not {p.text for p in posts()} & {e.text for e in corpus()}


def test_kept_vectors_are_those_of_the_model():
    model = default_embedder()
    if model is None:
        pytest.skip("the embedding package is not installed")
    sample = [p.text for p in posts()[::60]]
    assert np.allclose(KeptVectors().embed(sample), model.embed(sample), atol=2e-3)


def test_it_works_with_every_socket_blocked(monkeypatch):
    def refused(*args, **kwargs):
        raise AssertionError("the judge opened a socket")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    verdict = judge("La panne dure depuis trois jours et personne ne répond.", engine="local")
    assert (verdict.kind, verdict.polarity, verdict.language) == ("complaint", "neg", "fr")


def test_without_the_model_the_rules_answer_and_say_so(monkeypatch):
    monkeypatch.setattr(local, "default_embedder", lambda: None)
    local._known.cache_clear()
    verdict = judge("Vous recrutez des saisonniers ?", engine="local")
    local._known.cache_clear()
    assert verdict.kind == "job"
    assert verdict.engine == "rules"
    assert verdict.flags == ("rules_only",)


def test_a_verdict_always_gives_a_reason_for_its_kind():
    for post, verdict in zip(posts(), verdicts(), strict=True):
        assert any(r.argues_for == verdict.kind for r in verdict.reasons), post.text
        assert all(post.text[r.start : r.end] == r.words for r in verdict.reasons)


def test_the_verdict_names_its_head():
    head = shipped()
    assert head is not None
    assert {v.head for v in verdicts()} == {head.version}
    assert head.version.endswith(f"-{len(corpus())}")


def test_a_correction_acts_at_once_on_the_text_and_on_a_near_one():
    text = "Le tiramisu de ce midi, comment dire, un souvenir impérissable."
    near = "Le tiramisu de ce midi, comment dire... un souvenir impérissable !!"
    other = "Vous livrez en Corse ?"
    context = Context(corrections=(Correction(text, "complaint", local.vector_of(text)),))
    assert judge(text, context, engine="local").kind == "complaint"
    assert judge(near, context, engine="local").reasons[0].rule == "corrected"
    assert judge(other, context, engine="local").kind == "question"


def test_near_in_meaning_but_not_in_words():
    seen = see("bonjour", Context(language="fr"))
    text, near, far = (
        "Le colis n'est pas arrivé.",
        "Le colis n'est jamais arrivé.",
        "La fête était magnifique hier soir.",
    )
    correction = Correction(text, "other", local.vector_of(text))
    for other, expected in ((near, correction), (far, None)):
        meaning = local.meaning(other, seen)
        assert meaning is not None
        assert nearest_correction(other, [correction], vector=meaning[0], centre=meaning[1], near=0.8) == expected


def test_the_pitfalls_of_short_posts_hold_here_too():
    wrong = [text for text, kind in KIND if judge(text, engine="local").kind != kind]
    assert len(wrong) <= 2, wrong
