"""A confirmed fact is not denied: the rule, and what the ledger asks before it believes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.connectors.contract import Author, Incoming, Ref
from pupitre.conversations.actions import answer, take_in
from pupitre.conversations.care_queries import read_over
from pupitre.conversations.models import Thread
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import NotAllowed, NotFound, Refusal
from pupitre.editorial.queries import read_draft
from pupitre.editorial.rules.draft import Draft
from pupitre.editorial.rules.draft import Text as DraftText
from pupitre.ledger import queries
from pupitre.ledger.actions import add_fact, put_away, settle_fact
from pupitre.ledger.models import LedgerFact
from pupitre.ledger.rules.saying import Denied, Line, denied
from pupitre.publishing.models import Delivery

OUTAGE = "Une panne des cartes et de l’application a duré neuf heures."


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Nous n’avons constaté aucune panne hier.", "aucune panne"),
        ("Bonjour, il n’y a pas eu de panne.", "il n’y a pas eu"),
        ("La panne a duré neuf heures. Nous vous présentons nos excuses.", ""),
        ("Le conseil est ouvert ce matin.", ""),
    ],
)
def test_denying_a_confirmed_fact_is_found_at_its_place(draft: str, words: str) -> None:
    found = denied(draft, [Line(1, OUTAGE, "confirmed")], language="fr")

    if not words:
        assert found is None
        return
    assert isinstance(found, Denied)
    assert draft[found.start : found.end] == found.words
    assert words in draft[found.start :]
    assert found.fact == OUTAGE


@pytest.mark.parametrize("status", ["checking", "false"])
def test_only_what_is_confirmed_closes_a_denial(status: str) -> None:
    assert denied("Il n’y a eu aucune panne.", [Line(1, OUTAGE, status)], language="fr") is None


def test_a_fact_put_away_closes_what_names_its_subject_and_nothing_else() -> None:
    away = [Line(1, OUTAGE, "confirmed", put_away=True)]

    assert denied("Il n’y a eu aucune panne.", away, language="fr") is not None
    assert denied("C’est faux.", away, language="fr") is None
    assert denied("C’est faux.", [Line(1, OUTAGE, "confirmed")], language="fr") is not None


def test_a_fact_is_confirmed_only_with_its_source(claire: Member) -> None:
    with pytest.raises(Refusal) as refused:
        add_fact(" ", by=claire, status="confirmed")
    assert [fault.field for fault in refused.value.faults] == ["text", "source"]

    fact = add_fact(OUTAGE, by=claire)
    with pytest.raises(Refusal):
        settle_fact(fact, by=claire, status="confirmed", source=" ")
    settle_fact(fact, by=claire, status="confirmed", source="Journal de l’exploitation")
    assert LedgerFact.objects.get().settled_at is not None


def test_the_fault_names_the_words_their_place_and_the_fact(claire: Member, bakery: Organisation) -> None:
    assert queries.fault_of(bakery, "Aucune panne chez nous.", field="text") == []
    add_fact(OUTAGE, by=claire, status="confirmed", source="Exploitation")
    (fault,) = queries.fault_of(bakery, "Aucune panne chez nous.", field="text")

    assert (fault.field, fault.params) == ("text", {"words": "Aucune panne", "fact": OUTAGE, "place": 1})


def test_what_is_put_away_leaves_the_list_and_stays_in_the_ledger(claire: Member, bakery: Organisation) -> None:
    fact = add_fact(OUTAGE, by=claire, status="confirmed", source="Exploitation")
    assert put_away([fact], at=fact.created_at) == 1
    assert (list(queries.facts(bakery)), len(queries.lines(bakery))) == ([], 1)


def test_another_house_s_fact_does_not_exist_and_a_reader_does_not_write(
    claire: Member, karim: Member, stranger: Member
) -> None:
    fact = add_fact(OUTAGE, by=karim)
    with pytest.raises(NotFound):
        settle_fact(fact, by=stranger, status="false", source="Moi")
    karim.role = "reader"
    with pytest.raises(NotAllowed):
        settle_fact(fact, by=karim, status="false", source="Moi")


def test_an_answer_that_denies_a_confirmed_fact_is_held_and_its_reading_says_where(
    claire: Member, channel: Channel
) -> None:
    add_fact(OUTAGE, by=claire, status="confirmed", source="Exploitation")
    take_in(channel, [
        Incoming(
            ref=Ref("m1", {}), kind="reply", author=Author("p1", "p1", "Nadia B."), at=timezone.now(), thread="m1",
            text="Votre panne m’a laissée sans carte toute la journée.", root=Ref("r0", {}),
        )
    ])  # fmt: skip
    thread = Thread.objects.get()
    with pytest.raises(Refusal) as refused:
        answer(thread, "Bonjour, il n’y a eu aucune panne.", by=claire)
    assert [fault.field for fault in refused.value.faults] == ["text"]
    held = read_over(thread, "Bonjour, il n’y a eu aucune panne.", language="fr").held
    assert held is not None
    assert held.severity == "block"

    answer(thread, "Bonjour, la panne a duré neuf heures. Nous vous présentons nos excuses.", by=claire)
    assert Delivery.objects.count() == 1


def test_a_post_that_denies_a_confirmed_fact_is_stopped_under_its_text(
    claire: Member, bakery: Organisation, channel: Channel
) -> None:
    draft = Draft(
        title="Bonnes nouvelles",
        texts=(DraftText(channel.pk, "Aucune panne, tout va bien.", timezone.now() + timedelta(days=1)),),
    )
    before = read_draft(bakery, draft, now=timezone.now()).faults[channel.pk]
    add_fact(OUTAGE, by=claire, status="confirmed", source="Exploitation")
    after = read_draft(bakery, draft, now=timezone.now()).faults[channel.pk]

    assert [fault.field for fault in after if fault not in before] == [f"text-{channel.pk}"]
