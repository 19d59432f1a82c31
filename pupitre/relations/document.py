"""What is kept of a person, as a printed file in her language."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.core.models import Organisation
from pupitre.shell.typography import french

TEMPLATE = Path(__file__).parent / "templates" / "relations" / "person.typ"


def contents(organisation: Organisation, told: dict[str, Any], *, language: str) -> dict[str, Any]:
    """Titles and lines: {title, organisation, date, lang, sections: [{title, lines}]}."""
    with translation.override(language):
        titles = {
            "person": _("Who you are"), "accounts": _("Your accounts"), "agreements": _("What you agreed to"),
            "acquaintances": _("Whom you know, in words"), "shown_in_searches": _("Searches that showed you"),
        }  # fmt: skip
        sections = [
            {"title": titles.get(key, _("What we said to each other")), "lines": _lines(value) or [_("Nothing.")]}
            for key, value in told.items()
        ]
        return {
            "title": _("What we keep of you"), "organisation": organisation.name, "lang": language,
            "date": timezone.localdate().isoformat(),
            "sections": [_typeset(one) for one in sections] if language == "fr" else sections,
        }  # fmt: skip


def pdf(organisation: Organisation, told: dict[str, Any], *, language: str) -> bytes:
    import typst  # 7 MB that only a printed file needs

    data = json.dumps(contents(organisation, told, language=language), ensure_ascii=False)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"data": data}, format="pdf")
    assert isinstance(made, bytes)
    return made


def _lines(value: Any) -> list[str]:
    """A mapping as one line a pair; a list of mappings as one line each; empty values left out."""
    rows = [{key: said} for key, said in value.items()] if isinstance(value, dict) else value
    kept = (" · ".join(_pair(key, said) for key, said in row.items() if said not in (None, "", [])) for row in rows)
    return [line for line in kept if line]


def _pair(key: str, said: Any) -> str:
    return f"{_word(key)} : {said if isinstance(said, str) else _yes(said)}"


def _yes(said: Any) -> str:
    return (_("yes") if said else _("no")) if isinstance(said, bool) else str(said)


def _word(key: str) -> str:
    words = {
        "name": _("Name"), "role": _("Role"), "employer": _("Employer"), "place": _("Place"), "email": _("Mail"),
        "relation": _("Relation"), "stage": _("Stage"), "affinity": _("Affinity"), "note": _("Note"),
        "first_seen": _("First seen"), "last_seen": _("Last seen"), "kept_until": _("Kept until"),
        "objected_on": _("Objected on"), "purpose": _("Purpose"), "channel": _("Way"), "proof": _("Proof"),
        "source": _("Source"), "state": _("State"), "given_on": _("Given on"), "expires_on": _("Until"),
        "withdrawn_on": _("Taken back on"), "strength": _("Tie"), "last_exchange": _("Last exchange"),
        "usable": _("Usable"), "at": _("When"), "ours": _("From us"), "kind": _("Kind"), "text": _("Words"),
        "network": _("Network"), "handle": _("Account"), "remote_id": _("Number"), "url": _("Address"),
    }  # fmt: skip
    return words.get(key, key)


def _typeset(section: dict[str, Any]) -> dict[str, Any]:
    return {"title": french(section["title"]), "lines": [french(line) for line in section["lines"]]}
