"""Who could introduce us: the search over what people agreed to show, and what each may see of a request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Exists, Prefetch, Q, QuerySet

from pupitre.core.models import Member, Organisation
from pupitre.relations import queries
from pupitre.relations.introductions.blind import OPEN_FOR, BlindView, Volunteer, blind_view
from pupitre.relations.introductions.consent import FADES_AFTER, Purpose
from pupitre.relations.introductions.graph import Chain
from pupitre.relations.introductions.requests import WAITING, Past, Step, shown_to_asker, step_at
from pupitre.relations.introductions.statement import Tables, chains_from, statement
from pupitre.relations.introductions.ties import Willingness, one_in
from pupitre.relations.models import BlindAnswer, BlindRequest, ChainSearch, Contact, Introduction, Tie
from pupitre.relations.rules.words import says

TARGETS = 2
BEST = 3
ENDED = (Step.MET, Step.FOLLOWED)


@dataclass(frozen=True)
class Link:
    """One tie of a chain, in words."""

    strength: str
    last_exchange: date


@dataclass(frozen=True)
class Found:
    """One way to somebody. `people` runs from who begins to the one sought; `legs` are those to be asked, in order."""

    people: tuple[Contact, ...]
    links: tuple[Link, ...]
    chain: Chain
    legs: tuple[Contact, ...]

    @property
    def target(self) -> Contact:
        return self.people[-1]

    @property
    def one_in(self) -> int:
        return one_in(self.chain.chance)


def tables(today: date) -> Tables:
    """The statement's two tables are our own, consent being a condition on dates in every step."""
    since = today - FADES_AFTER
    day, old = today.isoformat(), since.isoformat()

    def agrees(purpose: Purpose) -> str:
        return (
            "p.objected_on IS NULL AND EXISTS (SELECT 1 FROM relations_consent c WHERE c.contact_id = p.id"  # noqa: S608
            f" AND c.purpose = '{purpose.value}' AND c.state = 'accepted' AND c.given_on <= '{day}'"
            f" AND (c.expires_on IS NULL OR c.expires_on > '{day}')"
            f" AND (c.given_on > '{old}' OR p.last_seen_at >= '{(since + timedelta(days=1)).isoformat()}'))"
        )

    return Tables(
        people="relations_contact", introduces=f"({agrees(Purpose.INTRODUCE_OTHERS)})",
        reachable=f"(p.public OR ({agrees(Purpose.BE_INTRODUCED)}))", ties="relations_tie", a="a_id", b="b_id",
        usable="t.usable",
    )  # fmt: skip


def targets(organisation: Organisation, words: str, *, today: date) -> list[Contact]:
    """People who agreed to be introduced, or who hold an office openly, of whom every word is said; two at most."""
    willing = queries.agreeing(organisation, Purpose.BE_INTRODUCED, today=today)
    public = Contact.objects.filter(organisation=organisation, public=True, objected_on__isnull=True)
    rows = (willing | public).filter(member__isnull=True).order_by("id")
    found = []
    for one in rows.iterator(chunk_size=500):
        if says(queries.told_of(one), words):
            found.append(one)
        if len(found) == TARGETS:
            break
    return found


def starts(member: Member, *, today: date) -> tuple[list[int], int]:
    """Who begins: the one who asks, and colleagues who lend their ties; then the one who asks, 0 when not yet here."""
    lent = Exists(queries.valid(today, Purpose.INTRODUCE_OTHERS))
    here = Contact.objects.filter(organisation=member.organisation, member__active=True)
    willing = here.filter(Q(member=member) | (Q(objected_on__isnull=True) & lent))
    rows = dict(willing.values_list("pk", "member_id"))
    return sorted(rows), next((pk for pk, whose in rows.items() if whose == member.pk), 0)


def search(member: Member, words: str, *, today: date) -> list[Found]:
    """The three best ways, each beginning with another person to ask. Empty looks the same whatever the reason."""
    askers, me = starts(member, today=today)
    if not askers:
        return []
    chains = [
        chain for one in targets(member.organisation, words, today=today)
        for chain in _chains(askers, one.pk, today=today)
    ]  # fmt: skip
    return _shown(_apart(sorted(chains)), me)


def _chains(askers: Sequence[int], target: int, *, today: date) -> list[Chain]:
    asked = statement(starts=askers, target=target, tables=tables(today))
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        return chains_from(cursor.fetchall(), target=target)


def _apart(chains: Iterable[Chain]) -> list[Chain]:
    """The best of each introducer, three at most."""
    kept: dict[int, Chain] = {}
    for chain in chains:
        kept.setdefault(chain.introducer, chain)
    return list(kept.values())[:BEST]


def _shown(chains: Sequence[Chain], me: int) -> list[Found]:
    ids = {pk for chain in chains for pk in chain.people}
    rows = Tie.objects.filter(a__in=ids, b__in=ids).select_related("a__member__user", "b__member__user")
    ties = {(one.a_id, one.b_id): one for one in rows}
    people = {pk: one for tie in ties.values() for pk, one in ((tie.a_id, tie.a), (tie.b_id, tie.b))}
    return [_found(chain, people, ties, me) for chain in chains]


def _found(chain: Chain, people: dict[int, Contact], ties: dict[tuple[int, int], Tie], me: int) -> Found:
    on_way = tuple(people[pk] for pk in chain.people)
    pairs = zip(chain.people, chain.people[1:], strict=False)
    links = tuple(Link(ties[pair].strength, ties[pair].last_exchange) for pair in pairs)
    legs = tuple(one for one in on_way[:-1] if one.pk != me)
    return Found(on_way, links, chain, legs)


