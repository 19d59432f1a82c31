"""Searching for an introduction and asking for it: limits first, one person at a time, silence worth a refusal."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, NotFound, NotYet, Refusal
from pupitre.relations import chain_queries as reads
from pupitre.relations import queries
from pupitre.relations.introductions.blind import release_at
from pupitre.relations.introductions.requests import (
    Act,
    Limit,
    Past,
    Step,
    Wait,
    limit,
    moved,
    queries_left,
)
from pupitre.relations.models import BlindAnswer, BlindRequest, ChainSearch, Contact, Introduction
from pupitre.relations.rules.words import OUTCOMES
from pupitre.strategy.models import Objective

N_ = str
WHY = N_("Say why: who is asked will read it.")
BLIND_PER_MONTH = 4
LIMITS = {
    Limit.INTRODUCER_BUSY: N_("This person has been asked enough for now: two requests a month, no more."),
    Limit.TARGET_RESTS: N_("This person was asked less than six months ago."),
}


@transaction.atomic
def seek(words: str, *, by: Member, purpose: str) -> ChainSearch:
    """A search, written where those whom it showed may see it. Twenty a day."""
    require(by, "note")
    wanted, why, now = words.strip(), purpose.strip(), timezone.now()
    faults = [Fault("words", N_("Write a role, a trade or a place."))] if len(wanted) < 3 else []
    if len(why) < 10:
        faults.append(Fault("purpose", WHY))
    if faults:
        raise Refusal(N_("This search cannot be made."), faults)
    if not queries_left(reads.searches_today(by, now=now), now=now):
        raise NotYet(N_("Twenty searches a day are enough. Tomorrow is another day."))
    found = reads.search(by, wanted, today=timezone.localdate())
    kept = ChainSearch.objects.create(
        organisation=by.organisation, asker=by, words=wanted[:200], purpose=why[:300], at=now
    )
    kept.shown.set({one.pk for way in found for one in way.people})
    return kept


def ways(kept: ChainSearch, *, by: Member, sleep: Callable[[float], None] = time.sleep) -> list[reads.Found]:
    """The ways of one's own search as they stand this second, given at the next whole quarter of a second."""
    if kept.asker_id != by.pk:
        raise NotFound
    started = timezone.now()
    found = reads.search(by, kept.words, today=timezone.localdate())
    done = timezone.now()
    sleep(max((release_at(started, done) - done).total_seconds(), 0.0))
    return found


def wait_for(way: reads.Found, before: list[Past]) -> Wait | None:
    """What keeps this way shut for now, if anything, after these earlier requests."""
    if not way.legs:
        return None
    return limit(before, introducer=way.legs[0].pk, target=way.target.pk, today=timezone.localdate())


@transaction.atomic
def request_introduction(
    kept: ChainSearch, introducer_id: int, *, by: Member, message: str, objective: Objective | None = None
) -> Introduction:
    """Ask the first person of one of the ways found, who may refuse or keep silent: nobody will know which."""
    require(by, "note", objective or kept)
    if kept.asker_id != by.pk:
        raise NotFound
    if len(message.strip()) < 20:
        raise Refusal(N_("This request cannot leave."), [Fault("message", N_("Write to this person as you would."))])
    found = reads.search(by, kept.words, today=timezone.localdate())
    way = next((one for one in found if one.legs and one.legs[0].pk == introducer_id), None)
    if way is None:
        raise NotYet(N_("This way is no longer open."))
    wait = wait_for(way, reads.past(by.organisation, now=timezone.now()))
    if wait is not None:
        raise NotYet(LIMITS[wait.limit])
    now = timezone.now()
    made = Introduction.objects.create(
        organisation=by.organisation, asker=by, introducer=way.legs[0], target=way.target, objective=objective,
        legs=[one.pk for one in way.legs], purpose=kept.purpose, message=message.strip()[:2000],
        step=Step.INTRODUCER_ASKED, pending=Step.INTRODUCER_ASKED, since=now, sent_at=now,
    )  # fmt: skip
    record(by, "introduction_asked", made)
    return made


