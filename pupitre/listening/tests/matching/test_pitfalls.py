"""What deceives a watch in French: each line is a trap others fall into."""

import pytest

from pupitre.listening.matching.matcher import Matcher
from pupitre.listening.matching.posts import Post
from pupitre.listening.matching.variants import with_variants


def shown(query, text, **about):
    """The pieces of text that made the query match, or None."""
    matcher = Matcher()
    matcher.add("q", query)
    found = matcher.match(Post(text, **about))
    return [text[start:end] for start, end in found[0].spans] if found else None


@pytest.mark.parametrize(
    ("query", "text", "pieces"),
    [
        # apostrophes and elisions
        ("orange", "d’Orange", ["Orange"]),
        ("orange", "d'orange", ["orange"]),
        ("orange", "qu\u02bcOrange dit", ["Orange"]),
        ("orange", "dOrange", None),
        ("L'Oréal", "chez L’OREAL Paris", ["L’OREAL"]),
        ("L'Oréal", "#LOréal", ["#LOréal"]),
        ("L'Oréal", "#loreal", ["#loreal"]),
        ("L'Oréal", "LOréal", None),
        # hyphens
        ("Coca-Cola", "Coca Cola, Coca\u2011Cola, COCA-COLA", ["Coca Cola", "Coca\u2011Cola", "COCA-COLA"]),
        ("coca cola", "du cola et du coca", ["cola", "coca"]),
        ('"coca cola"', "du cola et du coca", None),
        ("orange", "Oran\u00adge", ["Oran\u00adge"]),
        # hashtags
        ('"banque populaire"', "ma #BanquePopulaire", ["#BanquePopulaire"]),
        ('"la banque"', "la #BanquePopulaire", ["la #Banque"]),
        ("#banquepopulaire", "ma #BanquePopulaire", ["#BanquePopulaire"]),
        ("#banquepopulaire", "ma banque populaire", None),
        ("banquepopulaire", "ma #BanquePopulaire", ["#BanquePopulaire"]),
        ("iphone", "#iPhone15", ["iPhone"]),
        ("sncf", "#SNCFConnect", ["SNCF"]),
        ("#banq*", "vive #BanquePopulaire", ["#BanquePopulaire"]),
        # handles
        ("orange", "@orange_fan83 bonjour", None),
        ("@orange_fan83", "@Orange_Fan83 bonjour", ["@Orange_Fan83"]),
        ("@orange", "@orange@piaille.fr bonjour", ["@orange@piaille.fr"]),
        ("@orange.bsky.social", "vu chez @orange.bsky.social.", ["@orange.bsky.social"]),
        ("orange", "contact@orange.fr", ["orange"]),
        ("@orange", "contact@orange.fr", None),
        # composed, spaced, styled
        ("été", "e\u0301te\u0301 2026", ["e\u0301te\u0301"]),
        ("panne", "Une panne\u202f!", ["panne"]),
        ("free", "𝐅𝐫𝐞𝐞 mobile", ["𝐅𝐫𝐞𝐞"]),
        # emoji
        ("orange", "🌊Orange🌊", ["Orange"]),
        ("👍", "bravo 👍🏽", ["👍🏽"]),
        ("👍🏽", "bravo 👍", None),
        ("👩", "👩‍💻 au travail", None),
        ("👩‍💻", "👩‍💻 au travail", ["👩‍💻"]),
        ("🇫🇷", "allez 🇫🇷🇪🇺", ["🇫🇷"]),
        # ligatures
        ("cœur", "COEUR et cœur", ["COEUR", "cœur"]),
        # accents and case that carry meaning
        ("{Sénat}", "le senat", None),
        ("{Sénat}", "le Sénat", ["Sénat"]),
        ("{Free}", "free parking", None),
        ("{Free}", "chez Free", ["Free"]),
        ("{Free}", "PANNE CHEZ FREE @bob https://t.co/a", ["FREE"]),
        ("{L'Oréal}", "L’Oréal", ["L’Oréal"]),
        ("marché", "il marche", ["marche"]),
        # links
        ("orange", "voir https://x.fr/?q=orange", None),
        ("url:orange.fr", "voir https://boutique.orange.fr/x?y#z.", ["https://boutique.orange.fr/x?y#z."]),
        ("url:orange.fr/x", "voir https://www.orange.fr/xyz", None),
        ("url:orange.fr", "voir https://notorange.fr", None),
        # order and distance
        ("panne NEAR/1 orange", "orange est en panne", None),
        ("panne NEAR/2 orange", "orange est en panne", ["orange", "panne"]),
        ("panne ONEAR/2 orange", "orange est en panne", None),
        ('"orange panne"~2', "panne chez les orange", ["panne", "orange"]),
        ('"orange panne"~1', "panne chez les orange", None),
        ("orange NEAR/3 orange", "orange", None),
        ('panne PROCHE/2 (sfr OU "orange bleue")', "Orange bleue en panne", ["Orange bleue", "panne"]),
        ('"orange panne"', "Orange. Panne.", ["Orange. Panne"]),
        # exclusion
        ("orange -jus", "un jus d’orange", None),
        ("orange SAUF (jus OU fruit)", "Orange en panne", ["Orange"]),
        ("assur*", "mon assureur", ["assureur"]),
    ],
)
def test_pitfalls(query, text, pieces):
    assert shown(query, text) == pieces


@pytest.mark.parametrize("text", ["Coca-Cola", "Coca Cola", "CocaCola", "#CocaCola", "#cocacola", "COCACOLA"])
def test_accepted_variants_make_the_spellings_of_a_name_one(text):
    assert shown(with_variants("Coca-Cola"), text) == [text]


@pytest.mark.parametrize("text", ["L’Oréal", "LOréal", "#Loreal", "l'oreal"])
def test_the_nine_lives_of_an_elided_name(text):
    assert shown(with_variants("L'Oréal"), text) == [text]


@pytest.mark.parametrize(
    ("query", "about", "holds"),
    [
        ("author:bob", {"author": "@Bob"}, True),
        ("author:bob", {"author": "bob@ete.fr"}, True),
        ("author:bob@ete.fr", {"author": "bob@piaille.fr"}, False),
        ("site:lemonde.fr", {"url": "https://www.lemonde.fr/a"}, True),
        ("site:lemonde.fr", {"url": "https://lemonde.fr.example.org/a"}, False),
        ("url:orange.fr", {"links": ("https://orange.fr",)}, True),
        ("panne lang:fr", {"lang": "fr-CA"}, True),
        ("panne lang:fr,en", {"lang": "en"}, True),
        ("panne lang:fr", {}, False),
        ("panne network:Bluesky", {"network": "bluesky"}, True),
        ("panne country:FR", {"country": "fr"}, True),
        ("panne followers:>1000", {"followers": 1001}, True),
        ("panne followers:>1000", {"followers": 1000}, False),
        ("panne followers:>=1000", {"followers": 1000}, True),
        ("panne followers:<10", {}, False),
        ("panne abonnes:<=10", {"followers": 10}, True),
        ("panne engagement:=3", {"engagement": 3}, True),
        ("panne is:repost", {"is_repost": True}, True),
        ("panne -is:repost", {"is_repost": True}, False),
        ("panne est:réponse", {"is_reply": True}, True),
    ],
)
def test_filters(query, about, holds):
    assert (shown(query, "panne", **about) is not None) == holds
