"""Publics of a strategy file: named, located, by age or by role, and tied to the objectives that point to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pupitre.strategy.deduction.case import Objective, Public
from pupitre.strategy.deduction.platforms import Catalogue

from . import countries, words
from .nodes import Node, folded
from .vocabulary import PUBLIC

BUSINESS_OBJECTIVES = frozenset({"b2b_leads", "partnerships"})
MANUAL = "manual_candidates"
AT_WORK = frozenset({"b2b", "employer"})
CIVIC = frozenset({"public_body", "elected"})
NAMELESS = "a public needs a name: who are they?"
AMONG = re.compile(r"\b(?:dont|y compris|including|incl)\b")


def name_of(node: Node) -> str:
    """The name under which an objective points to a public."""
    if not node.is_mapping:
        return node.text
    f = node.fields(PUBLIC)
    if "name" not in f:
        raise node.error(NAMELESS)
    return f["name"].text


def publics(
    node: Node | None, objectives: Sequence[Objective], *, traits: frozenset[str], catalogue: Catalogue
) -> tuple[tuple[Public, ...], tuple[Objective, ...]]:
    """The publics, and the objectives with the exact name of the public each one points to.

    An objective that names no public takes the only one; a public only named by an objective is read from its name.
    """
    declared = [_public(n, objectives, traits, catalogue) for n in (node.items() if node else ())]
    tied = []
    for objective in objectives:
        match = _match(objective.target_public, declared)
        if match is None and not objective.target_public and len(declared) == 1:
            match = declared[0]
        if match is None and objective.target_public and len(declared) == 1 and len(objectives) == 1:
            match = declared[0]
        if match is None and objective.target_public:
            match = _from_text(objective.target_public, (objective,), traits, catalogue)
            declared.append(match)
        tied.append(replace(objective, target_public=match.name if match else ""))
    return tuple(declared), tuple(tied)


def _match(wanted: str, declared: Sequence[Public]) -> Public | None:
    words_wanted = folded(wanted)
    if not words_wanted:
        return None
    exact = [p for p in declared if folded(p.name) == words_wanted]
    close = [p for p in declared if words_wanted in folded(p.name) or folded(p.name) in words_wanted]
    return next(iter([*exact, *close]), None)


def _public(node: Node, objectives: Sequence[Objective], traits: frozenset[str], catalogue: Catalogue) -> Public:
    if not node.is_mapping:
        return _from_text(node.text, _pointing(node.text, objectives), traits, catalogue)
    f = node.fields(PUBLIC)
    name = f["name"].text if "name" in f else ", ".join(f[k].text for k in ("roles", "ages") if k in f)
    if not name:
        raise node.error(NAMELESS)
    described = " ".join([name, *(f[k].text for k in ("roles", "where") if k in f)])
    track = _stated_track(f["track"], catalogue) if "track" in f else None
    public = _from_text(described, _pointing(name, objectives), traits, catalogue, track=track)
    stated = words.ages(f["ages"].text) or _ages_in(f["ages"], catalogue) if "ages" in f else None
    return replace(
        public,
        name=name,
        ages=stated or public.ages,
        age_is_stated=bool(stated) or public.age_is_stated,
        local=words.truth(f["local"]) if "local" in f else public.local,
        countries=tuple(countries.code(n) for n in f["countries"].items()) if "countries" in f else (),
        presence=_presence(f["presence"], catalogue) if "presence" in f else {},
    )


def _ages_in(node: Node, catalogue: Catalogue) -> tuple[int, int]:
    found = words.age_words(node.text, catalogue.age_words)
    if found is None:
        raise node.error(f"“{node.text}” is not an age; write for example 16-20, 60+, under 45")
    return found[0]


def _from_text(
    text: str,
    objectives: Sequence[Objective],
    traits: frozenset[str],
    catalogue: Catalogue,
    *,
    track: str | None = None,
) -> Public:
    """What a public's own words say of it."""
    roles = () if track in ("b2c", "public") else _sought(words.roles(text, catalogue.roles), objectives)
    _, aged = _ages(text, catalogue) or (None, False)
    chosen = track or _track(roles, objectives, traits, aged=aged)
    roles = roles if chosen in AT_WORK or (roles and track is None and not _ages(text, catalogue)) else ()
    if chosen == "b2b" and not roles:
        roles = ("professionals",)
    if chosen == "employer" and not roles:
        roles = ("candidates",)
    ages, stated = _ages(text, catalogue) or ((18, 75), False)
    local = words.is_nearby(text) and not roles
    return Public(text, chosen, ages, stated, roles, local)


def _sought(roles: tuple[str, ...], objectives: Sequence[Objective]) -> tuple[str, ...]:
    """The words of a trade name candidates when one hires, clients at work when one sells to them, else people."""
    types = {o.type for o in objectives}
    if MANUAL not in roles or not types or "hiring" in types:
        return roles
    heir = ("professionals",) if types & BUSINESS_OBJECTIVES else ()
    return tuple(dict.fromkeys([*(r for r in roles if r != MANUAL), *heir]))


def _ages(text: str, catalogue: Catalogue) -> tuple[tuple[int, int], bool] | None:
    whole, among, part = _split_among(text)
    if among:
        (low, high), stated = _ages(whole, catalogue) or (catalogue.age_words["adults"], False)
        (first, last), also = _ages(part, catalogue) or ((low, high), stated)
        return (min(low, first), max(high, last)), stated or also
    written = words.ages(text)
    return (written, True) if written else words.age_words(text, catalogue.age_words)


def _split_among(text: str) -> tuple[str, bool, str]:
    """“Residents, including those over 60” names everyone and insists on a part: the part must not hide the whole."""
    found = AMONG.search(text.lower())
    return (text[: found.start()], True, text[found.end() :]) if found else (text, False, "")


def _track(roles: Sequence[str], objectives: Sequence[Objective], traits: frozenset[str], *, aged: bool) -> str:
    """People told by their age are private persons, even when what is sought of them is an appointment."""
    types = {o.type for o in objectives}
    if set(roles) & {"candidates", MANUAL} or (types == {"hiring"}):
        return "employer"
    if roles or (types & BUSINESS_OBJECTIVES and not aged):
        return "b2b"
    return "public" if traits & CIVIC else "b2c"


def _pointing(name: str, objectives: Sequence[Objective]) -> tuple[Objective, ...]:
    own = tuple(o for o in objectives if _same(o.target_public, name))
    return own or tuple(o for o in objectives if not o.target_public)


def _same(left: str, right: str) -> bool:
    a, b = folded(left), folded(right)
    return bool(a) and (a in b or b in a)


def _stated_track(node: Node, catalogue: Catalogue) -> str:
    return words.choice(node, catalogue.track_aliases, what="a track")


def _presence(node: Node, catalogue: Catalogue) -> dict[str, float]:
    return {words.platform(key, catalogue): words.share(value) for key, value in node.pairs()}
