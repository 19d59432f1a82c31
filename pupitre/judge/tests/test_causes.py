"""Messages of one cause meet, others stay apart."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.causes import same_cause

GRANOLA = [
    "Le granola noisette a un goût de moisi",
    "Goût de moisi dans mon paquet de granola",
    "granola noisette immangeable, moisi",
    "Encore un sachet de granola moisi, le lot 12",
    "Votre granola sent le moisi, remboursez",
    "Même souci, granola noisette moisi à l'ouverture",
    "J'ai jeté tout le granola, goût horrible de moisi",
    "Moisi ! Le granola acheté hier est moisi",
    "Le granola noisette du lot 12 est moisi",
    "Granola moisi chez nous aussi",
    "Paquet de granola noisette ouvert ce matin : moisi",
    "mon fils a recraché le granola, il est moisi",
]
PAYMENT = [
    "Impossible de payer, la page de paiement tourne dans le vide",
    "Le paiement échoue depuis midi",
    "paiement refusé trois fois sur la page",
]
ALONE = ["Le vendeur de Quimper était désagréable"]


def test_twelve_complaints_on_one_product_are_one_cause():
    (cause,) = same_cause(GRANOLA)
    assert cause.members == tuple(range(12))
    assert {"granol", "moisi"} <= set(cause.words)


def test_other_causes_stay_apart():
    causes = same_cause(GRANOLA + PAYMENT + ALONE)
    assert [c.members for c in causes] == [tuple(range(12)), (12, 13, 14), (15,)]


def test_the_order_mixes_nothing():
    labelled = [(t, "g") for t in GRANOLA] + [(t, "p") for t in PAYMENT] + [(t, "a") for t in ALONE]
    random.Random(3).shuffle(labelled)
    for cause in same_cause([text for text, _ in labelled]):
        assert len({labelled[i][1] for i in cause.members}) == 1


def test_english():
    causes = same_cause(["The app logs me out every minute", "logged out of the app again", "Parcel came damaged"])
    assert [c.members for c in causes] == [(0, 1), (2,)]


def test_thanks_have_no_common_cause_with_complaints():
    assert len(same_cause(["Merci beaucoup !", "Le granola est moisi"])) == 2


@given(st.lists(st.sampled_from([*GRANOLA, *PAYMENT, *ALONE, "", "😀"]), max_size=12))
def test_every_message_is_in_exactly_one_group(texts):
    members = sorted(i for cause in same_cause(texts) for i in cause.members)
    assert members == list(range(len(texts)))
    assert same_cause(texts) == same_cause(texts)
