"""The tone of a draft reply, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.data import read_data
from pupitre.judge.denial import Fact
from pupitre.judge.tone import Advice, sentence, tone

OUTAGES = [
    "Plus de réseau depuis ce matin à Lille",
    "Panne chez moi aussi, impossible de travailler",
    "toujours en panne, c'est inadmissible",
]


def faults(draft, language="fr", **known):
    return [(a.category, a.words) for a in tone(draft, language=language, **known) if not a.is_duty]


def duties(draft, language="fr", **known):
    return {a.category: a.met for a in tone(draft, language=language, **known) if a.is_duty}


def test_a_denied_outage_is_flagged_where_it_stands_and_more_strongly_when_several_complain():
    draft = "Bonjour, nous ne constatons aucune panne sur le réseau."
    (alone,) = [a for a in tone(draft, language="fr") if a.category == "denial"]
    (crowd,) = [a for a in tone(draft, language="fr", thread=OUTAGES) if a.category == "denial"]
    assert (alone.words, alone.strength, alone.severity) == ("aucune panne", 1, "advice")
    assert draft[crowd.start : crowd.end] == "aucune panne"
    assert (crowd.strength, crowd.severity, crowd.fact) == (3, "advice", "")


def test_a_confirmed_fact_denied_blocks_and_names_the_fact():
    fact = Fact("F1", "Panne du réseau confirmée de 8 h à 11 h", "confirmed")
    (denial,) = [a for a in tone("Aucune panne chez nous.", language="fr", facts=[fact]) if a.category == "denial"]
    assert (denial.severity, denial.strength, denial.fact) == ("block", 3, "F1")


def test_the_oven_that_was_late():
    draft = (
        "Bonjour Marc, merci de me l’écrire ici. Chez nous une commande est toujours prête à l’heure et vous avez "
        "dû mal noter l’horaire. Je suis désolée pour ces vingt minutes. Écrivez-moi votre numéro de commande en "
        "message privé, je regarde."
    )
    thread = ["Commande pas prête à 18 h. Vingt minutes à attendre, personne ne prévient."]
    fact = Fact("four", "Retard du four le 23 novembre, 17 h 20 à 18 h 15", "confirmed")
    assert faults(draft, thread=thread, facts=[fact]) == [
        ("denial", "Chez nous une commande est toujours prête à l’heure"),
        ("blame", "vous avez dû mal noter"),
    ]
    assert duties(draft, thread=thread, facts=[fact]) == {
        "greets": True,
        "names_problem": True,
        "says_next": True,
        "says_when": False,
        "details_private": True,
    }


@pytest.mark.parametrize("status", ["checking", "false"])
def test_what_is_not_confirmed_never_blocks(status):
    facts = [Fact("F", "Panne du réseau", status)]
    assert [
        a.severity for a in tone("Il n'y a aucune panne.", language="fr", facts=facts) if a.severity == "block"
    ] == []


def test_a_false_rumour_may_be_denied():
    rumour = Fact("R", "La boulangerie ferme définitivement", "false")
    assert faults("C'est faux, la boulangerie ne ferme pas.", facts=[rumour]) == []


def test_a_fact_on_another_subject_does_not_block():
    facts = [Fact("F", "Retard de livraison lundi", "confirmed")]
    (denial,) = [a for a in tone("Aucune fuite de données.", language="fr", facts=facts) if a.category == "denial"]
    assert denial.severity == "advice"


FAULTS = [
    ("fr", "Vous avez mal compris.", "blame"),
    ("fr", "Vous auriez dû lire nos conditions.", "blame"),
    ("fr", "C'est de votre faute.", "blame"),
    ("fr", "Nos avocats liront votre commentaire.", "threat"),
    ("fr", "Supprimez votre message.", "threat"),
    ("fr", "Calmez-vous, ce n'est pas grave.", "dismissal"),
    ("fr", "Si vous n'êtes pas content, allez voir ailleurs.", "dismissal"),
    ("fr", "On n'y peut rien.", "dismissal"),
    ("fr", "Vous dites n'importe quoi, menteur.", "insult"),
    ("fr", "Quelle perspicacité, monsieur je-sais-tout.", "sarcasm"),
    ("fr", "Merci pour la leçon 🙄", "sarcasm"),
    ("fr", "NOUS AVONS DÉJÀ RÉPONDU", "shouting"),
    ("fr", "Nous avons répondu !!!", "shouting"),
    ("fr", "Tout fonctionne normalement.", "denial"),
    ("fr", "C'est un cas isolé.", "denial"),
    ("fr", "Contactez notre service client.", "hides_answer"),
    ("en", "You must have misread the time.", "blame"),
    ("en", "It clearly says so on the website.", "blame"),
    ("en", "Our lawyers will be in touch.", "threat"),
    ("en", "Delete your comment now.", "threat"),
    ("en", "Calm down, it is not a big deal.", "dismissal"),
    ("en", "There is nothing we can do.", "dismissal"),
    ("en", "You are a liar.", "insult"),
    ("en", "Thanks for the lecture, Sherlock.", "sarcasm"),
    ("en", "WE ALREADY ANSWERED", "shouting"),
    ("en", "There is no outage.", "denial"),
    ("en", "Everything is working fine.", "denial"),
    ("en", "You are the only one.", "denial"),
    ("en", "Please contact customer service.", "hides_answer"),
]


@pytest.mark.parametrize(("language", "draft", "category"), FAULTS)
def test_faults(language, draft, category):
    found = faults(draft, language)
    assert category in {name for name, _ in found}
    assert all(words in draft for _, words in found)


GOOD = [
    (
        "fr",
        "Bonjour Inès, désolé pour cette panne. Un technicien passe demain avant midi, je vous tiens au courant ici.",
    ),
    ("fr", "Bonjour, vous avez raison, l'attente était trop longue lundi. Nous ouvrons une caisse de plus dès samedi."),
    ("fr", "Bonsoir Paul, merci de nous avoir signalé l'erreur. Nous vous remboursons avant vendredi."),
    ("fr", "Bonjour, pas de souci, nous échangeons la taille. Passez nous voir cette semaine."),
    ("en", "Hello Sam, sorry about the late delivery. We will call you by 4 pm today."),
    (
        "en",
        "Hi Ann, you are right, the soup was cold. We are checking with the kitchen tonight and I will write here.",
    ),
    ("en", "Good morning, thank you for reporting the fault. An engineer comes tomorrow before noon."),
]


@pytest.mark.parametrize(("language", "draft"), GOOD)
def test_a_good_reply_gets_no_fault_and_meets_its_duties(language, draft):
    assert faults(draft, language) == []
    owed = duties(draft, language)
    assert all(owed[duty] for duty in ("greets", "says_next", "says_when"))


@pytest.mark.parametrize(
    ("draft", "duty"),
    [
        ("Désolé pour le retard, nous vous rappelons demain.", "greets"),
        ("Bonjour, nous vous rappelons demain.", "names_problem"),
        ("Bonjour, désolé pour le retard, demain.", "says_next"),
        ("Bonjour, désolé pour le retard, nous vous rappelons.", "says_when"),
    ],
)
def test_a_missing_duty_is_the_only_one_missing(draft, duty):
    owed = duties(draft, thread=["Encore du retard !"])
    assert [name for name, met in owed.items() if not met] == [duty]


def test_details_asked_in_public_without_a_private_way():
    assert duties("Bonjour, donnez-nous votre numéro de commande.")["details_private"] is False
    assert duties("Bonjour, donnez-nous votre numéro de commande en message privé.")["details_private"] is True
    assert "details_private" not in duties("Bonjour, donnez-nous votre numéro de commande.", public=False)


def test_the_persons_number_is_not_repeated_in_public():
    thread = ["Rappelez-moi au 06 12 34 56 78"]
    draft = "Bonjour, nous vous appelons au 06.12.34.56.78 demain."
    assert faults(draft, thread=thread) == [("repeats_personal_data", "06.12.34.56.78")]
    assert faults(draft, thread=thread, public=False) == []


def test_a_quotation_is_someone_elses_voice():
    assert faults("Bonjour, vous écrivez « aucune panne selon vous ». Nous vérifions demain.") == []


def test_a_single_acronym_is_not_shouting():
    assert faults("Bonjour, la SNCF nous confirme le retard. Nous revenons vers vous ce soir.") == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_category_has_its_sentence(language):
    keys = read_data("tone-sentences.yaml")["sentences"]
    assert all(set(entry) == {"fr", "en"} for entry in keys.values())
    for key in keys:
        category = key.split(".")[0]
        severity = "block" if key == "denial.fact" else "advice"
        advice = Advice(category, False, False, 0, 0, "", severity, 3 if key == "denial.repeated" else 1)
        assert sentence(advice, language) == keys[key][language]


@given(st.text(max_size=200), st.sampled_from(["fr", "en", "de"]))
def test_any_draft_gets_spans_inside_it(draft, language):
    for advice in tone(draft, language=language, thread=[draft]):
        assert 0 <= advice.start <= advice.end <= len(draft)
        assert draft[advice.start : advice.end] == advice.words
        assert (advice.severity == "block") == bool(advice.fact)


DOWN = {"fr": OUTAGES, "en": ["The site has been down since this morning", "Outage here too, still down, unacceptable"]}
ALL_IS_WELL = [
    ("fr", "Tout fonctionne normalement."),
    ("fr", "Il n’y a aucun problème."),
    ("fr", "Bonjour, nos services tournent."),
    ("fr", "Le service est opérationnel."),
    ("fr", "Nos équipes ne relèvent rien d’inhabituel."),
    ("fr", "Le réseau va très bien."),
    ("fr", "De notre côté, tout est au vert."),
    ("fr", "Aucune coupure chez nous."),
    ("en", "Everything is up and running."),
    ("en", "Our services are running smoothly."),
    ("en", "We see no outage on our side."),
    ("en", "All systems are operational."),
    ("en", "There is nothing wrong with the network."),
    ("en", "The network is fine."),
    ("en", "All good on our end."),
]
STRAIGHT = [
    ("fr", "Bonjour, oui, nos services sont en panne depuis 8 h. Nous réparons."),
    ("fr", "Le service sera de nouveau opérationnel avant midi."),
    ("fr", "Nous faisons le point dès que tout fonctionne."),
    ("fr", "Vous avez raison, le réseau ne fonctionne pas à Lille."),
    ("fr", "Le réseau est rétabli depuis 11 h, fonctionne-t-il chez vous ?"),
    ("fr", "Nos équipes tournent depuis ce matin pour réparer."),
    ("fr", "Nous vérifions si le service est opérationnel chez vous."),
    ("fr", "Tout n’est pas au vert : une antenne est en panne."),
    ("en", "Yes, the site is down since 8. We are repairing it."),
    ("en", "The service will be operational again by noon."),
    ("en", "We will write here once everything is up and running."),
    ("en", "You are right, the network is not fine."),
    ("en", "Not all systems are operational yet."),
    ("en", "Our team is running tests tonight."),
    ("en", "We are checking whether the network is running at your place."),
]


@pytest.mark.parametrize(("language", "draft"), ALL_IS_WELL)
def test_that_all_is_well_is_a_denial_while_people_say_it_is_down(language, draft):
    denials = [a for a in tone(draft, language=language, thread=DOWN[language]) if a.category == "denial"]
    assert denials
    assert all(draft[a.start : a.end] == a.words for a in denials)


@pytest.mark.parametrize(("language", "draft"), STRAIGHT)
def test_what_is_said_straight_denies_nothing(language, draft):
    assert [a for a in tone(draft, language=language, thread=DOWN[language]) if a.category == "denial"] == []
