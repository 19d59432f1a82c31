"""The rules engine on the pitfalls of short posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.judge.engine import judge
from pupitre.judge.verdict import KINDS, POLARITY_OF, Context, Term

KIND = [
    # idioms and negations
    ("pas mal votre nouvelle carte", "praise"),
    ("pas terrible votre nouvelle carte", "complaint"),
    ("rien à redire", "praise"),
    ("pas un souci en six ans", "praise"),
    ("on n'est pas déçus du voyage", "praise"),
    ("je ne recommande pas cette adresse", "complaint"),
    ("je recommande cette adresse", "praise"),
    ("ce n'est vraiment pas bon", "complaint"),
    ("je n'ai jamais mangé d'aussi bon pain", "praise"),
    ("not bad at all", "praise"),
    ("can't fault them", "praise"),
    ("the soup was not good", "complaint"),
    ("never had a better evening, thank you all", "praise"),
    ("I would not recommend this place", "complaint"),
    # slang that flips
    ("vos croissants c'est une tuerie", "praise"),
    ("trop stylé le concert", "praise"),
    ("un truc de ouf ce festival", "praise"),
    ("trop relou votre appli", "complaint"),
    ("this track slaps", "praise"),
    ("your app sucks", "complaint"),
    # texting
    ("c nul", "complaint"),
    ("cc vs etes ouvert dimanche", "question"),
    ("jattends tjrs ma cmd", "complaint"),
    ("u r the best", "praise"),
    ("nuuuuul", "complaint"),
    ("sooo goood", "praise"),
    # insults, bare and censored; a fault said plainly is no abuse
    ("c'est de la m€rde", "complaint"),
    ("sale c*nnard va", "abuse"),
    ("bande d'abrutis", "abuse"),
    ("f**k you and your shop", "abuse"),
    ("you are a bunch of m0rons", "abuse"),
    ("Le frein de mon vélo a cassé au bout de deux jours", "complaint"),
    ("The handle broke after two days", "complaint"),
    # words inside words, and words with two lives
    ("La technique du chef est connue", "other"),
    ("merci de me contacter au plus vite", "contact"),
    ("merci de bien vouloir me rappeler", "contact"),
    ("mort de rire cette vidéo", "other"),
    ("un ouvrier est mort sur le chantier", "crisis"),
    ("morte de faim ce midi", "other"),
    ("je crève de chaud", "other"),
    ("un toast à l'avocat", "other"),
    ("mon avocat prend contact avec vous demain", "crisis"),
    ("dying to try it", "praise"),
    ("two people died in your hotel", "crisis"),
    ("fire drill at ten", "other"),
    ("your warehouse is on fire", "crisis"),
    # hashtags
    ("#BoycottLesNuls", "crisis"),
    ("#ServiceNul", "complaint"),
    # their own lateness is no fault of ours
    ("Merci d'avoir gardé mes deux pains malgré mon retard", "praise"),
    ("Thanks for waiting although I was late", "praise"),
    ("Mon train a encore du retard", "complaint"),
    # the other kinds
    ("Vous recrutez des saisonniers ?", "job"),
    ("Is the apprenticeship still open?", "job"),
    ("À quelle heure ouvrez-vous ?", "question"),
    ("Do you deliver to Ireland?", "question"),
    ("We'd love to discuss a partnership with your team", "contact"),
    ("Gagnez 500 € par jour, cliquez ici http://x.example", "spam"),
    ("Get 5000 followers, link in bio", "spam"),
    ("Deux enfants intoxiqués après la cantine", "crisis"),
    ("Vos données clients sont en vente, énorme fuite de données", "crisis"),
    ("There was a data breach and my passport is online", "crisis"),
    ("Le concert commence à 20 h", "other"),
]


@pytest.mark.parametrize(("text", "kind"), KIND)
def test_kind(text, kind):
    assert judge(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Bravo, troisième panne de la semaine",
        "Merci pour le retard, encore une réunion de manquée",
        "Génial, encore en panne",
        "Well done, third outage this week",
        "Thanks for the delay, lovely start to the day",
    ],
)
def test_praise_beside_an_incident_is_a_complaint_that_may_be_ironic(text):
    verdict = judge(text)
    assert (verdict.kind, verdict.polarity) == ("complaint", "neg")
    assert "sarcasm_possible" in verdict.flags
    assert verdict.needs_human


@pytest.mark.parametrize(
    "text",
    [
        "Bravo pour votre réactivité après la panne, tout est réparé",
        "Merci aux équipes qui ont réparé la panne cette nuit",
        "Thanks for fixing the outage so quickly",
        "Super restaurant mais service trop lent",
    ],
)
def test_thanks_for_a_repair_and_mixed_opinions_are_not_irony(text):
    assert "sarcasm_possible" not in judge(text).flags


def test_a_complaint_that_asks_keeps_both_labels():
    verdict = judge("Pourquoi ma commande n'est toujours pas arrivée ?")
    assert (verdict.kind, verdict.second_kind, verdict.polarity) == ("complaint", "question", "neg")


def test_mixed_opinion_is_flagged():
    verdict = judge("Super restaurant mais service trop lent")
    assert (verdict.kind, verdict.second_kind) == ("complaint", "praise")
    assert "mixed" in verdict.flags


@pytest.mark.parametrize("text", ["😡😡😡", "😍", "👍👍", "🔥", "💩"])
def test_an_emoji_alone_decides_nothing(text):
    verdict = judge(text)
    assert (verdict.kind, verdict.polarity, verdict.reasons) == ("other", "neu", ())
    assert verdict.needs_human


@pytest.mark.parametrize("brand", ["Orange", "Free", "Boulanger"])
def test_a_brand_that_is_a_word_says_nothing(brand):
    verdict = judge(f"{brand} gift", Context(names=("gift", brand), language="en"))
    assert verdict.reasons == ()


def test_a_brand_is_known_by_its_capital():
    text = "Free gift card giveaway, claim now"
    assert judge(text).kind == "spam"
    assert [r.words for r in judge(text, Context(names=("Free",))).reasons if "Free" in r.words] == []


def test_a_short_text_keeps_the_language_of_its_thread():
    assert judge("Super !", Context(language="en")).language == "en"
    assert judge("Super !", Context(language="fr")).language == "fr"
    assert "short" in judge("Super !").flags


def test_reasons_point_into_the_original_text():
    text = "Œuvre ratée… #ServiceNul 😡 et l’appli est EN PANNE"
    found = {(r.words, r.argues_for) for r in judge(text).reasons}
    assert ("EN PANNE", "complaint") in found
    assert ("Nul", "complaint") in found


def test_an_organisation_adds_its_terms():
    text = "La cuve 12 fume encore"
    assert judge(text).kind == "other"
    verdict = judge(text, Context(terms=(Term("crisis", "cuve _ fume*"),)))
    assert verdict.kind == "crisis"
    assert [(r.rule, r.words) for r in verdict.reasons] == [("own.crisis", "cuve 12 fume")]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Mon fils est à l'hôpital après votre plat", "health"),
        ("Je vais porter plainte", "legal"),
        ("Encore une panne", "incident"),
        ("Fuite de données chez vous", "data"),
        ("APPELEZ MOI MAINTENANT SVP MERCI", "shouting"),
        ("Appelez-moi au 06 12 34 56 78", "personal_data"),
        ("je sais où tu habites", "threat"),
        ("Un texto largo en castellano sobre el tiempo que hace en Madrid esta semana", "unsupported_language"),
    ],
)
def test_flags(text, flag):
    assert flag in judge(text).flags


def test_low_confidence_asks_for_a_person():
    verdict = judge("On en reparle demain avec les autres du groupe")
    assert verdict.kind == "other"
    assert verdict.needs_human
    assert verdict.confidence < 0.55


@given(st.text(max_size=300))
def test_any_text_gets_a_well_formed_verdict(text):
    verdict = judge(text)
    assert verdict.kind in KINDS
    assert verdict.second_kind != verdict.kind
    assert 0 <= verdict.confidence <= 1
    assert all(0 <= r.start < r.end <= len(text) and text[r.start : r.end] == r.words for r in verdict.reasons)


@given(st.sampled_from([text for text, _ in KIND]))
def test_capitals_and_the_shape_of_apostrophes_do_not_change_the_kind(text):
    expected = judge(text, Context(language="fr")).kind
    assert judge(text.replace("'", "’"), Context(language="fr")).kind == expected


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_polarity(kind):
    assert POLARITY_OF[kind] in ("neg", "neu", "pos")
