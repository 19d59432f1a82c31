"""Where the bakery meets people of one subject, who knows what, where each relation stands, and its followed links."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from pupitre.config.demo.house import House
from pupitre.links.actions import add_term, make_link, usual_terms
from pupitre.links.models import LinkDay, ShortLink
from pupitre.relations.actions.book import colleague
from pupitre.relations.actions.consents import describe_person
from pupitre.relations.actions.hubs import keep_group, leave_group, note_group, shelve_expert
from pupitre.relations.models import Contact

STAGES = {
    "Odile Renaud": ("client", "agreed"), "Malik Sarr": ("partner", "talking"), "Aude Morin": ("press", "first"),
    "Paul Vasseur": ("partner", "agreed"),
}  # fmt: skip
CLICKS = (3, 5, 2, 9, 14, 6, 4)


def fill_circles(house: House) -> None:
    """The bakery alone: the other house shows the empty pages."""
    if "Karim Benali" not in house.people:
        return
    for name, (relation, stage) in STAGES.items():
        contact = Contact.objects.get(organisation=house.organisation, name=name)
        describe_person(contact, by=house.boss, relation=relation, stage=stage)
    _groups(house)
    _experts(house)
    _links(house)


def _groups(house: House) -> None:
    boss, karim = house.boss, house.people["Karim Benali"]
    review = timezone.localdate() + timedelta(days=75)
    trade = keep_group(
        None, by=boss, hours=Decimal("0.5"), review_on=review, expert=karim, name="Boulangers du levain",
        place="Groupe Facebook", openness="closed", posture="join", cadence="une réponse par semaine",
        aim="Aider ceux qui s’installent, sans parler de nous.",
        plan="La conduite du levain l’hiver\nLe froid à la maison",
        exit="Deux mois sans une question à notre portée.",
    )  # fmt: skip
    note_group(trade, by=karim, text="Répondu sur le pointage au froid. Deux remerciements, une visite promise.")
    keep_group(
        None, by=boss, hours=Decimal(2), review_on=review, expert=boss, moderators=[boss], name="Le four du village",
        place="Fournil, un mardi sur deux", openness="open", posture="create", cadence="un mardi sur deux, 18 h",
        aim="Les habitants cuisent leur pain et parlent de ce qu’ils mangent.",
        rules="On vient avec sa pâte.\nOn laisse le four propre.\nPersonne ne vend rien.",
        exit="Moins de quatre familles pendant trois séances.",
    )  # fmt: skip
    gone = keep_group(
        None, by=boss, hours=Decimal("0.25"), review_on=review, name="Commerces du Haut-Bugey", place="LinkedIn",
        openness="open", posture="join", cadence="un passage par mois", aim="Savoir ce que préparent les voisins.",
        exit="Que des annonces, plus de questions.",
    )  # fmt: skip
    leave_group(gone, by=boss, because="Il n’y restait que des annonces : la lettre de l’union suffit.")


def _experts(house: House) -> None:
    boss, karim = house.boss, house.people["Karim Benali"]
    odile = Contact.objects.get(organisation=house.organisation, name="Odile Renaud")
    shelve_expert(
        colleague(karim), by=boss, topic="Levain, pointage, farines anciennes", basis="interest",
        evidence="Brevet de maîtrise, 2019 ; démonstration de la fête du pain",
        basis_words="Utile à nos réponses ; pesé au registre",
    )  # fmt: skip
    shelve_expert(
        odile, by=boss, topic="Cantines, allergènes, menus scolaires", basis="agreement", hoped="client",
        evidence="Son intervention au forum des cantines, mars", basis_words="Son courriel du 18 juin",
        step="Lui envoyer la fiche du pain de midi", step_on=timezone.localdate() + timedelta(days=6),
    )  # fmt: skip


def _links(house: House) -> None:
    """Two links of one campaign, with a week of visits."""
    usual_terms(by=house.boss)
    campaign = add_term("campaign", "seigle-samedi", by=house.boss).value
    aim = next(iter(house.objectives.values()), None)
    for source, medium, name in (
        ("instagram", "social", "Bio Instagram"),
        ("affiche", "imprime", "Affiche du fournil"),
    ):
        link = make_link(
            "https://levain.example/seigle", by=house.boss, source=source, medium=medium, campaign=campaign, name=name,
            objective=aim,
        )  # fmt: skip
        _visits(link)


def _visits(link: ShortLink) -> None:
    today = timezone.localdate()
    LinkDay.objects.bulk_create(
        LinkDay(link=link, on=today - timedelta(days=back + 1), people=count, bots=1)
        for back, count in enumerate(CLICKS)
    )
