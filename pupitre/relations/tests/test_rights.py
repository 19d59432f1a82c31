"""Being forgotten: no trace in any table or file, the counters untouched, nobody taken in again."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations import actions as talk
from pupitre.conversations.models import Message, Thread
from pupitre.core.actions import add_task
from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import NotAllowed, NotFound, NotYet
from pupitre.measurement.models import OWN_MEASURE, Fact
from pupitre.relations.actions import rights
from pupitre.relations.actions.book import colleague, take_in_book, tie
from pupitre.relations.actions.chains import request_introduction, seek
from pupitre.relations.jobs import keep_house
from pupitre.relations.models import ChainSearch, Contact, Introduction, Suppression
from pupitre.relations.rules.erasing import needles, pattern, without
from pupitre.relations.tests.people import knows, person
from pupitre.strategy.models import Objective

NAME, HANDLE, MAIL = "Éloïse Garance", "eloise.garance.example", "eloise@garance.example"
INDEX = "conversations_search"  # a view over the messages and over its own tables, which are read
TRACES = (NAME, "Garance", HANDLE, "did:plc:eloise77", MAIL, "jambon")


def everything() -> str:
    """Every value of every table, and every file, as text: what somebody with the whole machine would search."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name != INDEX]
        found = [f"{table}: {said(value)}" for table in tables for value in rows(cursor, table)]
    files = (file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())
    return "\n".join([*found, *(said(file.read_bytes()) for file in files)])


def rows(cursor: Any, table: str) -> Iterator[Any]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return (value for row in cursor.fetchall() for value in row)


