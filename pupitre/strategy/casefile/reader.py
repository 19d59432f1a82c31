"""From the words of a strategy file to a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pupitre.strategy.deduction.case import Case, Crisis, Objective, Voice
from pupitre.strategy.deduction.platforms import Catalogue
from pupitre.strategy.rules.gate import refusal

from . import countries, hands, words
from . import publics as people
from .nodes import Node, folded, parse
from .sectors import sectors_named
from .vocabulary import (
    BASE,
    BRAND,
    CRISIS,
    LANGUAGES,
    MEANS,
    OBJECTIVE,
    REASONS,
    RELATION,
    SITE,
    SITUATIONS,
    STRENGTHS,
    TOP,
    VOICE,
    VOICE_KINDS,
    WHY,
    WISH,
)

MOST_HOURS = 999  # a week, all people together
CARE_TERMS = ("reply_target", "opening_hours", "named_repliers")


def read(text: str, *, catalogue: Catalogue, today: date) -> Case:
    """The case of this file. Raises CaseError naming the line and the field that cannot be read."""
    top = parse(text).fields(TOP)
    sectors, traits = sectors_named(top.get("sector"), catalogue)
    objectives = tuple(_objective(n, catalogue, today) for n in _list(top.get("objectives")))
    found, objectives = people.publics(top.get("publics"), objectives, traits=traits, catalogue=catalogue)
    reasons, said = _reasons(top.get("reasons"))
    case = Case(
        name=_text(top.get("name")),
        sectors=sectors,
        traits=traits,
        country=_country(top.get("country")),
        language=_language(top.get("language")),
        answers={**_answers(top.get("why")), **said},
        reasons=reasons,
        objectives=objectives,
        publics=found,
        voices=tuple(_voice(n) for n in _list(top.get("voices"))),
        existing=tuple(words.platform(n, catalogue) for n in _list(top.get("existing"))),
        wished=_wished(top.get("wished"), catalogue),
        excluded=_excluded(top.get("excluded"), catalogue),
        confirmed=frozenset(words.platform(n, catalogue) for n in _list(top.get("confirmed"))),
        press="press" in top and words.truth(top["press"]),
        heard=tuple(n.text for n in _list(top["heard"])) if "heard" in top else None,
        crisis=_crisis(top, catalogue),
    )
    case = _with_means(case, top.get("means"), top.get("hours"), catalogue)
    return _with_brand(_with_base(case, top.get("base")), top.get("brand"), catalogue)


def day_of(text: str) -> date | None:
    """The day the file says it was written for, if it says one."""
    top = parse(text).fields(TOP)
    return words.due_date(top["as_of"], today=date.min.replace(year=2000)) if "as_of" in top else None


def _list(node: Node | None) -> tuple[Node, ...]:
    return node.items() if node else ()


def _text(node: Node | None) -> str:
    return node.text if node else ""


def _country(node: Node | None) -> str:
    return countries.code(node) if node and not node.is_empty else "FR"


def _language(node: Node | None) -> str:
    return words.choice(node, LANGUAGES, what="a language") if node and not node.is_empty else "fr"


def _answers(node: Node | None) -> dict[str, str]:
    if node is None or node.is_empty:
        return {}
    if node.is_mapping:
        return {name: value.text for name, value in node.fields(WHY).items()}
    return {"what_for": node.text}


def _reasons(node: Node | None) -> tuple[tuple[str, ...], dict[str, str]]:
    """Typed reasons; a reason in free words is judged by the gate, and kept as an answer when it is none of them."""
    typed: list[str] = []
    free: list[str] = []
    known = {folded(w): name for name, ws in REASONS.items() for w in (name, *ws)}
    for item in _list(node):
        name = known.get(folded(item.text))
        refused = None if name else refusal("what_for", item.text, language="fr")
        if name:
            typed.append(name)
        elif refused and refused.reason in ("benchmark", "imitation", "order"):
            typed.append("imitation")
        elif refused and refused.reason == "fashion":
            typed.append("fashion")
        else:
            free.append(item.text)
    return tuple(typed), ({"about_what": ". ".join(free)} if free else {})


def _objective(node: Node, catalogue: Catalogue, today: date) -> Objective:
    if not node.is_mapping:
        return Objective(type=_type_of(node.text, catalogue) or "awareness", wished_change=node.text)
    f = node.fields(OBJECTIVE)
    f = _split_target(f)
    change = _text(f.get("wished_change"))
    kind = _stated_type(f["type"], catalogue) if "type" in f else _type_of(change, catalogue)
    if kind is None:
        raise node.error(
            f"the type of this objective is not clear; write “type:” with one of {', '.join(catalogue.objectives)}"
        )
    return Objective(
        type=kind,
        wished_change=change,
        target_public=people.name_of(f["target_public"]) if "target_public" in f else "",
        measure=_text(f.get("measure")),
        baseline=words.amount(f["baseline"]) if "baseline" in f else None,
        target_value=words.amount(f["target_value"]) if "target_value" in f else None,
        due_on=words.due_date(f["due_on"], today=today) if "due_on" in f and not f["due_on"].is_empty else None,
        weight=_weight(f["weight"]) if "weight" in f else 1.0,
        relation=_relation(f["relation"]) if "relation" in f else None,
        care_terms=frozenset(t for t in CARE_TERMS if t in f and words.truth(f[t])),
    )


def _weight(node: Node) -> float:
    found = words.number(node)
    if found == 0:
        raise node.error("an objective that weighs nothing is left out of the file")
    return found


def _relation(node: Node) -> dict[str, float]:
    """Three weights, brought to a sum of 1."""
    found = {name: words.number(value) for name, value in node.fields(RELATION).items()}
    total = sum(found.values())
    if total <= 0:
        raise node.error("at least one of visibility, expertise and proximity is above 0")
    return {name: found.get(name, 0.0) / total for name in RELATION}


def _split_target(f: dict[str, Node]) -> dict[str, Node]:
    """“target” alone is a number to reach or a public: the value says which."""
    if "target" not in f:
        return f
    node = f.pop("target")
    is_number = not node.is_mapping and re.match(r"^[+-]?\s*\d", node.text) and "target_value" not in f
    return {**f, "target_value" if is_number else "target_public": node}


def _stated_type(node: Node, catalogue: Catalogue) -> str:
    known = {key: (*t.aliases, t.names["fr"], t.names["en"]) for key, t in catalogue.objectives.items()}
    return words.choice(node, known, what="a type of objective")


def _type_of(text: str, catalogue: Catalogue) -> str | None:
    """The type whose words appear in the change, longest words first."""
    hits = [
        (len(folded(word)), key)
        for key, kind in catalogue.objectives.items()
        for word in (key.replace("_", " "), *kind.aliases)
        if re.search(rf"\b{re.escape(folded(word))}\b", folded(text))
    ]
    return max(hits)[1] if hits else None


def _voice(node: Node) -> Voice:
    if not node.is_mapping:
        kind = _kind_in(node.text)
        return Voice(node.text, kind, "active" if kind in ("executive", "expert") else "none")
    f = node.fields(VOICE)
    name = _text(f.get("name"))
    kind = words.choice(f["kind"], VOICE_KINDS, what="a kind of voice") if "kind" in f else _kind_in(name)
    strength = words.choice(f["strength"], STRENGTHS, what="a strength of voice") if "strength" in f else "active"
    return Voice(name, kind, strength)


def _kind_in(text: str) -> str:
    names = {folded(w): kind for kind, ws in VOICE_KINDS.items() for w in (kind, *ws)}
    inside = [n for n in names if re.search(rf"\b{re.escape(n)}\b", folded(text))]
    return names[max(inside, key=len)] if inside else "organisation"


def _wished(node: Node | None, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    if node is None or node.is_empty:
        return {}
    if node.is_mapping:
        return {words.platform(k, catalogue): _reasons(v)[0] for k, v in node.pairs()}
    found: dict[str, tuple[str, ...]] = {}
    for item in node.items():
        f = item.fields(WISH) if item.is_mapping else {"platform": item}
        if "platform" not in f:
            raise item.error("which channel is it? Write “platform:” and its name")
        found[words.platform(f["platform"], catalogue)] = _reasons(f.get("reasons"))[0]
    return found


def _excluded(node: Node | None, catalogue: Catalogue) -> dict[str, str]:
    if node is None or node.is_empty:
        return {}
    if node.is_mapping:
        return {words.platform(k, catalogue): v.text for k, v in node.pairs()}
    return {words.platform(n, catalogue): n.text for n in node.items()}


def _crisis(top: Mapping[str, Node], catalogue: Catalogue) -> Crisis | None:
    stated = words.choice(top["situation"], SITUATIONS, what="a situation") if _text(top.get("situation")) else "normal"
    if "crisis" not in top:
        return Crisis() if stated == "crisis" else None
    node = top["crisis"]
    if not node.is_mapping:
        return Crisis() if words.truth(node) else None
    f = node.fields(CRISIS)
    attacked = tuple(words.platform(n, catalogue) for n in _list(f.get("attacked_on")))
    return Crisis(attacked, words.number(f["messages"]) if "messages" in f else 0.0)


def _with_means(case: Case, node: Node | None, hours: Node | None, catalogue: Catalogue) -> Case:
    f = node.fields(MEANS) if node and not node.is_empty else {}
    hours = f.get("hours", hours)
    inbound = f.get("inbound")
    on: dict[str, float] = {}
    if inbound and inbound.is_mapping:
        on = {words.platform(k, catalogue): words.number(v) for k, v in inbound.pairs()}
        inbound = None
    return replace(
        case,
        hours=words.number(hours, most=MOST_HOURS) if hours and not hours.is_empty else 0.0,
        repliers=hands.count(f["repliers"]) if "repliers" in f else hands.people(f.get("people")),
        inbound=words.number(inbound) if inbound and not inbound.is_empty else None,
        inbound_on=on,
        abilities=hands.abilities(f["can_make"]) if "can_make" in f else {},
    )


def _with_brand(case: Case, node: Node | None, catalogue: Catalogue) -> Case:
    if node is None or node.is_empty:
        return replace(case, selectivity=0.9) if "exclusive" in case.traits else case
    f = node.fields(BRAND)
    fit = {words.platform(k, catalogue): words.level(v) for k, v in f["fit"].pairs()} if "fit" in f else {}
    chosen = words.level(f["selectivity"]) if "selectivity" in f else 0.9 if "exclusive" in case.traits else 0.0
    return replace(case, selectivity=chosen, fit=fit)


def _with_base(case: Case, node: Node | None) -> Case:
    if node is None or node.is_empty:
        return case
    f = node.fields(BASE)
    return replace(
        case,
        site=words.choice(f["site"], SITE, what="a state of the site") if "site" in f else case.site,
        newsletter=words.truth(f["newsletter"]) if "newsletter" in f else None,
        press=case.press or ("press" in f and words.truth(f["press"])),
    )


def with_hours(case: Case, hours: float) -> Case:
    """The same case with other hours a week."""
    return replace(case, hours=hours)
