"""People around the bakery: who agreed to what, who knows whom, and a request that waits."""

from datetime import date, timedelta

from pupitre.config.demo.house import House
from pupitre.relations.actions.book import colleague, lend_my_ties, take_in_book, tie
from pupitre.relations.actions.chains import answer_request, ask_blind, report, request_introduction, seek
from pupitre.relations.actions.consents import add_person
from pupitre.relations.models import Contact

EVERY = ["be_contacted", "be_introduced", "introduce_others", "appear_in_directory"]
# name, role, employer, place, what she agreed to, how she said so
PEOPLE = (
    ("Paul Vasseur", "meunier", "Moulin de la Semine", "Valserein", EVERY, "Dit au moulin, noté le jour même"),
    ("Odile Renaud", "cheffe de cuisine", "Lycée Saint-Exupéry", "Valserein", EVERY, "Son courriel du 18 juin"),
    ("Malik Sarr", "président", "Amicale du Plateau", "Valserein", EVERY[:3], "Papier signé à la fête du quartier"),
    ("Hélène Grange", "acheteuse", "Cantines du Haut-Bugey", "Oyonnax", EVERY[1:2], "Son message à Paul, transmis"),
    ("Aude Morin", "journaliste", "Gazette de la Valserine", "Valserein", EVERY[:1] + EVERY[3:], "Sa signature en bas"),
)
BOOK = """Nom;Courriel;Entreprise;Fonction;Ville
Hélène Grange;h.grange@cantines.example;Cantines du Haut-Bugey;acheteuse;Oyonnax
Samir Lopez;samir@scierie.example;Scierie Lopez;gérant;Nantua
Béatrice Colomb;;École des Lauriers;directrice;Valserein
"""
WHY = "Proposer notre pain de midi aux cantines."
LETTER = """Bonjour Paul,
Nous aimerions proposer notre pain de midi aux cantines. Je crois que tu connais quelqu’un qui s’occupe des achats.
Si cela ne te gêne pas, veux-tu lui demander si elle accepterait que je lui écrive ? Aucun souci si tu t’abstiens.
Jeanne"""


def meet_neighbours(house: House) -> None:
    """The bakery alone has a network; the other house shows the empty pages."""
    jeanne, karim, lucie = (house.people.get(name) for name in ("Jeanne Levain", "Karim Benali", "Lucie Ferrand"))
    if jeanne is None or karim is None or lucie is None:
        return
    today, known = house.start.date(), {}
    for name, role, employer, place, purposes, proof in PEOPLE:
        known[name] = add_person(
            by=jeanne, name=name, role=role, employer=employer, place=place, purposes=list(purposes), proof=proof
        )
    for member in (jeanne, karim, lucie):
        lend_my_ties(by=member, yes=True)
    paul, odile, malik, helene = (
        known[name] for name in ("Paul Vasseur", "Odile Renaud", "Malik Sarr", "Hélène Grange")
    )
    told = (
        (colleague(jeanne), paul, "picks_up", 8), (paul, helene, "worked_together", 90),
        (colleague(karim), odile, "worked_together", 150), (odile, helene, "worked_together", 200),
        (colleague(lucie), malik, "picks_up", 1), (malik, odile, "acquainted", 60),
    )  # fmt: skip
    for a, b, strength, days in told:
        tie(a, b, by=jeanne, strength=strength, last_exchange=_before(today, days))
    take_in_book(BOOK.encode(), by=karim)
    _ask(house, paul, odile)


def _before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _ask(house: House, paul: Contact, odile: Contact) -> None:
    """One request that led to work, one that waits, and one question asked without knowing who knows."""
    boss = house.boss
    colleague(boss)
    first = seek("lycée", by=boss, purpose="Faire goûter le pain de seigle au lycée.")
    asked = request_introduction(first, colleague(house.people["Karim Benali"]).pk, by=boss, message=LETTER)
    answer_request(asked, yes=True, person=colleague(house.people["Karim Benali"]))
    answer_request(asked, yes=True, person=odile)
    report(asked, by=boss, outcome="work", lesson="Elle commande le mardi pour le jeudi.", thanked=True)
    seek("acheteuse", by=boss, purpose=WHY)
    ask_blind("directrice d’école", by=boss, purpose="Inviter une classe au fournil.")
