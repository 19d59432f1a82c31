"""A recommendation told: one JSON object, or plain text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .factors import FACTORS, WEIGHTS, Measured
from .platforms import Catalogue
from .recommendation import Placed, Recommendation
from .sayings import Mark, Percent, Said, clock, said, sentence

LISTS = ("base", "open", "experiment", "listen", "reserve", "refused")
TITLES: Mapping[str, Mapping[str, str]] = {
    "base": {"fr": "Le socle", "en": "The base"},
    "open": {"fr": "À ouvrir", "en": "To open"},
    "experiment": {"fr": "À l'essai", "en": "On trial"},
    "listen": {"fr": "À écouter", "en": "To listen to"},
    "reserve": {"fr": "Nom à réserver", "en": "Name to reserve"},
    "refused": {"fr": "Refusés, et pourquoi", "en": "Refused, and why"},
    "voices": {"fr": "Qui parle", "en": "Who speaks"},
    "content": {"fr": "De quoi", "en": "About what"},
    "kpis": {"fr": "Les preuves", "en": "The proofs"},
    "hours": {"fr": "Les heures", "en": "The hours"},
    "warnings": {"fr": "Points d'attention", "en": "Warnings"},
    "changes": {"fr": "Ce qui ferait changer d'avis", "en": "What would change this"},
    "normal": {"fr": "Déduction des canaux", "en": "Channels deduced"},
    "crisis": {"fr": "Mode crise : aucune déduction", "en": "Crisis mode: no deduction"},
    "nothing": {"fr": "Rien", "en": "Nothing"},
}


def as_json(found: Recommendation, *, catalogue: Catalogue, language: str) -> dict[str, Any]:
    """The whole recommendation as plain values; platforms are catalogue ids."""
    say = _Teller(catalogue, language)
    out: dict[str, Any] = {"mode": found.mode}
    for name in LISTS:
        out[name] = [_placed(p, say, with_gate=name == "refused") for p in getattr(found, name)]
    for name in ("voices", "content", "kpis"):
        out[name] = [{"id": key, "sentence": say(text)} for key, text in getattr(found, name)]
    out["hours"] = _hours(found)
    sentences = {w.id: w.sentences[language] for w in catalogue.warnings}
    out["warnings"] = [{"id": key, "sentence": sentences[key]} for key in found.warnings]
    out["stability"] = round(found.stability.share, 4)
    out["question"] = _question(found, say)
    return out


def as_text(found: Recommendation, *, catalogue: Catalogue, language: str) -> str:
    """The whole recommendation for a person to read in a terminal."""
    say = _Teller(catalogue, language)
    lines = [TITLES[found.mode][language], ""]
    if found.question:
        lines += [f"  ? {say(found.question.asked)}"]
        lines += [f"    - {say(o.answer)} : {catalogue.name(o.leads_to, language)}" for o in found.question.options]
        lines += [f"    {_spread(found, say)}", ""]
    for name in LISTS:
        placed: Sequence[Placed] = getattr(found, name)
        lines += _section(TITLES[name][language], [_line(p, say) for p in placed] if placed else [])
    for name in ("voices", "content", "kpis"):
        lines += _section(TITLES[name][language], [f"- {say(text)}" for _, text in getattr(found, name)])
    lines += _section(TITLES["hours"][language], _hours_lines(found, say))
    sentences = {w.id: w.sentences[language] for w in catalogue.warnings}
    lines += _section(TITLES["warnings"][language], [f"- {sentences[w]} [{w}]" for w in found.warnings])
    lines += _section(TITLES["changes"][language], [f"- {say(c)}" for c in found.changes])
    lines.append(f"{_spread(found, say)} · catalogue {found.catalogue_version}")
    return "\n".join(lines)


class _Teller:
    """Sentences in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue, self.language = catalogue, language

    def __call__(self, saying: Said) -> str:
        return sentence(saying, catalogue=self.catalogue, language=self.language)

    def value(self, value: Mark | Percent) -> str:
        return self(said("plain", value=value))


def _placed(placed: Placed, say: _Teller, *, with_gate: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"platform": placed.platform, "reason": " ".join(say(r) for r in placed.reasons)}
    if with_gate:
        out["gate"] = placed.gate
    return out


def _hours(found: Recommendation) -> dict[str, Any]:
    h = found.hours
    return {
        "available": _to_the_minute(h.available),
        "base": _to_the_minute(h.base),
        "channels": {name: _to_the_minute(v) for name, v in h.channels.items()},
        "coordination": _to_the_minute(h.coordination),
        "total": _to_the_minute(h.total),
        "free": _to_the_minute(h.free),
        "missing": {name: _to_the_minute(v) for name, v in h.missing.items()},
    }


def _to_the_minute(hours: float) -> float:
    """Hours as the sentences tell them, so that a kept answer and a page never differ by a minute."""
    return round(round(hours * 60) / 60, 4)


def _question(found: Recommendation, say: _Teller) -> dict[str, Any] | None:
    if found.question is None:
        return None
    options = [{"answer": say(o.answer), "platform": o.leads_to} for o in found.question.options]
    return {"id": found.question.id, "sentence": say(found.question.asked), "options": options}


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines), ""] if lines else []


def _line(placed: Placed, say: _Teller) -> str:
    name = say.catalogue.name(placed.platform, say.language)
    gate = f" [{placed.gate}]" if placed.gate else ""
    bars = f"\n      {factor_bars(placed.measured, say.language)}" if placed.measured else ""
    return f"- {name}{gate}: {' '.join(say(r) for r in placed.reasons)}{bars}"


def factor_bars(m: Measured, language: str) -> str:
    """The six factors as short bars, the width of each track being its weight."""
    parts = []
    for name in FACTORS:
        width = round(WEIGHTS[name] * 40)
        full = round(width * min(1.0, m.factors[name]))
        parts.append("█" * full + "░" * (width - full))
    mark = f"{m.score:.2f}"
    return " ".join(parts) + "  " + (mark.replace(".", ",") if language == "fr" else mark)


def _hours_lines(found: Recommendation, say: _Teller) -> list[str]:
    h = found.hours
    word = {
        "fr": ("socle", "coordination", "libre", "disponible", "il manque"),
        "en": ("base", "coordination", "free", "available", "missing"),
    }
    base, coordination, free, available, missing = word[say.language]
    rows = [(available, h.available), (base, h.base)]
    rows += [(say.catalogue.name(name, say.language), v) for name, v in h.channels.items()]
    rows += [(coordination, h.coordination), (free, h.free)]
    rows += [(f"{missing}, {say.catalogue.name(name, say.language)}", v) for name, v in h.missing.items()]
    return [f"- {label}: {clock(value)}" for label, value in rows]


def _spread(found: Recommendation, say: _Teller) -> str:
    s = found.stability
    names = [f"{say.catalogue.name(name, say.language)} {count / s.runs:.0%}" for name, count in s.firsts[:3]]
    title = {"fr": f"Solidité sur {s.runs} essais", "en": f"Stability over {s.runs} runs"}[say.language]
    return f"{title}: {s.share:.0%}" + (f" ({', '.join(names)})" if names else "")
