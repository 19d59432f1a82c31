"""A third table for the gate, written apart from its rules."""

from __future__ import annotations

from typing import Final

BAD_FR: Final = (
    ("what_for", "Notre image serait plus jeune et plus dynamique avec une page."),
    ("what_for", "Parce qu'aujourd'hui une entreprise qui n'est pas sur les réseaux n'existe pas."),
    ("what_for", "La mairie d'à côté vient d'ouvrir son compte et ça a l'air de bien marcher."),
    ("what_for", "Faire connaître notre savoir-faire au plus grand nombre."),
    ("what_for", "C'est la présidente de l'association qui y tient beaucoup."),
    ("about_what", "De l'actualité de la structure, au fil des événements."),
    ("about_what", "On partagera des citations inspirantes et des jeux concours."),
    ("just_to_be_there", "Oui, il faut bien occuper le terrain avant les autres."),
    ("just_to_be_there", "Non, nous voulons vraiment développer notre présence digitale."),
    ("what_for", "Booster notre notoriété et créer du lien avec notre communauté."),
    ("what_for", "Le village voisin en a une, alors notre mairie devrait aussi en avoir une."),
    ("what_for", "On a pris une alternante et il faut bien occuper l'alternante."),
    ("what_for", "Ça ferait bien dans le dossier de subvention."),
    ("what_for", "Moderniser l'image de notre cabinet auprès des gens."),
    ("about_what", "De la vie du club et de nos partenaires."),
    ("just_to_be_there", "Un peu, oui : c'est devenu incontournable."),
)
BAD_EN: Final = (
    ("what_for", "Our students' union has one, so the library should have one as well."),
    ("what_for", "To build brand awareness and drive engagement with our target audience."),
    ("about_what", "Interesting content that people will enjoy and share."),
    ("just_to_be_there", "Mostly yes, it looks odd not to have a page in this day and age."),
    ("what_for", "We hired an intern for the summer and she needs something to do."),
    ("what_for", "The clinic across the road opened one so we must have one too."),
    ("what_for", "So that people see what we do and like it."),
    ("about_what", "Various updates, photos and inspirational thoughts."),
    ("just_to_be_there", "Yes, presence matters a lot in our sector."),
)
GOOD_FR: Final = (
    ("what_for", "Trouver douze bénévoles pour la maraude du jeudi, il en manque trois chaque semaine depuis janvier."),
    (
        "what_for",
        "Les parents découvrent la fermeture de la cantine en arrivant ; nous voulons les prévenir la veille.",
    ),
    ("what_for", "Que les apiculteurs de la vallée nous signalent les frelons avant la fin avril."),
    ("what_for", "Réduire de moitié les rendez-vous manqués au cabinet : quarante créneaux perdus par mois."),
    ("about_what", "Des ateliers de réparation de vélos : pannes du mois, pièces qu'on a, outils prêtés."),
    ("about_what", "Des chantiers en cours, expliqués par le conducteur de travaux."),
    (
        "just_to_be_there",
        "Non. Les locataires nous écrivent déjà sur le groupe du quartier et personne ne leur répond.",
    ),
    (
        "just_to_be_there",
        "Nous pouvons nous en passer : le bouche-à-oreille suffit pour la boutique, pas pour les apprentis.",
    ),
    (
        "what_for",
        "Les retraités de la résidence n'ont rien à faire le dimanche ; nous cherchons trente visiteurs bénévoles.",
    ),
    (
        "what_for",
        "Les apprentis doivent aussi trouver un logement à moins de vingt minutes : douze y ont renoncé cette année.",
    ),
    ("about_what", "Des recettes pour les légumes du panier de la semaine."),
    ("what_for", "Passer de 30 à 60 dons de sang par collecte dans les trois communes."),
    ("just_to_be_there", "Non : les parents attendent la liste des fournitures dès juin."),
)
GOOD_EN: Final = (
    ("what_for", "Give the allotment waiting list a reason to stay: half of them drop out before year two."),
    ("what_for", "Parents of deaf children ask us where to meet other families; we only answer one by one by phone."),
    ("about_what", "What to do with leftover paint, room by room, with the opening days of the tip."),
    ("about_what", "Letters from the archive, one household at a time, read by the volunteers who transcribed them."),
    (
        "just_to_be_there",
        "No: the coach drivers look for delays on their phones at 5 am and the board at the depot is out of date.",
    ),
    ("just_to_be_there", "We would rather not, but tenants already complain there and hear nothing back from us."),
    ("what_for", "Sell the 300 seats left on weekday matinees to people over 60 who can come by bus."),
    ("what_for", "Give teenagers something to do on Friday nights: forty have asked for the gym to stay open."),
    ("what_for", "Nurses on nights should have lunch options too: sixty asked for a late canteen."),
    ("about_what", "Tide times, beach closures and where the lifeguards stand each day."),
    ("what_for", "Cut no-shows at the vaccination clinic from 22 to 10 percent before winter."),
    ("just_to_be_there", "Our members already ask on the forum when the pool reopens."),
)
