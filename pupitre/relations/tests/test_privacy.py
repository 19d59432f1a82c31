"""What nobody may learn: on drawn worlds, an answer holds only who agreed, and who did not changes no byte of it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupitre.core.models import Member
from pupitre.relations import chain_queries as reads
from pupitre.relations import queries
from pupitre.relations.actions.book import colleague, lend_my_ties
from pupitre.relations.actions.chains import ask_blind, volunteer, ways
from pupitre.relations.actions.consents import withdraw
from pupitre.relations.introductions.consent import Purpose, agrees
from pupitre.relations.models import BlindRequest, BookEntry, ChainSearch, Consent, Contact, Tie
from pupitre.relations.tests.people import ago, knows

pytestmark = pytest.mark.django_db
WORLD = settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
PURPOSES = ("be_introduced", "introduce_others")


@contextmanager
def undone() -> Iterator[None]:
    """Leaves a drawn world as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def drawn(by: Member, draw: random.Random) -> list[Contact]:
    """Between 3 and 12 people, each agreeing to anything or nothing, tied at random among themselves and to us."""
    now, today = timezone.now(), timezone.localdate()
    people = Contact.objects.bulk_create(
        Contact(
            organisation=by.organisation, name=f"Personne {n}", role="cantines", first_seen_at=now, last_seen_at=now,
            objected_on=today if draw.random() < 0.1 else None, public=draw.random() < 0.1,
        )
        for n in range(draw.randint(3, 12))
    )  # fmt: skip
    Consent.objects.bulk_create(
        Consent(
            organisation=by.organisation, contact=one, purpose=purpose, proof="dit au comptoir", given_on=ago(30),
            state=draw.choice(["accepted", "accepted", "accepted", "refused", "withdrawn", "asked"]),
            expires_on=draw.choice([None, None, ago(-30), ago(0)]),
        )
        for one in people for purpose in PURPOSES if draw.random() < 0.8
    )  # fmt: skip
    everybody = [colleague(by), *people]
    for number, one in enumerate(everybody):
        for other in everybody[:number]:
            if draw.random() < 0.35:
                knows(one, other, cost=draw.randint(1, 5) * 100, usable=draw.random() < 0.9)
    return people


def answer(by: Member) -> list[Any]:
    """All that a search shows, as bytes would hold it."""
    return [
        ([(one.pk, one.name, one.role) for one in way.people], way.chain.cost, way.one_in, [one.pk for one in way.legs])
        for way in reads.search(by, "cantines", today=timezone.localdate())
    ]


def willing(one: Contact, purpose: Purpose) -> bool:
    """The rule said again, in Python, from the rules alone."""
    words = [queries.word_of(row, one) for row in one.consents.filter(purpose=purpose, state="accepted")]
    return one.objected_on is None and agrees(words, purpose, today=timezone.localdate())


@WORLD
@given(seed=st.integers(0, 2**32))
def test_an_answer_holds_only_people_who_agreed_to_their_part(claire: Member, seed: int) -> None:
    with undone():
        drawn(claire, random.Random(seed))
        for way in reads.search(claire, "cantines", today=timezone.localdate()):
            assert way.target.public or willing(way.target, Purpose.BE_INTRODUCED)
            assert all(willing(one, Purpose.INTRODUCE_OTHERS) for one in way.people[1:-1])
            pairs = zip(way.people, way.people[1:], strict=False)
            assert all(Tie.objects.get(a=a, b=b).usable for a, b in pairs)


@WORLD
@given(seed=st.integers(0, 2**32))
def test_who_did_not_agree_changes_no_byte_of_any_answer(claire: Member, seed: int) -> None:
    """Their ties are added, changed, deleted; then they are deleted altogether."""
    with undone():
        draw = random.Random(seed)
        people = drawn(claire, draw)
        hidden = [
            one for one in people
            if not one.public and not any(willing(one, Purpose(purpose)) for purpose in PURPOSES)
        ]  # fmt: skip
        before = answer(claire)
        Tie.objects.filter(a__in=hidden).update(cost=1, back=1)
        assert answer(claire) == before
        for one in hidden:
            for other in draw.sample(people, 2):
                if one != other and not Tie.objects.filter(a=one, b=other).exists():
                    knows(one, other, cost=1)
        assert answer(claire) == before
        Tie.objects.filter(a__in=hidden).delete()
        assert answer(claire) == before
        Contact.objects.filter(pk__in=[one.pk for one in hidden]).delete()
        assert answer(claire) == before


def test_drawn_worlds_are_not_all_silent(claire: Member) -> None:
    """The two properties above speak of something: many worlds answer, and many hide somebody."""
    found = 0
    for seed in range(30):
        with undone():
            drawn(claire, random.Random(seed))
            found += bool(answer(claire))
    assert found >= 15


