"""Groups with their hours and their exit, experts with their basis, and the exchange that loses nothing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import NotYet, Refusal
from pupitre.relations import hub_queries
from pupitre.relations.actions import exchange as swaps
from pupitre.relations.actions import hubs as acts
from pupitre.relations.actions.book import colleague
from pupitre.relations.actions.consents import accept, refuse, withdraw
from pupitre.relations.actions.rights import erase, object_to
from pupitre.relations.models import Consent, Contact, Expertise, Identity
from pupitre.relations.rules import exchange
from pupitre.relations.rules.cards import read as read_cards
from pupitre.relations.rules.hubs import knows
from pupitre.relations.tests.people import person


def group(by: Member, **other: Any) -> Any:
    told = {
        "name": "Boulangers de l’Ain", "place": "Facebook", "openness": "open", "posture": "join",
        "cadence": "chaque lundi",
        "aim": "Aider ceux qui s’installent", "exit": "trois mois sans question", "hours": Decimal("0.5"),
        "review_on": timezone.localdate() + timedelta(days=90), "rules": "", "moderators": [],
    }  # fmt: skip
    return acts.keep_group(None, by=by, **(told | other))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posture", "hours", "others", "fields"),
    [
        ("join", "0.25", {}, []),
        ("join", "0.2", {}, ["hours"]),
        ("animate", "0.5", {}, ["hours"]),
        ("animate", "1", {}, []),
        ("create", "1.75", {}, ["hours", "rules", "moderators"]),
        ("create", "2", {"rules": "On se parle avec respect."}, ["moderators"]),
        ("watch", "2", {}, ["posture"]),
        ("join", "1", {"exit": " ", "aim": "", "openness": "secret"}, ["aim", "exit", "openness"]),
        ("join", "1", {"review_on": None}, ["review_on"]),
        ("join", "1", {"url": "javascript:alert(1)"}, ["url"]),
    ],
)
def test_a_group_is_entered_with_its_work_and_its_exit(
    claire: Member, posture: str, hours: str, others: dict[str, Any], fields: list[str]
) -> None:
    told = {"posture": posture, "hours": Decimal(hours), **others}
    if fields:
        with pytest.raises(Refusal) as refused:
            group(claire, **told)
        assert [fault.field for fault in refused.value.faults] == fields
    else:
        assert group(claire, **told).hours_per_week == Decimal(hours)


@pytest.mark.django_db
def test_holding_a_group_adds_its_hours_until_it_is_left(claire: Member) -> None:
    held = group(claire, posture="create", hours=Decimal(2), rules="Respect.", moderators=[claire], name="Pain vivant")
    group(claire)
    assert hub_queries.hours(claire.organisation)[0] == Decimal("2.5")

    with pytest.raises(Refusal):
        acts.leave_group(held, by=claire, because="bof")
    acts.leave_group(held, by=claire, because="Plus personne n’y pose de question.")
    assert hub_queries.hours(claire.organisation)[0] == Decimal("0.5")
    with pytest.raises(NotYet):
        acts.leave_group(held, by=claire, because="Plus personne n’y pose de question.")


@pytest.mark.django_db
def test_what_a_closed_group_says_enters_no_report(claire: Member) -> None:
    for openness in ("open", "closed"):
        acts.note_group(group(claire, openness=openness, name=openness), by=claire, text=f"Dit en {openness}")
    told = hub_queries.reportable(claire.organisation, since=timezone.localdate())
    assert [note.text for note in told] == ["Dit en open"]


@pytest.mark.django_db
def test_an_expert_without_evidence_or_basis_is_not_kept(claire: Member) -> None:
    odile = person(claire, "Odile Renaud")
    good = {"topic": "levain naturel", "evidence": "https://fake.example/levain", "basis": "agreement",
            "basis_words": "son mail du 3 mars"}  # fmt: skip
    for field, value in (("topic", ""), ("evidence", ""), ("basis", ""), ("basis", "rumour"), ("basis_words", "")):
        with pytest.raises(Refusal) as refused:
            acts.shelve_expert(odile, by=claire, **(good | {field: value}))
        assert [fault.field for fault in refused.value.faults] == [field]
    assert not Expertise.objects.exists()

    kept = acts.shelve_expert(odile, by=claire, **good)
    acts.settle_expert(kept, by=claire, outcome="came", words="elle forme l’équipe")
    assert [one.outcome for one in hub_queries.shelf(claire.organisation)] == ["came"]
    object_to(odile, by=claire)
    assert list(hub_queries.shelf(claire.organisation)) == []
    erase(odile, by=claire)
    assert not Expertise.objects.exists()


@pytest.mark.django_db
def test_a_question_finds_the_colleague_who_knows(claire: Member) -> None:
    me = colleague(claire)
    acts.shelve_expert(
        me, by=claire, topic="Allergènes et étiquetage", evidence="formation 2025", basis="interest",
        basis_words="utile à nos réponses",
    )  # fmt: skip
    assert hub_queries.colleagues_on(claire.organisation, "Y a-t-il des allergènes dans la brioche ?") == [claire]
    assert hub_queries.colleagues_on(claire.organisation, "À quelle heure ouvrez-vous ?") == []


@pytest.mark.parametrize(
    ("topic", "subject", "found"),
    [
        ("allergènes", "un allergène dans le pain ?", True), ("levain", "votre LEVAIN est-il bio", True),
        ("droit à l’image", "une image de mon fils", True), ("le bio", "le pain", False), ("farine", "", False),
    ],
)  # fmt: skip
def test_a_subject_is_known_by_its_telling_words(topic: str, subject: str, found: bool) -> None:
    assert knows(topic, subject) is found


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40).map(str.strip)
LONG = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), max_size=60).map(str.strip)
DAY = st.dates(date(2024, 1, 1), date(2026, 1, 1))
AGREED = st.builds(
    exchange.Agreed, purpose=st.sampled_from(sorted(exchange.PURPOSES)),
    channel=st.sampled_from(sorted(exchange.CHANNELS)),
    given_on=DAY, proof=TEXT.map(lambda text: f"lu : {text}".strip()), expires_on=st.none() | DAY,
)  # fmt: skip
ACCOUNT = st.builds(
    exchange.Account, network=st.just("bluesky"), remote_id=TEXT.map(lambda text: f"did:{text}"), handle=TEXT, url=TEXT
)
ROW = st.builds(
    exchange.Row,
    told=st.fixed_dictionaries(
        {"name": TEXT.map(lambda text: f"={text}" if len(text) % 2 else f"Odile {text}".strip()), "note": LONG}
        | {"email": st.sampled_from(["", "odile@cantines.example"]), "role": TEXT, "employer": TEXT, "place": TEXT}
        | {key: st.sampled_from(sorted(known)) for key, known in exchange.CLOSED.items()}
    ),
    crm=TEXT, agreements=st.lists(AGREED, max_size=3).map(tuple), accounts=st.lists(ACCOUNT, max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(ROW, max_size=4))
def test_a_table_read_back_is_the_table_that_was_written(rows: list[exchange.Row]) -> None:
    table = exchange.read(exchange.write(rows).encode())
    assert [fault.why for fault in table.wrong] == []
    assert [row for _, row in table.rows] == rows


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    table = exchange.read(b"name,agreements\n" + content)
    assert all(fault.why for fault in table.wrong)


def test_cards_are_read_back_by_an_address_book() -> None:
    told = {"name": "Odile; Renaud, née Bon", "email": "o@cantines.example", "role": "cheffe", "employer": "É" * 60}
    card = exchange.cards([exchange.Row(told | {"place": "Nantua"})])
    assert max(len(line.encode()) for line in card.split("\r\n")) <= 75
    read = read_cards(card.encode()).cards[0]
    assert (read.name, read.email, read.role, read.employer, read.place) == (
        told["name"], told["email"], "cheffe", told["employer"], "Nantua",
    )  # fmt: skip


@pytest.mark.django_db
def test_people_travel_to_another_house_and_nothing_is_lost(claire: Member, stranger: Member) -> None:
    odile = person(
        claire, "Odile Renaud", "be_contacted", "appear_in_directory", email="o@cantines.example", role="=acheteuse",
        relation="client", stage="talking", note="Deux lignes,\navec « guillemets »",
    )  # fmt: skip
    Contact.objects.filter(pk=odile.pk).update(crm="C-42")
    Identity.objects.create(
        organisation=claire.organisation, contact=odile, network="fake", remote_id="odile-1", handle="@odile"
    )
    person(claire, "Paul Vasseur", "introduce_others")
    quiet = person(claire, "Sans Accord", "be_contacted")
    withdraw(Consent.objects.get(contact=quiet), by=claire)

    given_out = exchange.write(swaps.export_people(by=claire))
    assert "Sans Accord" not in given_out
    swaps.import_people(given_out.encode(), by=stranger)
    assert exchange.write(swaps.export_people(by=stranger)) == given_out

    again = swaps.import_people(given_out.encode(), by=claire)
    assert (again.new, [one.name for one, _ in again.known], again.wrong) == ([], ["Odile Renaud", "Paul Vasseur"], [])
    assert exchange.write(swaps.export_people(by=claire)) == given_out


@pytest.mark.django_db
def test_a_table_brings_nobody_who_said_no(claire: Member) -> None:
    names = ("oubli", "contre", "repris")
    gone, against, back = (person(claire, name, email=f"{name}@cantines.example") for name in names)
    table = exchange.write(swaps.export_people(by=claire)) + "Neuve,,,,,,,,,,,\n"
    erase(gone, by=claire)
    object_to(against, by=claire)
    withdraw(Consent.objects.get(contact=back), by=claire)
    refuse(person(claire, "Rose"), "be_introduced", by=None)

    seen = swaps.import_people(table.encode(), by=claire)
    assert (seen.new, seen.known, len(seen.wrong)) == ([], [], 4)
    assert not Contact.objects.filter(name__in=["oubli", "Neuve"]).exists()
    accept(back, "be_contacted", by=None, proof="revenue d’elle-même")
    assert [person_.name for person_, _ in swaps.import_people(table.encode(), by=claire).known] == ["repris"]


@pytest.mark.django_db
def test_the_pages_keep_what_was_typed_and_give_files(claire: Member, bakery: Organisation) -> None:
    client = Client()
    client.force_login(claire.user)

    def at(name: str, *ids: int) -> str:
        return reverse(f"relations:{name}", args=[bakery.slug, *ids])

    refused = client.post(at("group_add"), {"name": "Pain vivant", "hours": "deux", "posture": "create"})
    assert refused.status_code == 422
    assert "Pain vivant" in refused.content.decode()
    good = {
        "name": "Pain vivant", "place": "Salle des fêtes", "posture": "join", "openness": "closed", "aim": "Écouter",
        "cadence": "un mardi sur deux", "hours": "0,5", "exit": "personne ne vient", "objective": "", "expert": "",
        "review_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    page = client.post(at("group_add"), good, follow=True).content.decode()
    assert "Groupe fermé" in page
    person(claire, "Odile Renaud", "be_contacted", relation="press", stage="talking")
    assert "Odile Renaud" in client.get(at("follow"), {"relation": "press"}).content.decode()
    assert "Odile Renaud" not in client.get(at("follow"), {"relation": "client"}).content.decode()
    assert client.get(at("export_csv")).content.decode().startswith("crm,name")
    assert "FN:Odile Renaud" in client.get(at("export_vcard")).content.decode()
