"""Countries by their two letters, or by a usual name in French or in English."""

from __future__ import annotations

import re

from . import words
from .nodes import Fields, Node

NAMES: Fields = {
    "AT": ("autriche", "austria"), "BE": ("belgique", "belgium"), "BR": ("brésil", "brazil"),
    "BY": ("biélorussie", "belarus"), "CA": ("canada", "québec", "quebec"), "CH": ("suisse", "switzerland"),
    "CI": ("côte d'ivoire", "ivory coast"), "CM": ("cameroun", "cameroon"), "CN": ("chine", "china"),
    "DE": ("allemagne", "germany"), "DK": ("danemark", "denmark"), "DZ": ("algérie", "algeria"),
    "ES": ("espagne", "spain"), "FI": ("finlande", "finland"), "FR": ("france",),
    "GB": ("royaume-uni", "united kingdom", "uk", "great britain", "angleterre", "england"),
    "GR": ("grèce", "greece"), "IE": ("irlande", "ireland"), "IN": ("inde", "india"), "IR": ("iran",),
    "IT": ("italie", "italy"), "JP": ("japon", "japan"), "KP": ("corée du nord", "north korea"),
    "KR": ("corée du sud", "south korea"), "LU": ("luxembourg",), "MA": ("maroc", "morocco"),
    "MM": ("birmanie", "myanmar"), "NL": ("pays-bas", "netherlands"), "NO": ("norvège", "norway"),
    "PK": ("pakistan",), "PL": ("pologne", "poland"), "PT": ("portugal",), "RO": ("roumanie", "romania"),
    "RU": ("russie", "russia"), "SE": ("suède", "sweden"), "SN": ("sénégal", "senegal"), "TN": ("tunisie", "tunisia"),
    "TR": ("turquie", "turkey", "türkiye"), "UA": ("ukraine",), "US": ("états-unis", "united states", "usa"),
}  # fmt: skip


def code(node: Node) -> str:
    """Two capital letters. Raises CaseError for a name that is not known here."""
    if re.fullmatch(r"[A-Za-z]{2}", node.text):
        return "GB" if node.text.upper() == "UK" else node.text.upper()
    try:
        return words.choice(node, NAMES, what="a country")
    except ValueError as fault:
        raise node.error(f"“{node.text}” is not a country known here; write its two letters, such as FR") from fault
