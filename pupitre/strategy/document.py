"""The decision file: one printable document in SOSTAC order, in French or in English, as data and as PDF."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.core.models import Organisation
from pupitre.shell.typography import french
from pupitre.shell.wording import short_day
from pupitre.strategy import document_ground, operation_queries, problem_queries, queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.report import as_json
from pupitre.strategy.deduction.sayings import clock
from pupitre.strategy.heard_queries import QUOTED, Heard
from pupitre.strategy.models import Objective
from pupitre.strategy.rules.operations import KINDS

QUOTE = 600  # characters of one answer
TEMPLATE = Path(__file__).parent / "templates" / "strategy" / "decision.typ"
Section = dict[str, Any]


def contents(organisation: Organisation, *, language: str, today: date) -> dict[str, Any]:
    """The whole document as titles and lines: {title, organisation, date, sections: [{letter, title, blocks}]}."""
    with translation.override(language):
        found = {
            "title": _("Decision file"), "organisation": organisation.name, "date": _day(today), "lang": language,
            "sections": [*_before(organisation), *_after(organisation, language, today)],
        }  # fmt: skip
    return _typeset(found) if language == "fr" else found


def pdf(organisation: Organisation, *, language: str, today: date) -> bytes:
    """The document as PDF."""
    import typst  # 7 MB that only a printed file needs

    told = contents(organisation, language=language, today=today)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"data": json.dumps(told, ensure_ascii=False)}, format="pdf")
    assert isinstance(made, bytes)
    return made


def _before(organisation: Organisation) -> list[Section]:
    kept = reads.plan(organisation)
    findings = sorted(reads.findings(organisation), key=lambda one: one.box)
    hearings = reads.hearings(organisation)
    boxes = {
        "strength": _("Strength"),
        "weakness": _("Weakness"),
        "opportunity": _("Opportunity"),
        "threat": _("Threat"),
    }
    situation = [
        _block(_("The problem"), [kept.problem, kept.evidence]),
        *(_block(_("Another problem"), [p.question, p.evidence]) for p in problem_queries.further(organisation)),
        _block(
            _("Analysis"),
            [_pair(boxes[f.box], f"{f.text} ({f.evidence}) → {f.outcome or _('to decide')}") for f in findings],
        ),
        _block(_("Who was heard"), _heard(hearings)),
        _block(_("Our own site"), document_ground.site(organisation)),
        _block(_("Beside others of our size"), document_ground.peers(organisation)),
    ]
    objectives = _objectives(organisation)
    publics = reads.publics(organisation)
    strategy = [
        _block(_("For whom"), [", ".join(x for x in (p.name, p.ages, p.roles, p.place) if x) for p in publics]),
        _block(_("Positioning"), [kept.positioning]),
        _block(_("Message"), [kept.message]),
        _block(_("Tone"), [kept.tone]),
    ]
    return [
        _section("S", _("Situation"), situation), _section("O", _("Objectives"), objectives),
        _section("S", _("Strategy"), strategy),
    ]  # fmt: skip


def _after(organisation: Organisation, language: str, today: date) -> list[Section]:
    kept = reads.plan(organisation)
    answer = as_json(reads.recommendation(organisation, today=today), catalogue=load(), language=language)
    names = {p.id: p.names[language] for p in load().platforms.values()}

    def lines(part: str) -> list[str]:
        return [_pair(names[row["platform"]], row["reason"]) for row in answer[part]]

    against = [_pair(names.get(o.platform, o.platform), o.reason) for o in reads.overrides(organisation)]
    tactics = [
        _block(_("The base"), lines("base")),
        _block(_("To open"), lines("open") or [_("Nothing: the base is enough.")]),
        _block(_("On trial"), lines("experiment")), _block(_("To listen to"), lines("listen")),
        _block(_("Refused, and why"), [*lines("reserve"), *lines("refused")]),
        _block(_("Against the refusals"), [*against, kept.despite]),
    ]  # fmt: skip
    hours = answer["hours"]
    costs = [_("%(hours)s a week available, %(base)s for the base.") % {
        "hours": clock(hours["available"]), "base": clock(hours["base"])}]  # fmt: skip
    costs += [_pair(names[k], clock(v)) for k, v in hours["channels"].items()]
    costs += [_("Coordination: %(hours)s.") % {"hours": clock(hours["coordination"])}]
    costs += [
        _("%(name)s would ask for %(hours)s more.") % {"name": names[k], "hours": clock(v)}
        for k, v in hours["missing"].items()
    ]
    costs += _euros(organisation, kept, hours["total"])
    action = [
        _block(_("Who speaks"), [*_sentences(answer["voices"]), *[str(v) for v in queries.voices(organisation)]]),
        _block(_("About what"), _sentences(answer["content"])),
        _block(_("Operations"), _operations(organisation)), _block(_("Costs"), costs),
    ]  # fmt: skip
    control = [
        _block(_("Proofs"), _sentences(answer["kpis"])), _block(_("Points of care"), _sentences(answer["warnings"])),
        _block(_("Signature"), _signature(kept)),
    ]  # fmt: skip
    return [
        _section("T", _("Tactics"), tactics), _section("A", _("Action"), action), _section("C", _("Control"), control),
    ]  # fmt: skip


def _heard(hearings: list[Heard]) -> list[str]:
    """Who was heard with their words, then who was not: a missing voice is part of the decision."""
    groups = {"served": _("Those we serve"), "support": _("Those who answer them"), "sales": _("Those who sell")}
    there = {hearing.group for hearing in hearings}
    absent = [
        _("Not heard: %(group)s.") % {"group": name[:1].lower() + name[1:]}
        for key, name in groups.items()
        if key not in there
    ]
    groups["expert"] = _("An expert")
    found = []
    for key in (*groups, "other"):
        mine = [hearing for hearing in hearings if hearing.group == key]
        found += [_quoted(hearing) for hearing in mine[:QUOTED]]
        more = len(mine) - QUOTED
        if more > 0:
            found.append(ngettext("and one more answer.", "and %(n)s more answers.", more) % {"n": more})
    return [*found, *absent]


def _quoted(hearing: Heard) -> str:
    said = " ".join(hearing.said.split())
    return _("%(name)s: “%(said)s”") % {"name": hearing.name, "said": Truncator(said).chars(QUOTE)}


def _pair(name: str, said: str) -> str:
    return _("%(name)s: %(said)s") % {"name": name, "said": said}


def _operations(organisation: Organisation) -> list[str]:
    """Each operation in one line, then what it holds, on networks and elsewhere."""
    found = []
    for one in operation_queries.told(organisation):
        values = {"name": one.name, "first": _day(one.begins_on), "last": _day(one.ends_on), "why": one.objective}
        found.append(_("%(name)s, from %(first)s to %(last)s, for: %(why)s.") % values)
        for line in one.lines:
            cost = f", {_plain(line.cost)} €" if line.cost else ""
            done = f"{line.text} ({line.owner or _('nobody yet')}{cost})"
            found.append(_pair(f"{_day(line.due_on)}, {_(KINDS[line.kind])}", done))
    return found


def _objectives(organisation: Organisation) -> list[dict[str, Any]]:
    """Objectives problem by problem; the question is repeated only when there are several."""
    groups = problem_queries.grouped(organisation, queries.objectives(organisation), lambda one: one)
    several = bool(problem_queries.further(organisation))
    return [
        _block(str(o), [_("It answers: %(question)s") % {"question": question}, *_objective(o)] if several and question
               else _objective(o))
        for question, found in groups for o in found
    ]  # fmt: skip


def _objective(objective: Objective) -> list[str]:
    start = _("unknown") if objective.baseline_unknown else _plain(objective.baseline)
    return [
        objective.reason,
        _("From %(start)s to %(target)s %(unit)s, with %(public)s, by %(date)s.") % {
            "start": start, "target": _plain(objective.target), "unit": objective.unit, "public": objective.audience,
            "date": _day(objective.due_on) if objective.due_on else _("no date"),
        },
        _("Measured by: %(measure)s.") % {"measure": objective.measure},
    ]  # fmt: skip


def _euros(organisation: Organisation, kept: Any, weekly_hours: float) -> list[str]:
    found = []
    if kept.euros_per_month:
        found.append(_("%(euros)s € of purchases a month.") % {"euros": _plain(kept.euros_per_month)})
    if organisation.hourly_cost:
        wages = float(organisation.hourly_cost) * weekly_hours * 47
        found.append(
            _("About %(euros)s € of working time a year, at the declared hourly cost.") % {"euros": round(wages)}
        )
    return found


def _signature(kept: Any) -> list[str]:
    if not kept.signed_on:
        return [_("Not signed yet.")]
    signed = _("Signed by %(name)s on %(date)s, for a year.") % {
        "name": kept.signed_name,
        "date": _day(kept.signed_on),
    }
    return [signed, *([_("Remarks against: %(dissent)s") % {"dissent": kept.dissent}] if kept.dissent else [])]


def _sentences(rows: list[dict[str, str]]) -> list[str]:
    return [row["sentence"] for row in rows]


def _section(letter: str, title: str, blocks: list[dict[str, Any]]) -> Section:
    return {"letter": letter, "title": title, "blocks": [b for b in blocks if b["lines"]]}


def _block(title: str, lines: list[str]) -> dict[str, Any]:
    return {"title": title, "lines": [line.strip() for line in lines if line and line.strip()]}


def _day(when: date) -> str:
    return short_day(when, language="en" if (translation.get_language() or "fr").startswith("en") else "fr", year=True)


def _plain(value: Any) -> str:
    return "–" if value is None else f"{value.normalize():f}"


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return french(value)
    if isinstance(value, dict):
        return {k: v if k in ("date", "lang", "letter") else _typeset(v) for k, v in value.items()}
    return [_typeset(v) for v in value]
