"""The crisis room through the API."""

from typing import Annotated, Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.crisis import actions, document
from pupitre.crisis import queries as reads
from pupitre.crisis import schemas as say
from pupitre.crisis.models import Audience, Crisis, Criticism, Decision, LegalClock, Statement
from pupitre.crisis.rules.options import Choice, options
from pupitre.ledger.models import LedgerFact
from pupitre.listening.models import Alert
from pupitre.publishing.models import Delivery
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()
Kept = TypeVar("Kept", bound=Model)
CRISIS = {200: say.CrisisOut, **PROBLEMS}


def found(request: HttpRequest, model: type[Kept], pk: int) -> Kept:
    kept = model._default_manager.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if kept is None:
        raise Http404
    return kept


@router.get("/crises", operation_id="crisis.cases", response={200: say.CrisisPage, **PROBLEMS})
def cases(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Every case, newest first, open or closed; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    rows = Crisis.objects.filter(organisation=member.organisation).order_by("-id")
    page = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    return {"items": page[:limit], "next": str(page[limit - 1].pk) if len(page) > limit else None}


@router.post("/crises", operation_id="crisis.open", response={201: say.CrisisOut, **PROBLEMS})
def open_crisis(request: HttpRequest, body: say.CrisisIn) -> Status[Crisis]:
    """Freeze all promotion and open the case. Once this answers, no promotion leaves any more."""
    alert = found(request, Alert, body.alert) if body.alert is not None else None
    made = actions.open_crisis(by=asked_by(request), title=body.title, situation=body.situation, alert=alert)
    return Status(201, made)


@router.get("/crises/{crisis_id}", operation_id="crisis.case", response={200: say.CaseOut, **PROBLEMS})
def case(request: HttpRequest, crisis_id: Id) -> dict[str, Any]:
    require(asked_by(request), "read")
    crisis = found(request, Crisis, crisis_id)
    standing = reads.standing(crisis)
    missing = [_(one.text) for one in reads.asked_to_close(crisis) if not one.met]
    ways = [_shown(one) for one in options(crisis.situation, statuses=reads.statuses(crisis))]
    return say.case_out(crisis, ways=ways, uncovered=list(standing.uncovered), missing=missing)


def _shown(one: Choice) -> Choice:
    return Choice(one.key, _(one.name), _(one.reason), _(one.risk), _(one.closed) if one.closed else "")


LOG = {200: list[say.LogLineOut], **PROBLEMS}


@router.get("/crises/{crisis_id}/thread", operation_id="crisis.thread", response=LOG)
def thread(request: HttpRequest, crisis_id: Id) -> Any:
    """What was done, to the minute, oldest first (two thousand lines at most)."""
    require(asked_by(request), "read")
    return [document.line(one) for one in reads.log(found(request, Crisis, crisis_id))[:2000]]


@router.post("/crises/{crisis_id}/decide", operation_id="crisis.decide", response={201: say.DecisionOut, **PROBLEMS})
def decide(request: HttpRequest, crisis_id: Id, body: say.DecideIn) -> Status[Decision]:
    """Take one of the ways that are open, and say why."""
    crisis = found(request, Crisis, crisis_id)
    made = actions.decide(
        crisis, body.option, by=asked_by(request), reason=body.reason, situation=body.situation
    )  # fmt: skip
    return Status(201, made)


@router.post("/crises/{crisis_id}/facts", operation_id="crisis.fact_add", response={201: say.KnownFactOut, **PROBLEMS})
def fact_add(request: HttpRequest, crisis_id: Id, body: say.KnownFactIn) -> Status[LedgerFact]:
    """Write a fact down: it rules every draft of the house at once."""
    crisis, by = found(request, Crisis, crisis_id), asked_by(request)
    made = actions.add_fact(crisis, body.text, by=by, status=body.status, source=body.source, owner=by)
    return Status(201, made)


FACT = {200: say.KnownFactOut, **PROBLEMS}


@router.post("/crisis-facts/{fact_id}/settle", operation_id="crisis.fact_settle", response=FACT)
def fact_settle(request: HttpRequest, fact_id: Id, body: say.SettleFactIn) -> LedgerFact:
    fact = found(request, LedgerFact, fact_id)
    crisis = fact.crises.order_by("-id").first()
    if crisis is None:
        raise Http404
    return actions.settle_fact(crisis, fact, by=asked_by(request), status=body.status, source=body.source)


PUBLIC_MADE = {201: say.AudienceOut, **PROBLEMS}
PUBLIC = {200: say.AudienceOut, **PROBLEMS}


@router.post("/crises/{crisis_id}/publics", operation_id="crisis.public_add", response=PUBLIC_MADE)
def public_add(request: HttpRequest, crisis_id: Id, body: say.AudienceIn) -> Status[Audience]:
    crisis = found(request, Crisis, crisis_id)
    return Status(201, actions.add_audience(crisis, by=asked_by(request), name=body.name, kind=body.kind))


@router.post("/crisis-publics/{public_id}/write", operation_id="crisis.public_write", response=PUBLIC)
def public_write(request: HttpRequest, public_id: Id, body: say.AudienceWordsIn) -> Audience:
    """The words for this public, and how they will reach it."""
    by = asked_by(request)
    return actions.write_variant(found(request, Audience, public_id), by=by, text=body.text, way=body.way, owner=by)


@router.post("/crisis-publics/{public_id}/tell", operation_id="crisis.public_tell", response=PUBLIC)
def public_tell(request: HttpRequest, public_id: Id, body: say.TellIn) -> Audience:
    """It is done: this public has been told, now."""
    return actions.tell(found(request, Audience, public_id), by=asked_by(request), way=body.way)


WORD_MADE = {201: say.StatementOut, **PROBLEMS}
WORD = {200: say.StatementOut, **PROBLEMS}


@router.post("/crises/{crisis_id}/words", operation_id="crisis.word_write", response=WORD_MADE)
def word_write(request: HttpRequest, crisis_id: Id, body: say.WordIn) -> Status[dict[str, Any]]:
    """A new version of the word of the house; refused when it denies a confirmed fact."""
    crisis = found(request, Crisis, crisis_id)
    made = actions.write_statement(crisis, body.text, by=asked_by(request), next_at=body.next_at)
    return Status(201, say.statement_out(made))


@router.post("/crisis-words/{word_id}/read", operation_id="crisis.word_read", response=WORD)
def word_read(request: HttpRequest, word_id: Id) -> dict[str, Any]:
    """Somebody else than its writer has read it over."""
    return say.statement_out(actions.read_over(found(request, Statement, word_id), by=asked_by(request)))


@router.post("/crisis-words/{word_id}/publish", operation_id="crisis.word_publish", response=WORD)
def word_publish(request: HttpRequest, word_id: Id, body: say.PublishWordIn) -> dict[str, Any]:
    """Send it now on these accounts, through the same outbox as everything."""
    by, statement = asked_by(request), found(request, Statement, word_id)
    channels = [found(request, Channel, pk) for pk in body.channels]
    return say.statement_out(actions.publish(statement, channels, by=by, alone=body.alone))


@router.post("/crises/{crisis_id}/next", operation_id="crisis.next_word", response=CRISIS)
def next_word(request: HttpRequest, crisis_id: Id, body: say.NextWordIn) -> Crisis:
    """When the house speaks next."""
    return actions.set_next(found(request, Crisis, crisis_id), body.at, by=asked_by(request))


CRITICISM_MADE = {201: say.CriticismOut, **PROBLEMS}
CRITICISM = {200: say.CriticismOut, **PROBLEMS}


@router.post("/crises/{crisis_id}/criticisms", operation_id="crisis.criticism_add", response=CRITICISM_MADE)
def criticism_add(request: HttpRequest, crisis_id: Id, body: say.CriticismIn) -> Status[Criticism]:
    crisis = found(request, Crisis, crisis_id)
    made = actions.add_criticism(crisis, body.text, by=asked_by(request), said=body.said, where=body.where)
    return Status(201, made)


@router.post("/criticisms/{criticism_id}/settle", operation_id="crisis.criticism_settle", response=CRITICISM)
def criticism_settle(request: HttpRequest, criticism_id: Id, body: say.SettleCriticismIn) -> Criticism:
    """Answered, or left with a reason."""
    one = found(request, Criticism, criticism_id)
    return actions.settle_criticism(one, by=asked_by(request), answer=body.answer, reason=body.reason)


EVIDENCE = {201: say.EvidenceOut, **PROBLEMS}


@router.post("/crises/{crisis_id}/evidence", operation_id="crisis.evidence_keep", response=EVIDENCE)
def evidence_keep(request: HttpRequest, crisis_id: Id, body: say.EvidenceIn) -> Status[Any]:
    """Keep what was seen, with its hour and a mark that anyone can compute again."""
    crisis = found(request, Crisis, crisis_id)
    return Status(201, actions.keep_evidence(crisis, by=asked_by(request), url=body.url, text=body.text))


CLOCK_MADE = {201: say.LegalClockOut, **PROBLEMS}
CLOCK = {200: say.LegalClockOut, **PROBLEMS}


@router.post("/crises/{crisis_id}/clocks", operation_id="crisis.clock_start", response=CLOCK_MADE)
def clock_start(request: HttpRequest, crisis_id: Id, body: say.LegalClockIn) -> Status[LegalClock]:
    """A delay of the law runs from this moment."""
    crisis = found(request, Crisis, crisis_id)
    made = actions.start_clock(crisis, body.key, by=asked_by(request), began_at=body.began_at, note=body.note)
    return Status(201, made)


@router.post("/legal-clocks/{clock_id}/meet", operation_id="crisis.clock_meet", response=CLOCK)
def clock_meet(request: HttpRequest, clock_id: Id, body: say.MeetClockIn) -> LegalClock:
    return actions.meet_clock(found(request, LegalClock, clock_id), by=asked_by(request), note=body.note)


FREED = {200: say.ReleasedOut, **PROBLEMS}


@router.post("/crisis-frozen/{delivery_id}/release", operation_id="crisis.release", response=FREED)
def release(request: HttpRequest, delivery_id: Id) -> dict[str, Any]:
    """One frozen publication leaves at its hour although the crisis goes on."""
    by, delivery = asked_by(request), found(request, Delivery, delivery_id)
    crisis = reads.current(by.organisation)
    if crisis is None:
        raise Http404
    freed = actions.release(crisis, delivery, by=by)
    return {"delivery": freed.pk, "state": freed.state}


@router.post("/crises/{crisis_id}/thaw", operation_id="crisis.thaw", response={200: say.ThawOut, **PROBLEMS})
def thaw(request: HttpRequest, crisis_id: Id) -> dict[str, int]:
    """All that was frozen leaves at its hour; what has become late is asked again."""
    return {"released": actions.thaw_all(found(request, Crisis, crisis_id), by=asked_by(request))}


@router.post("/crises/{crisis_id}/quiet", operation_id="crisis.quiet", response=CRISIS)
def quiet(request: HttpRequest, crisis_id: Id, body: say.QuietIn) -> Crisis:
    """Volume is back to ordinary, or is not: 48 hours count from there."""
    return actions.set_quiet(found(request, Crisis, crisis_id), by=asked_by(request), quiet=body.quiet)


@router.post("/crises/{crisis_id}/debrief-day", operation_id="crisis.debrief_day", response=CRISIS)
def debrief_day(request: HttpRequest, crisis_id: Id, body: say.DebriefDayIn) -> Crisis:
    by = asked_by(request)
    owner = found(request, Member, body.to_id) if body.to_id is not None else by
    return actions.set_debrief(found(request, Crisis, crisis_id), by=by, on=body.on, owner=owner)


@router.post("/crises/{crisis_id}/close", operation_id="crisis.close", response=CRISIS)
def close(request: HttpRequest, crisis_id: Id) -> Crisis:
    """Back to calm; refused with each criterion that is not met. What is frozen stays frozen."""
    return actions.close(found(request, Crisis, crisis_id), by=asked_by(request))


@router.post("/crises/{crisis_id}/debrief", operation_id="crisis.debrief", response=CRISIS)
def debrief(request: HttpRequest, crisis_id: Id, body: say.DebriefIn) -> Crisis:
    """What was learnt, once the case is closed."""
    return actions.debrief(found(request, Crisis, crisis_id), by=asked_by(request), answers=body.model_dump())