@WORLD
@given(given=st.integers(0, 900), seen=st.integers(0, 900), left=st.one_of(st.none(), st.integers(-3, 3)))
def test_the_database_and_the_rules_say_the_same_of_every_consent(
    claire: Member, given: int, seen: int, left: int | None
) -> None:
    with undone():
        now = timezone.now()
        noon = now.replace(hour=12, minute=0) - timedelta(days=seen)
        one = Contact.objects.create(organisation=claire.organisation, name="X", first_seen_at=noon, last_seen_at=noon)
        Consent.objects.create(
            organisation=claire.organisation, contact=one, purpose="introduce_others", state="accepted", proof="dit",
            given_on=ago(given), expires_on=None if left is None else ago(-left),
        )  # fmt: skip
        target = Contact.objects.create(
            organisation=claire.organisation, name="Y", role="cantines", public=True, first_seen_at=now,
            last_seen_at=now,
        )  # fmt: skip
        knows(colleague(claire), one)
        knows(one, target)
        expected = willing(one, Purpose.INTRODUCE_OTHERS)
        agreeing = queries.agreeing(claire.organisation, "introduce_others", today=timezone.localdate())
        assert (one in agreeing, bool(answer(claire))) == (expected, expected)


def test_a_withdrawal_shuts_the_way_in_the_same_second(claire: Member) -> None:
    now = timezone.now()
    shared = {"organisation": claire.organisation, "first_seen_at": now, "last_seen_at": now}
    middle = Contact.objects.create(name="Paul Vasseur", **shared)
    target = Contact.objects.create(name="Odile Renaud", role="cantines", public=True, **shared)
    word = Consent.objects.create(
        organisation=claire.organisation, contact=middle, purpose="introduce_others", state="accepted", proof="dit",
        given_on=ago(3),
    )  # fmt: skip
    knows(colleague(claire), middle)
    knows(middle, target)
    kept = ChainSearch.objects.create(
        organisation=claire.organisation, asker=claire, words="cantines", purpose="Proposer le pain", at=now
    )
    assert [one.name for one in ways(kept, by=claire, sleep=lambda _: None)[0].people] == [
        "Claire Aubry", "Paul Vasseur", "Odile Renaud",
    ]  # fmt: skip
    withdraw(word, by=claire)
    assert ways(kept, by=claire, sleep=lambda _: None) == []


def test_none_and_hidden_are_given_at_the_same_fixed_steps(claire: Member) -> None:
    """Seen from outside, an answer takes a whole number of quarters of a second, whatever there was to find."""
    waited: list[float] = []
    kept = ChainSearch.objects.create(
        organisation=claire.organisation, asker=claire, words="cantines", purpose="Proposer le pain", at=timezone.now()
    )
    colleague(claire)
    for _ in range(2):
        started = timezone.now()
        assert ways(kept, by=claire, sleep=waited.append) == []
        took = (timezone.now() - started).total_seconds()
        assert took < 0.25, "a small world is searched within one step"
        drawn_hidden(claire)
    assert [0 < pause < 0.25 for pause in waited] == [True, True]


def drawn_hidden(by: Member) -> None:
    """People who agreed to nothing, all tied to us."""
    now = timezone.now()
    for number in range(20):
        one = Contact.objects.create(
            organisation=by.organisation, name=f"Cachée {number}", role="cantines", first_seen_at=now, last_seen_at=now
        )
        knows(colleague(by), one)


def asked(by: Member) -> list[BlindRequest]:
    return reads.blind_asked(by.organisation, now=timezone.now())


@pytest.mark.parametrize("knowing", [0, 10])
def test_a_blind_request_looks_the_same_whether_nobody_or_ten_know(
    claire: Member, karim: Member, lucie: Member, knowing: int
) -> None:
    for number in range(knowing):
        BookEntry.objects.create(
            organisation=claire.organisation, owner=(karim, lucie)[number % 2], name=f"Odile {number}", role="cantines",
            source="hand", key=f"{number}",
        )  # fmt: skip
    one = ask_blind("cantines", by=claire, purpose="Proposer notre pain de midi")
    [(_, view, names)] = reads.my_blind(claire, asked(claire), now=one.asked_at)
    assert (view.open, view.volunteers, names) == (True, (), [])
    assert view.next_look == one.asked_at + timedelta(hours=24)
    assert [bool(reads.blind_for(who, asked(who), now=one.asked_at)) for who in (karim, lucie)] == [knowing > 0] * 2


def test_an_answer_shows_at_the_next_fixed_hour_and_not_before(claire: Member, karim: Member) -> None:
    BookEntry.objects.create(
        organisation=claire.organisation, owner=karim, name="Odile Renaud", role="cantines", source="hand", key="o"
    )
    one = ask_blind("cantines", by=claire, purpose="Proposer notre pain de midi")
    volunteer(one, by=karim, now=one.asked_at + timedelta(hours=3))
    early, late = (reads.my_blind(claire, asked(claire), now=one.asked_at + timedelta(hours=h))[0][2] for h in (23, 25))
    assert (early, late) == ([], [karim])


def test_a_colleague_lends_her_ties_and_takes_them_back(claire: Member, karim: Member) -> None:
    target = Contact.objects.create(
        organisation=claire.organisation, name="Odile Renaud", role="cantines", public=True,
        first_seen_at=timezone.now(), last_seen_at=timezone.now(),
    )  # fmt: skip
    knows(colleague(karim), target)
    assert answer(claire) == []
    lend_my_ties(by=karim, yes=True)
    assert [[one.name for one in way.legs] for way in reads.search(claire, "cantines", today=timezone.localdate())] == [
        ["Karim Benali"]
    ]
    lend_my_ties(by=karim, yes=False)
    assert answer(claire) == []
