"""What people agreed to: proof, states, end, withdrawal at once, nobody seen who did not say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotFound, NotYet, Refusal
from pupitre.relations import queries
from pupitre.relations.actions import consents as acts
from pupitre.relations.actions import meet_by_name
from pupitre.relations.actions.rights import object_to
from pupitre.relations.models import Consent, Contact
from pupitre.relations.tests.people import MET, ago, backdate, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        ({"name": "", "proof": MET, "purposes": ["be_contacted"]}, {"name"}),
        ({"name": "Paul Vasseur", "proof": "", "purposes": ["be_contacted"]}, {"proof"}),
        ({"name": "Paul Vasseur", "proof": MET, "purposes": []}, {"purposes"}),
        ({"name": " ", "proof": " x", "purposes": []}, {"name", "proof", "purposes"}),
    ],
)
def test_nobody_enters_without_having_agreed(claire: Member, told: dict[str, object], faults: set[str]) -> None:
    with pytest.raises(Refusal) as refused:
        acts.add_person(by=claire, **told)  # type: ignore[arg-type]
    assert {fault.field for fault in refused.value.faults} == faults
    assert not Contact.objects.exists()


def test_an_agreement_is_kept_with_who_wrote_it(claire: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    word = paul.consents.get()
    assert (word.state, word.proof, word.recorded_by, word.given_on) == ("accepted", MET, claire, timezone.localdate())
    assert AuditEntry.objects.filter(verb="consent_accepted", subject_id=paul.pk).count() == 1


def test_the_directory_shows_only_who_agreed_to_it(claire: Member) -> None:
    shown = person(claire, "Odile Renaud", "appear_in_directory", role="cheffe de cuisine")
    person(claire, "Odile Martin", "be_contacted", role="cheffe de cuisine")
    meet_by_name(claire.organisation, "Odile Petit", at=timezone.now())
    today = timezone.localdate()
    assert list(queries.directory(claire.organisation, today=today)) == [shown]
    assert queries.found(claire.organisation, "odile cuisine", today=today) == [shown]


def test_a_withdrawal_acts_in_the_same_second(claire: Member) -> None:
    odile = person(claire, "Odile Renaud", "appear_in_directory")
    acts.withdraw(odile.consents.get(), by=claire)
    assert not queries.directory(claire.organisation, today=timezone.localdate()).exists()


def test_agreement_ends_on_its_day_and_after_two_years_of_silence(claire: Member) -> None:
    today = timezone.localdate()
    short, silent, alive = (person(claire, name, "appear_in_directory") for name in ("Anne A", "Bob B", "Carl C"))
    Consent.objects.filter(contact=short).update(given_on=ago(10), expires_on=today)
    backdate(silent, 731)
    backdate(alive, 731)
    Contact.objects.filter(pk=alive.pk).update(last_seen_at=timezone.now() - timedelta(days=20))
    states = [
        queries.consent_state(one.consents.get(), Contact.objects.get(pk=one.pk), today=today).value
        for one in (short, silent, alive)
    ]
    assert states == ["expired", "expired", "accepted"]
    assert list(queries.directory(claire.organisation, today=today)) == [alive]


def test_a_refusal_is_final_for_us_and_not_for_her(claire: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    acts.ask(paul, "be_introduced", by=claire)
    acts.refuse(paul, "be_introduced", by=claire)
    with pytest.raises(NotYet):
        acts.ask(paul, "be_introduced", by=claire)
    with pytest.raises(NotYet):
        acts.accept(paul, "be_introduced", by=claire, proof=MET)
    assert acts.accept(paul, "be_introduced", by=None, proof="sa page").source == "herself"


def test_who_took_a_word_back_is_not_asked_again_but_may_come_back(claire: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    acts.withdraw(paul.consents.get(), by=claire)
    with pytest.raises(NotYet):
        acts.ask(paul, "be_contacted", by=claire)
    acts.accept(paul, "be_contacted", by=claire, proof="il est revenu nous le dire")
    assert [row.state for row in queries.consents(paul)] == ["accepted", "withdrawn"]


def test_what_has_lapsed_may_be_asked_again(claire: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    backdate(paul, 800)
    paul.refresh_from_db()
    assert acts.ask(paul, "be_contacted", by=claire).state == "asked"
    assert acts.accept(paul, "be_contacted", by=claire, proof=MET).state == "accepted"


def test_one_living_word_a_purpose(claire: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    with pytest.raises(Conflict):
        acts.accept(paul, "be_contacted", by=claire, proof=MET)
    assert acts.accept(paul, "be_contacted", by=claire, proof=MET, channel="mail").channel == "mail"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"proof": "x"}, "proof"), ({"proof": MET, "given_on": ago(-2)}, "given_on"),
        ({"proof": MET, "expires_on": ago(0)}, "expires_on"), ({"proof": MET, "channel": "pigeon"}, "channel"),
        ({"proof": MET, "purpose": "sell"}, "purpose"),
    ],
)  # fmt: skip
def test_a_refused_agreement_names_its_field(claire: Member, given: dict[str, object], fault: str) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    purpose = str(given.pop("purpose", "be_introduced"))
    with pytest.raises(Refusal) as refused:
        acts.accept(paul, purpose, by=claire, **given)  # type: ignore[arg-type]
    assert [one.field for one in refused.value.faults] == [fault]


def test_who_objects_is_left_alone_everywhere(claire: Member) -> None:
    odile = person(claire, "Odile Renaud", "appear_in_directory", "be_contacted")
    object_to(odile, by=claire)
    assert {row.state for row in odile.consents.all()} == {"withdrawn"}
    assert not queries.directory(claire.organisation, today=timezone.localdate()).exists()
    with pytest.raises(NotYet):
        acts.ask(odile, "be_introduced", by=claire)


def test_readers_and_strangers_write_nothing(claire: Member, lucie: Member, stranger: Member) -> None:
    paul = person(claire, "Paul Vasseur", "be_contacted")
    lucie.role = "reader"
    with pytest.raises(NotAllowed):
        acts.describe_person(paul, by=lucie, name="Autre")
    with pytest.raises(NotFound):
        acts.withdraw(paul.consents.get(), by=stranger)