# What was asked


def searches_today(member: Member, *, now: datetime) -> list[datetime]:
    rows = ChainSearch.objects.filter(asker=member, at__gt=now - timedelta(days=1))
    return list(rows.values_list("at", flat=True))


def seen_in(contact: Contact) -> QuerySet[ChainSearch]:
    """Searches whose answer showed this person, for her to see, newest first."""
    return ChainSearch.objects.filter(shown=contact).select_related("asker__user").order_by("-at")


def my_requests(member: Member) -> QuerySet[Introduction]:
    rows = Introduction.objects.filter(asker=member).select_related("introducer", "target", "objective")
    return rows.order_by("-id")


def going(member: Member) -> list[Introduction]:
    """One's own requests and those of the organisation that wait for anybody, newest first, two hundred at most."""
    here = Introduction.objects.filter(organisation=member.organisation)
    rows = here.filter(Q(asker=member) | Q(step__in=WAITING)).select_related("asker__user", "target", "introducer")
    return list(rows.order_by("-id")[:200])


def asked_of(member: Member, waiting: list[Introduction]) -> list[Introduction]:
    """Requests that wait for this colleague's answer."""
    me = queries.person_of(member)
    if me is None:
        return []
    return [one for one in waiting if one.step == Step.INTRODUCER_ASKED and one.legs[one.leg] == me.pk]


def passed_on(member: Member, waiting: list[Introduction]) -> list[Introduction]:
    """Requests this colleague said yes to, that now wait for somebody outside: the address is hers to pass on."""
    me = queries.person_of(member)
    if me is None:
        return []
    return [one for one in waiting if one.step in WAITING and last_yes(one) == me.pk]


def last_yes(one: Introduction) -> int:
    """Who said yes last (a contact's id), 0 for nobody yet."""
    if one.step == Step.TARGET_ASKED:
        return int(one.legs[-1])
    return int(one.legs[one.leg - 1]) if one.leg else 0


def seen_by_asker(one: Introduction, *, now: datetime) -> Step:
    """The step as the one who asks may see it."""
    return shown_to_asker(Step(one.step), pending=Step(one.pending), since=one.since, now=now)


def seen_by_asked(one: Introduction, *, now: datetime) -> Step:
    return step_at(Step(one.step), since=one.since, now=now)


def past(organisation: Organisation, *, now: datetime) -> list[Past]:
    """Earlier requests as limits need them: a refusal counts from the day silence would have ended, like silence."""
    rows = Introduction.objects.filter(organisation=organisation, sent_at__gt=now - timedelta(days=240))
    return [_past(one, now) for one in rows.only("introducer", "target", "sent_at", "step", "pending", "since")]


def _past(one: Introduction, now: datetime) -> Past:
    shown = seen_by_asker(one, now=now)
    closed = shown is Step.CLOSED_QUIETLY
    going = shown in (Step.INTRODUCER_ASKED, Step.TARGET_ASKED)
    end = (one.since + timedelta(days=14)).date() if closed else None
    return Past(one.introducer_id, one.target_id, one.sent_at.date(), going, end)


def willingness(organisation: Organisation) -> dict[int, Willingness]:
    """How often each introducer said yes, from the requests that reached her."""
    asked: dict[int, list[bool]] = {}
    rows = Introduction.objects.filter(organisation=organisation).only("legs", "leg", "step", "pending")
    for one in rows:
        reached = len(one.legs) if one.pending == Step.TARGET_ASKED or one.step in ENDED else one.leg + 1
        for place, pk in enumerate(one.legs[:reached]):
            asked.setdefault(pk, []).append(place < one.leg or one.pending == Step.TARGET_ASKED)
    return {pk: Willingness(sum(said), len(said)) for pk, said in asked.items()}


def blind_asked(organisation: Organisation, *, now: datetime) -> list[BlindRequest]:
    """Questions without names of the last two months, newest first, with who answered."""
    said = Prefetch("answers", BlindAnswer.objects.select_related("colleague__user"))
    rows = BlindRequest.objects.filter(organisation=organisation, asked_at__gt=now - timedelta(days=60))
    return list(rows.select_related("asker__user").prefetch_related(said).order_by("-id")[:60])


def my_blind(
    member: Member, asked: list[BlindRequest], *, now: datetime
) -> list[tuple[BlindRequest, BlindView, list[Member]]]:
    """One's own among these as they may be seen: answers together, once a day, until it closes."""
    shown = []
    for one in [one for one in asked if one.asker_id == member.pk][:5]:
        answers = list(one.answers.all())
        view = blind_view(one.asked_at, now=now, volunteers=[Volunteer(a.colleague_id, a.at) for a in answers])
        shown.append((one, view, [a.colleague for a in answers if a.colleague_id in view.volunteers]))
    return shown


def blind_for(member: Member, asked: list[BlindRequest], *, now: datetime) -> list[BlindRequest]:
    """Those of these that this colleague's own book may answer, and that she has not answered."""
    waiting = [
        one for one in asked
        if one.asker_id != member.pk and now - one.asked_at < OPEN_FOR
        and member.pk not in {answer.colleague_id for answer in one.answers.all()}
    ]  # fmt: skip
    book = [queries.told_of(entry) for entry in queries.my_book(member)] if waiting else []
    return [one for one in waiting if any(says(entry, one.wanted) for entry in book)]
