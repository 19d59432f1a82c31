"""What the trial page learns from keep and drop; copies told from coincidences."""

import random

from pupitre.listening.matching.duplicates import band_keys, likeness, signature, text_key
from pupitre.listening.matching.parser import parse
from pupitre.listening.matching.suggest import NotTerm, suggest_not_terms

KEPT = [
    "Panne chez Orange ce matin",
    "Orange ne répond pas, service nul",
    "Merci Orange pour la box",
    "Orange et le prix",
]
DROPPED = [
    "Un jus d’orange bien frais",
    "Jus d'orange et croissant",
    "Ce jus, quel goût d'orange",
    "Robe orange très jolie",
    "Une robe orange pour ce soir",
    "Le prix du jus",
]


def test_words_of_the_dropped_posts_are_proposed_best_first_each_on_what_is_left():
    assert suggest_not_terms(KEPT, DROPPED, query=parse("orange")) == [NotTerm("jus", 4, 0), NotTerm("robe", 2, 0)]


def test_a_word_as_frequent_among_the_kept_is_not_proposed():
    assert suggest_not_terms(["panne jus"] * 4, ["panne jus"] * 4) == []
    assert suggest_not_terms(KEPT, []) == []
    assert suggest_not_terms([], ["seul"]) == []


def test_words_of_the_query_are_never_proposed():
    dropped = ["Coca-Cola zéro sucre"] * 3
    tokens = {term.token for term in suggest_not_terms([], dropped, query=parse("coca-cola"), limit=10)}
    assert tokens == {"sucre"} or tokens == {"zero"}


def test_the_key_ignores_case_accents_links_and_signs():
    assert text_key("L’été arrive ! https://a.fr/1") == text_key("l'ETE arrive... https://b.fr/2")
    assert text_key("l'été arrive") != text_key("l'été arrive tard")


def test_likeness_estimates_the_share_of_common_runs():
    rng = random.Random(3)
    words = [f"mot{rank}" for rank in range(500)]
    for _ in range(30):
        text = rng.choices(words, k=60)
        changed = [rng.choice(words) if rng.random() < 0.05 else word for word in text]
        runs = [{tuple(side[at : at + 3]) for at in range(58)} for side in (text, changed)]
        true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        assert abs(likeness(signature(" ".join(text)), signature(" ".join(changed))) - true) < 0.25


def test_copies_share_a_band_and_strangers_do_not():
    rng = random.Random(4)
    words = [f"mot{rank}" for rank in range(2000)]
    texts = [" ".join(rng.choices(words, k=30)) for _ in range(60)]
    keys = [set(band_keys(signature(text))) for text in texts]
    copies = [set(band_keys(signature(f"RT {text} https://x.fr"))) for text in texts]
    shared = [[bool(key & copy) for copy in copies] for key in keys]
    assert shared == [[row == column for column in range(60)] for row in range(60)]


def test_a_short_text_has_no_signature():
    assert signature("merci beaucoup à vous") is None
    assert len(signature("merci beaucoup à vous tous ici")) == 64
