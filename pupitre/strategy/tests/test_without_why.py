"""Without a why, nothing opens: the base, the listening, and the reason that is missing."""

from __future__ import annotations

import pytest

from pupitre.strategy.tests.deducing import RANKED, RETIRED, deduced, gates, ids, read

NAIVE = {
    "poster ce que publie le blog": "G0",
    "repeat on social media whatever our blog publishes": "G0",
    "les concurrents y sont": "G6",
    "our competitors are there": "G6",
    "être sur les 4 plus connus": "G6",
    "avoir 10 000 abonnés": "G0",
    "get 10,000 followers": "G0",
    "juste être trouvé": "G0",
    "just to be found": "G0",
    "être présent": "G0",
    "c'est la mode": "G6",
    "le patron le veut": "G6",
}
SHAPES = (
    "pourquoi: {reason}\n",
    "why:\n  what for: {reason}\n",
    "objectifs:\n  - {{type: notoriété, changement: {reason}, public: habitants, date: 2027-05-01}}\n",
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("reason", "gate"), NAIVE.items())
def test_a_naive_reason_opens_nothing_however_it_is_written(shape: str, reason: str, gate: str) -> None:
    found = deduced(read("secteur: commerce\n" + shape.format(reason=f'"{reason}"') + "moyens: {heures: 20}\n"))

    assert ids(found, "open") | ids(found, "experiment") == set()
    assert {g for p, g in gates(found).items() if p not in RETIRED} == {gate}
    assert "why-missing" in found.warnings


@pytest.mark.parametrize("reason", ["juste être trouvé", "just to be found"])
def test_being_found_is_the_work_of_listings(reason: str) -> None:
    found = deduced(read(f"secteur: commerce\npourquoi: {reason}\n"))
    assert ids(found, "base") >= {"google_business", "other_listings", "blog"}


def test_a_typed_purpose_of_being_found_is_redirected_even_when_complete() -> None:
    text = """
secteur: artisan
objectifs:
  - {type: être trouvé, changement: 30 appels par mois au lieu de 12, public: habitants, date: 2027-05-01}
moyens: {heures: 8}
"""
    found = deduced(read(text))
    assert (ids(found, "open"), ids(found, "base") >= {"google_business", "other_listings"}) == (set(), True)


def test_reasons_typed_as_imitation_and_fashion_alone_refuse_a_complete_objective() -> None:
    text = """
motifs: [imitation, mode]
objectifs:
  - {type: notoriété, changement: doubler les visites en boutique, public: habitants, date: 2027-05-01}
moyens: {heures: 10}
"""
    found = deduced(read(text))
    assert {g for p, g in gates(found).items() if p in RANKED} == {"G6"}


def test_imitation_beside_a_customer_need_does_not_refuse() -> None:
    text = """
motifs: [imitation, besoin client]
objectifs:
  - {type: ventes locales, changement: 20 commandes de plus le vendredi, public: habitants, date: 2027-05-01}
moyens: {heures: 10, savoir-faire: {photos: bon}, répondants: 2}
"""
    assert ids(deduced(read(text)), "open") != set()


@pytest.mark.parametrize(
    ("without", "missing"),
    [("changement", "le changement voulu"), ("public", "le public"), ("date", "la date")],
)
def test_the_refusal_names_what_the_objective_lacks(without: str, missing: str) -> None:
    from pupitre.strategy.tests.deducing import told

    parts = {
        "type": "ventes locales",
        "changement": "20 commandes de plus",
        "public": "habitants",
        "date": "2027-05-01",
    }
    written = ", ".join(f"{k}: {v}" for k, v in parts.items() if k != without)
    answer = told(deduced(read(f"objectifs:\n  - {{{written}}}\n")))

    assert {p["gate"] for p in answer["refused"] if p["platform"] in RANKED} == {"G0"}
    assert missing in answer["refused"][0]["reason"]


def test_an_empty_organisation_listens_and_keeps_its_site() -> None:
    found = deduced(read("nom: Essai\n"))
    assert (ids(found, "base"), ids(found, "open"), "forums" in ids(found, "listen")) == ({"blog"}, set(), True)