def said(value: Any) -> str:
    """Bytes and escapes made readable."""
    text = bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
    return re.sub(r"\\\\?u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.fixture
def eloise(claire: Member, karim: Member, channel: Channel, objective: Objective) -> Contact:
    """Somebody who wrote to us, agreed to things, is in a book, and was named all over the house."""
    at = timezone.now() - timedelta(hours=2)
    author = Author("did:plc:eloise77", HANDLE, NAME, f"https://fake.example/{HANDLE}")
    said = "Le jambon-beurre était froid, je m’appelle Éloïse Garance."
    talk.take_in(channel, [Incoming(
        ref=Ref("at://did:plc:eloise77/post/1", {"cid": "x"}), kind="reply", author=author, text=said, at=at,
        thread="at://did:plc:eloise77/post/1", root=Ref("r0", {}),
    )])  # fmt: skip
    thread = Thread.objects.get()
    talk.add_note(thread, f"{NAME} est passée au fournil, {MAIL}", by=claire)
    add_task(f"Rappeler {NAME.upper()}", by=claire)
    Fact.objects.create(
        organisation=claire.organisation, objective=objective, kpi=OWN_MEASURE, value=134, at=at,
        source=f"compté avec {NAME}",
    )  # fmt: skip
    contact = Contact.objects.get(identities__handle=HANDLE)
    Contact.objects.filter(pk=contact.pk).update(email=MAIL, role="acheteuse")
    contact.refresh_from_db()
    take_in_book(f"Nom;Courriel\n{NAME};{MAIL}\n".encode(), by=karim)
    _asked_about(contact, claire)
    return contact


def _asked_about(contact: Contact, by: Member) -> None:
    from pupitre.relations.actions.consents import accept

    paul = person(by, "Paul Vasseur", "introduce_others")
    knows(colleague(by), paul)
    knows(paul, contact)
    accept(contact, "be_introduced", by=by, proof=f"son mail, {MAIL}")
    kept = seek("acheteuse", by=by, purpose=f"Rencontrer {NAME} bientôt")
    request_introduction(kept, paul.pk, by=by, message=f"Bonjour Paul, connais-tu {NAME} ?")


@pytest.mark.django_db
def test_erasing_leaves_counters_and_removes_every_trace(claire: Member, eloise: Contact) -> None:
    before = everything()
    assert [trace for trace in TRACES if trace not in before] == []
    counted = (Thread.objects.count(), Message.objects.count(), Fact.objects.count())

    receipt = rights.erase(eloise, by=claire)

    after = everything()
    assert [line for line in after.splitlines() if any(trace.casefold() in line.casefold() for trace in TRACES)] == []
    assert (Thread.objects.count(), Message.objects.count(), Fact.objects.count()) == counted
    assert Thread.objects.get().kind == "complaint"
    proof = AuditEntry.objects.get(verb="person_erased")
    assert (proof.subject_name, proof.member) == (receipt.number, claire)
    assert proof.detail["rows"]["conversations"] == 2
    assert Suppression.objects.filter(receipt=receipt.number).count() >= 4


@pytest.mark.django_db
def test_the_others_keep_every_word(claire: Member, eloise: Contact) -> None:
    task = add_task("Rappeler le moulin de Garancière", by=claire)
    rights.erase(eloise, by=claire)
    task.refresh_from_db()
    assert task.text == "Rappeler le moulin de Garancière"
    assert Contact.objects.filter(name="Paul Vasseur").exists()
    assert colleague(claire).name == "Claire Aubry"


@pytest.mark.django_db
def test_another_house_keeps_its_own(claire: Member, stranger: Member, eloise: Contact) -> None:
    theirs = person(stranger, NAME, "be_contacted", email=MAIL)
    rights.erase(eloise, by=claire)
    theirs.refresh_from_db()
    assert (theirs.name, theirs.email) == (NAME, MAIL)


@pytest.mark.django_db
def test_requests_that_passed_by_her_end(claire: Member, eloise: Contact) -> None:
    paul = Contact.objects.get(name="Paul Vasseur")
    rights.erase(paul, by=claire)
    assert not Introduction.objects.exists()
    assert not ChainSearch.objects.filter(shown=paul.pk).exists()


@pytest.mark.django_db
def test_only_the_owner_erases_and_not_a_colleague(
    claire: Member, karim: Member, stranger: Member, eloise: Contact
) -> None:
    with pytest.raises(NotAllowed):
        rights.erase(eloise, by=karim)
    with pytest.raises(NotFound):
        rights.erase(eloise, by=stranger)
    with pytest.raises(NotYet):
        rights.erase(colleague(karim), by=claire)


@pytest.mark.django_db
def test_what_is_told_is_all_that_is_kept(claire: Member, eloise: Contact) -> None:
    told = rights.tell(eloise, by=claire)
    assert told["person"]["name"] == NAME
    assert [word["purpose"] for word in told["agreements"]] == ["be_introduced"]
    assert [one["text"] for one in told["conversations"]] == [
        "Le jambon-beurre était froid, je m’appelle Éloïse Garance."
    ]
    assert [len(told[key]) for key in ("accounts", "acquaintances", "shown_in_searches")] == [1, 1, 1]
    assert json.loads(json.dumps(told)) == told
    assert AuditEntry.objects.filter(verb="person_told").count() == 1


@pytest.mark.django_db
def test_a_person_is_forgotten_on_her_day_and_may_write_again(claire: Member, eloise: Contact) -> None:
    eloise.consents.all().delete()
    Contact.objects.filter(pk=eloise.pk).update(forget_on=timezone.localdate())
    assert keep_house() >= 1
    assert not Contact.objects.filter(name=NAME).exists()
    assert not Suppression.objects.exists()


@pytest.mark.django_db
def test_who_agrees_still_is_not_forgotten_by_time(claire: Member, eloise: Contact) -> None:
    Contact.objects.filter(pk=eloise.pk).update(forget_on=timezone.localdate())
    keep_house()
    assert Contact.objects.filter(pk=eloise.pk).exists()


@pytest.mark.django_db
def test_old_searches_are_dropped(claire: Member, eloise: Contact) -> None:
    ChainSearch.objects.update(at=timezone.now() - timedelta(days=31))
    keep_house()
    assert not ChainSearch.objects.exists()


@pytest.mark.django_db
def test_a_colleague_of_the_same_name_keeps_hers(claire: Member, eloise: Contact) -> None:
    claire.user.name = NAME
    claire.user.save()
    Contact.objects.filter(member=claire).update(name=NAME)
    rights.erase(eloise, by=claire)
    assert colleague(claire).name == NAME


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Merci à Éloïse  Garance !", "Merci à […] !"), ("éloïse garance", "[…]"), (7, 7), (None, None),
        ("Éloïse Garancière", "Éloïse Garancière"), ({"par": ["@eloise.example", 3]}, {"par": ["@[…]", 3]}),
        ({"eloise.example": 1}, {"[…]": 1}),
    ],
)  # fmt: skip
def test_a_person_is_taken_out_of_any_value(before: object, after: object) -> None:
    assert without(before, pattern(needles([NAME], ["eloise.example", "x"]))) == after


def test_a_first_name_alone_is_not_searched() -> None:
    assert needles(["Marie"], ["", "ab"]) == []


@pytest.mark.django_db
def test_ties_with_her_go_with_her(claire: Member, eloise: Contact) -> None:
    tie(colleague(claire), eloise, by=claire, strength="met_once")
    rights.erase(eloise, by=claire)
    assert colleague(claire).knows.count() == 1
