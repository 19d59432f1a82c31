"""From a chain to a meeting: each asked in turn, two yeses before names meet, silence worth a refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotFound, NotYet, Refusal
from pupitre.relations import chain_queries as reads
from pupitre.relations.actions import chains as acts
from pupitre.relations.actions.book import colleague, lend_my_ties
from pupitre.relations.jobs import fade, keep_house
from pupitre.relations.models import ChainSearch, Contact, Introduction, Tie
from pupitre.relations.tests.people import knows, person

pytestmark = pytest.mark.django_db
WHY = "Proposer notre pain de midi aux cantines"
LETTER = "Bonjour Paul, veux-tu lui demander si je peux lui écrire ?"


@pytest.fixture
def paul(claire: Member) -> Contact:
    """The miller, who introduces people."""
    one = person(claire, "Paul Vasseur", "introduce_others", role="meunier")
    knows(colleague(claire), one)
    return one


@pytest.fixture
def odile(claire: Member, paul: Contact) -> Contact:
    """A buyer whom he knows."""
    one = person(claire, "Odile Renaud", "be_introduced", role="acheteuse", employer="cantines", place="Nantua")
    knows(paul, one)
    return one


def sent(by: Member, introducer: Contact) -> Introduction:
    kept = acts.seek("cantines", by=by, purpose=WHY)
    return acts.request_introduction(kept, introducer.pk, by=by, message=LETTER)


def later(one: Introduction, days: int) -> Introduction:
    shift = timedelta(days=days)
    Introduction.objects.filter(pk=one.pk).update(since=one.since - shift, sent_at=one.sent_at - shift)
    one.refresh_from_db()
    return one


def step(one: Introduction) -> str:
    one.refresh_from_db()
    return reads.seen_by_asker(one, now=timezone.now()).value


def test_two_yeses_then_a_meeting_then_thanks(claire: Member, paul: Contact, odile: Contact) -> None:
    one = sent(claire, paul)
    assert acts.answer_request(one, yes=True, person=paul).step == "target_asked"
    with pytest.raises(NotYet):
        acts.report(one, by=claire, outcome="work")
    assert acts.answer_request(one, yes=True, person=odile).step == "met"
    one.refresh_from_db()
    done = acts.report(one, by=claire, outcome="work", lesson="Elle cuisine le mardi", thanked=True)
    assert (done.step, done.outcome, done.thanked_on) == ("followed", "work", timezone.localdate())


@pytest.mark.parametrize("who", ["paul", "odile"])
def test_a_refusal_looks_like_silence_until_silence_would_have_ended(
    claire: Member, paul: Contact, odile: Contact, who: str
) -> None:
    refused = sent(claire, paul)
    if who == "odile":
        acts.answer_request(refused, yes=True, person=paul)
        refused.refresh_from_db()
    before = step(refused)
    acts.answer_request(refused, yes=False, person=paul if who == "paul" else odile)
    assert step(refused) == before
    refused = later(refused, 13)
    assert step(refused) == before
    refused = later(refused, 1)
    assert step(refused) == "closed_quietly"


def test_silence_closes_by_itself_and_a_late_yes_finds_it_closed(claire: Member, paul: Contact, odile: Contact) -> None:
    one = later(sent(claire, paul), 14)
    with pytest.raises(NotYet):
        acts.answer_request(one, yes=True, person=paul)
    keep_house()
    one.refresh_from_db()
    assert one.step == "closed_quietly"


def test_only_whose_turn_it_is_may_answer(claire: Member, karim: Member, paul: Contact, odile: Contact) -> None:
    one = sent(claire, paul)
    with pytest.raises(NotYet):
        acts.answer_request(one, yes=True, person=odile)
    with pytest.raises(NotFound):
        acts.answer_as_colleague(one, by=karim, yes=True)
    with pytest.raises(NotFound):
        acts.take_back(one, by=karim)
    assert acts.take_back(one, by=claire).step == "cancelled"


def test_two_intermediaries_are_asked_one_after_the_other(
    claire: Member, karim: Member, odile: Contact, paul: Contact
) -> None:
    Tie.objects.filter(a=colleague(claire)).delete()
    knows(colleague(karim), paul)
    lend_my_ties(by=karim, yes=True)
    colleague(claire)
    one = sent(claire, colleague(karim))
    assert [one.legs, one.leg] == [[colleague(karim).pk, paul.pk], 0]
    assert reads.asked_of(karim, reads.going(karim)) == [one]
    acts.answer_as_colleague(one, by=karim, yes=True)
    one.refresh_from_db()
    assert (one.step, one.leg, acts.whose_turn(one)) == ("introducer_asked", 1, paul.pk)
    acts.answer_request(one, yes=True, person=paul)
    one.refresh_from_db()
    assert acts.whose_turn(one) == odile.pk


def test_limits_spare_introducers_and_those_who_did_not_answer(claire: Member, paul: Contact, odile: Contact) -> None:
    other = person(claire, "Malik Sarr", "be_introduced", role="cantines d’été")
    knows(paul, other)
    first = sent(claire, paul)
    later(first, 20)
    with pytest.raises(NotYet, match="six months"):
        sent(claire, paul)
    Introduction.objects.all().update(target=other)
    sent(claire, paul)
    with pytest.raises(NotYet, match="two requests a month"):
        sent(claire, paul)


def test_searches_are_counted_and_seen_by_whom_they_showed(claire: Member, paul: Contact, odile: Contact) -> None:
    kept = acts.seek("acheteuse nantua", by=claire, purpose=WHY)
    assert [list(reads.seen_in(one)) for one in (paul, odile)] == [[kept], [kept]]
    now = timezone.now()
    ChainSearch.objects.bulk_create(
        ChainSearch(organisation=claire.organisation, asker=claire, words="x", purpose=WHY, at=now) for _ in range(19)
    )
    with pytest.raises(NotYet, match="Twenty"):
        acts.seek("acheteuse", by=claire, purpose=WHY)


@pytest.mark.parametrize(("words", "why", "fields"), [("x", WHY, {"words"}), ("cantines", "bof", {"purpose"})])
def test_a_refused_search_names_its_field(claire: Member, words: str, why: str, fields: set[str]) -> None:
    with pytest.raises(Refusal) as refused:
        acts.seek(words, by=claire, purpose=why)
    assert {fault.field for fault in refused.value.faults} == fields


def test_a_way_that_closed_meanwhile_cannot_be_asked(claire: Member, paul: Contact, odile: Contact) -> None:
    kept = acts.seek("cantines", by=claire, purpose=WHY)
    odile.consents.update(state="withdrawn", withdrawn_on=timezone.localdate())
    with pytest.raises(NotYet, match="no longer open"):
        acts.request_introduction(kept, paul.pk, by=claire, message=LETTER)


def test_ties_fade_and_a_willing_introducer_costs_less(claire: Member, paul: Contact, odile: Contact) -> None:
    fade(now=timezone.now())
    fresh = Tie.objects.get(a=paul, b=odile).cost
    Tie.objects.all().update(last_exchange=timezone.localdate() - timedelta(days=365))
    assert fade(now=timezone.now()) == Tie.objects.count()
    old = Tie.objects.get(a=paul, b=odile).cost
    assert 690 <= old - fresh <= 696  # half the chance: a thousand times ln 2
    before = Tie.objects.get(a=colleague(claire), b=paul).cost
    acts.answer_request(sent(claire, paul), yes=True, person=paul)
    fade(now=timezone.now())
    assert Tie.objects.get(a=colleague(claire), b=paul).cost < before


def test_four_blind_questions_a_month(claire: Member) -> None:
    for _ in range(4):
        acts.ask_blind("une acheteuse", by=claire, purpose=WHY)
    with pytest.raises(NotYet):
        acts.ask_blind("une acheteuse", by=claire, purpose=WHY)
