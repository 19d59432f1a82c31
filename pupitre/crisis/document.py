"""The file of a case as data and as PDF: facts, decisions, words, publics, criticisms, evidence, thread, debrief."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.crisis.models import Crisis, LogLine
from pupitre.crisis.queries import log
from pupitre.crisis.rules.audiences import KINDS
from pupitre.crisis.rules.clocks import delays
from pupitre.crisis.rules.closing import QUESTIONS
from pupitre.crisis.rules.options import CHOICES, SITUATIONS
from pupitre.crisis.rules.timeline import SAID
from pupitre.ledger.rules.saying import RANKS, STATUSES
from pupitre.shell.templatetags.words import language
from pupitre.shell.typography import french
from pupitre.shell.wording import hour, short_day, when

TEMPLATE = Path(__file__).parent / "templates" / "crisis" / "file.typ"
MESSAGES = {*STATUSES.values(), *KINDS.values(), *(one.name for one in CHOICES.values())}
Block = dict[str, Any]


def line(one: LogLine) -> dict[str, Any]:
    """One line of the thread in the reader's language."""
    return {"at": one.at, "text": said(one.verb, one.params), "verb": one.verb}


def said(verb: str, params: Mapping[str, Any]) -> str:
    told = {name: _shown(name, value) for name, value in params.items()}
    text = _(SAID[verb]) % told
    return french(text) if language() == "fr" else text


def _shown(name: str, value: Any) -> Any:
    if name == "hour":
        return hour(timezone.localtime(datetime.fromisoformat(value)), language=language())
    if name == "day":
        return short_day(date.fromisoformat(value), language=language())
    if name == "expected":
        return f"{value:.1f}".replace(".", "," if language() == "fr" else ".")
    return _(value) if value in MESSAGES else value


def contents(crisis: Crisis, *, language: str, today: date) -> dict[str, Any]:
    """The whole file as titles and lines: {title, organisation, date, lang, sections: [{title, blocks}]}."""
    with translation.override(language):
        found = {
            "title": crisis.title, "organisation": crisis.organisation.name, "date": today.isoformat(),
            "lang": language, "sections": [*_known(crisis), *_done(crisis), *_after(crisis)],
        }  # fmt: skip
    return _typeset(found) if language == "fr" else found


def pdf(crisis: Crisis, *, language: str, today: date) -> bytes:
    import typst  # 7 MB that only a printed file needs

    told = json.dumps(contents(crisis, language=language, today=today), ensure_ascii=False)
    made = typst.compile(TEMPLATE.read_bytes(), sys_inputs={"data": told}, format="pdf")
    assert isinstance(made, bytes)
    return made


def _known(crisis: Crisis) -> list[Block]:
    facts = sorted(crisis.facts.all(), key=lambda one: (RANKS[one.status], one.pk))
    lines = [f"{_(STATUSES[one.status])} : {one.text}{f' ({one.source})' if one.source else ''}" for one in facts]
    decided = [f"{_at(one.at)} {_(CHOICES[one.option].name)}. {one.reason}" for one in crisis.decisions.reverse()]
    summary = [_(SITUATIONS[crisis.situation]), _("Opened %(when)s by %(name)s") % {
        "when": _at(crisis.opened_at), "name": crisis.opened_by.user.name if crisis.opened_by else "–"}]  # fmt: skip
    return [
        _section(_("The case"), [_block(_("Situation"), summary), _block(_("Decisions"), decided)]),
        _section(_("Fact ledger"), [_block("", lines)]),
    ]


def _done(crisis: Crisis) -> list[Block]:
    words = [
        _block(_("Version %(number)s, %(when)s") % {"number": one.number, "when": _at(one.published_at)}, [one.text])
        for one in crisis.statements.filter(published_at__isnull=False).order_by("number")
    ]
    told = [
        f"{one.name or _(KINDS[one.kind])} : {_at(one.told_at) if one.told_at else _('nobody has told them')}"
        f"{f', {one.way}' if one.way else ''}"
        for one in crisis.audiences.all()
    ]
    heard = [f"{one.text} → {one.answer or one.reason or _('without an answer')}" for one in crisis.criticisms.all()]
    seen = [f"{_at(one.taken_at)} {one.url} SHA-256 {one.digest}" for one in crisis.evidence.all()]
    clocks = [
        f"{delays()[one.key].name[language()]} : {_at(one.due_at)}"
        f"{', ' + _('done %(when)s') % {'when': _at(one.done_at)} if one.done_at else ''}"
        for one in crisis.clocks.all()
    ]
    return [
        _section(_("The word of the house"), words), _section(_("Publics"), [_block("", told)]),
        _section(_("Criticisms"), [_block("", heard)]),
        _section(_("Evidence and delays of the law"), [_block(_("Evidence"), seen), _block(_("Delays"), clocks)]),
    ]  # fmt: skip


def _after(crisis: Crisis) -> list[Block]:
    lines = [f"{_at(one.at)} {said(one.verb, one.params)}" for one in log(crisis)]
    learnt = [_block(_(text), [crisis.learnt.get(key, "")]) for key, text in QUESTIONS.items()]
    return [_section(_("The thread"), [_block("", lines)]), _section(_("Debrief"), learnt)]


def _at(moment: datetime | None) -> str:
    return when(timezone.localtime(moment), now=timezone.localtime(), language=language()) if moment else ""


def _section(title: str, blocks: list[Block]) -> Block:
    return {"title": title, "blocks": [block for block in blocks if block["lines"]]}


def _block(title: str, lines: list[str]) -> Block:
    return {"title": title, "lines": [line.strip() for line in lines if line.strip()]}


def _typeset(value: Any) -> Any:
    if isinstance(value, str):
        return french(value)
    if isinstance(value, dict):
        return {key: kept if key in ("date", "lang") else _typeset(kept) for key, kept in value.items()}
    return [_typeset(one) for one in value]
