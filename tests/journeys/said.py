"""What people type and read on the way, in both languages."""

WHY = {
    "fr": {
        "reason": "Les familles passent en grande surface faute de savoir ce qu'il nous reste à 18 h.",
        "subject": "De ce qui sort du four, à quelle heure, et comment le pain est fait.",
        "presence": "Nos habitués demandent au téléphone s'il reste du pain : dix appels par soir.",
        "change": "Faire passer les commandes du vendredi soir de 126 à 145 par semaine",
        "audience": "Les familles qui habitent à moins de trois kilomètres de la boutique",
        "measure": "Commandes du vendredi comptées à la caisse",
    },
    "en": {
        "reason": "Families go to the supermarket because they cannot know what bread is left at 6 pm.",
        "subject": "What comes out of the oven, at what hour, and how the bread is made.",
        "presence": "Regulars phone to ask whether bread is left: ten calls every evening.",
        "change": "Bring the Friday evening orders from 126 to 145 a week",
        "audience": "Families who live within three kilometres of the shop",
        "measure": "Friday orders counted at the till",
    },
}
IMITATION = {"fr": "Parce que tout le monde y est", "en": "Because everybody is there"}
CHARTER = {
    "fr": {"purpose": "Dire ce qui sort du four", "audience": "Les familles du quartier", "tone": "simple et précis"},
    "en": {"purpose": "Say what comes out of the oven", "audience": "Local families", "tone": "plain and exact"},
}
POST = {
    "fr": "La fournée de seigle sort à 17 heures ce vendredi : soixante pains, levain de trois jours.",
    "en": "The rye batch comes out at 5 pm this Friday: sixty loaves, a three-day sourdough.",
}
ALT = {"fr": "Des pains de seigle sur une grille", "en": "Rye loaves on a rack"}
ASKED = {
    "fr": ("À quelle heure fermez-vous le vendredi ?", "Y a-t-il des noix dans ce pain ? Ma fille est allergique."),
    "en": ("At what time do you close on Friday?", "Are there nuts in this bread? My daughter is allergic."),
}
ANSWER = {
    "fr": "Bonjour, sans noix dans le seigle, mais nous en travaillons au même plan. Appelez-nous avant 16 heures.",
    "en": "Good morning, no nuts in the rye, but we handle some on the same bench. Call us before 4 pm.",
}
TWO_WAIT = {"fr": "Deux personnes attendent une réponse.", "en": "Two people are waiting for an answer."}
NOBODY_WAITS = {"fr": "Personne n'attend", "en": "Nobody is waiting"}