@transaction.atomic
def answer_request(one: Introduction, *, yes: bool, person: Contact) -> Introduction:
    """The person whose turn it is says yes or no. A late answer finds the question closed, like silence."""
    now = timezone.now()
    one = Introduction.objects.select_for_update().select_related("target").get(pk=one.pk)
    if whose_turn(one) != person.pk or reads.seen_by_asked(one, now=now) is Step.CLOSED_QUIETLY:
        raise NotYet(N_("This question is closed."))
    if yes and one.step == Step.INTRODUCER_ASKED and one.leg + 1 < len(one.legs):
        one.leg, one.since = one.leg + 1, now
    else:
        to = moved(Step(one.step), Act.ACCEPT if yes else Act.REFUSE)
        assert to is not None
        one.step = to
        if to is Step.TARGET_ASKED:
            one.pending, one.since = to, now
    one.save(update_fields=["leg", "since", "step", "pending"])
    return one


def whose_turn(one: Introduction) -> int:
    """The person asked now (a contact's id), 0 when nobody is."""
    if one.step == Step.INTRODUCER_ASKED:
        return int(one.legs[one.leg])
    return one.target_id if one.step == Step.TARGET_ASKED else 0


def answer_as_colleague(one: Introduction, *, by: Member, yes: bool) -> Introduction:
    """A colleague answers from her own page."""
    require(by, "note", one)
    me = queries.person_of(by)
    if me is None or whose_turn(one) != me.pk:
        raise NotFound
    return answer_request(one, yes=yes, person=me)


@transaction.atomic
def take_back(one: Introduction, *, by: Member) -> Introduction:
    """The one who asks thinks better of it."""
    one = _mine(one, by)
    to = moved(Step(one.step), Act.CANCEL)
    if to is None or reads.seen_by_asker(one, now=timezone.now()) is Step.CLOSED_QUIETLY:
        raise NotYet(N_("This question is closed."))
    one.step = to
    one.save(update_fields=["step"])
    record(by, "introduction_taken_back", one)
    return one


@transaction.atomic
def report(one: Introduction, *, by: Member, outcome: str, lesson: str = "", thanked: bool = False) -> Introduction:
    """What came of it, and whether thanks were said: the favour is closed by its thanks."""
    one = _mine(one, by)
    if outcome not in OUTCOMES:
        raise Refusal(N_("Choose one of these."), [Fault("outcome", N_("Choose one of these."))])
    if one.step not in reads.ENDED:
        raise NotYet(N_("You have not met yet."))
    one.step, one.outcome, one.lesson = Step.FOLLOWED, outcome, lesson.strip()[:300]
    one.thanked_on = one.thanked_on or (timezone.localdate() if thanked else None)
    one.save(update_fields=["step", "outcome", "lesson", "thanked_on"])
    record(by, "introduction_reported", one, outcome=outcome)
    return one


def _mine(one: Introduction, by: Member) -> Introduction:
    """One's own request as it stands now, held until the end: an answer may arrive meanwhile."""
    require(by, "note", one)
    if one.asker_id != by.pk:
        raise NotFound
    return Introduction.objects.select_for_update().select_related("target").get(pk=one.pk)


@transaction.atomic
def ask_blind(wanted: str, *, by: Member, purpose: str) -> BlindRequest:
    """Ask colleagues without learning who knows whom. Nothing is looked up here: the answer cannot depend on it."""
    require(by, "note")
    words, why, now = wanted.strip(), purpose.strip(), timezone.now()
    faults = [Fault("wanted", N_("Say whom you would like to meet."))] if len(words) < 3 else []
    if len(why) < 10:
        faults.append(Fault("purpose", WHY))
    if faults:
        raise Refusal(N_("This question cannot be asked."), faults)
    if BlindRequest.objects.filter(asker=by, asked_at__gt=now - timedelta(days=30)).count() >= BLIND_PER_MONTH:
        raise NotYet(N_("Four such questions a month are enough: colleagues get tired."))
    made = BlindRequest.objects.create(
        organisation=by.organisation, asker=by, wanted=words[:200], purpose=why[:300], asked_at=now
    )
    record(by, "blind_asked", made)
    return made


@transaction.atomic
def volunteer(one: BlindRequest, *, by: Member, now: datetime | None = None) -> BlindAnswer:
    """A colleague says "I can". Whoever asked learns it at the next fixed hour. Silence says nothing."""
    require(by, "note", one)
    at = now or timezone.now()
    if one not in reads.blind_for(by, reads.blind_asked(by.organisation, now=at), now=at):
        raise NotFound
    try:
        with transaction.atomic():
            return BlindAnswer.objects.create(request=one, colleague=by, at=at)
    except IntegrityError:
        raise Conflict(N_("You have said so already.")) from None
