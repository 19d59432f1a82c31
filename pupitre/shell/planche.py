"""The plate: every component and state on one page, for those who build and those who look. Development only."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

PLACES = (
    ("desk", "Pupitre", "presentation-chart"),
    ("conversations", "Conversations", "chats-circle"),
    ("score", "Partition", "music-notes"),
    ("strategy", "Stratégie", "compass"),
    ("mirror", "Miroir", "binoculars"),
    ("relations", "Relations", "handshake"),
    ("measures", "Mesures", "ruler"),
    ("library", "Médiathèque", "images"),
    ("training", "Formation", "graduation-cap"),
    ("crisis", "Salle de crise", "fire-extinguisher"),
    ("settings", "Réglages", "sliders-horizontal"),
)
COLOURS = (
    ("paper", "Papier", "fond"),
    ("sheet", "Feuille", "cartes"),
    ("recess", "Creux", "en retrait"),
    ("ink", "Encre", "texte, actions"),
    ("line", "Trait", "bords de champ"),
    ("rub", "Rubrique", "vous attend, bloque"),
    ("visibility", "Or", "visibilité"),
    ("expertise", "Bleu", "expertise"),
    ("proximity", "Prune", "proximité"),
    ("kept", "Vert", "tenu"),
)
FACTORS = (
    ("relation", 0.22, 0.84, False),
    ("public", 0.22, 0.08, True),
    ("expression", 0.17, 0.7, False),
    ("mode", 0.15, None, False),
    ("piste", 0.12, 0.9, False),
    ("durée", 0.12, 0.8, False),
)


def _frame() -> dict[str, Any]:
    organisation = SimpleNamespace(name="Boulangerie Levain & Fils", posture="calm", timezone="Europe/Paris")
    user = SimpleNamespace(name="Claire Aubry", theme="system", density="calm", readable=False, shortcuts=True)
    nav = [
        {
            "key": key, "label": label, "icon": icon, "url": "#main", "current": key == "settings",
            "count": 4 if key == "conversations" else 0, "phone": key in ("desk", "conversations", "score"),
        }
        for key, label, icon in PLACES
    ]  # fmt: skip
    return {
        "nav": nav, "organisation": organisation, "member": SimpleNamespace(user=user), "posture_url": "#posture",
        "posture_freezes": 9, "search_url": "#search", "compose_url": "#compose", "account_url": "#account",
        "pledge": "Charte signée le 2 septembre par Jeanne Levain",
    }  # fmt: skip


def _samples() -> dict[str, Any]:
    refused = SimpleNamespace(
        summary="Une raison manque encore.",
        values={"be_there": "Être présents, comme les deux autres boulangeries.", "why": "Remplir le vendredi soir."},
        faults={"be_there": "Imiter n’est pas une raison."},
        examples={"be_there": ["Nos habitués demandent au téléphone s’il reste du pain.", "Rien ne nous y oblige."]},
    )
    return {
        "colours": COLOURS,
        "factors": FACTORS,
        "paused": timedelta(minutes=40),
        "notes": [
            ("text", "visibility", "approved", False), ("image", "proximity", "sent", False),
            ("video", "expertise", "waiting", False), ("live", "proximity", "draft", False),
            ("image", "expertise", "approved", True), ("text", "proximity", "failed", False),
            ("image", "visibility", "unknown", False),
        ],
        "refused": refused,
        "voices": [("house", "La boulangerie"), ("jeanne", "Jeanne Levain"), ("karim", "Karim Benali")],
        "facts": [
            ("Formule", "commandes retirées, moyenne mobile de 4 vendredis"),
            ("Source", "caisse, export du lundi, n = 536"),
            ("Dernière promesse", "non tenue", "waits"),
        ],
        "headers": ["Semaine", "Commandes", "Visé"],
        "rows": [["45", 126, 145], ["46", 131, 145], ["47", 134, 145]],
        "opens": [
            {"text": "Un changement, un chiffre, une date", "done": True},
            {"text": "Un public, nommé et situé", "url": "#public"},
        ],
    }  # fmt: skip


def planche(request: HttpRequest) -> HttpResponse:
    """Every component; 404 outside development."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "shell/planche.html", {**_frame(), **_samples(), "title": _("Plate")})
