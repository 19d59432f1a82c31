"""A colleague's own book: read from three kinds of files, seen by nobody else, shared one by one."""

import pytest
from django.utils import timezone

from pupitre.core.models import Member
from pupitre.core.rules.refusals import NotFound, NotYet, Refusal
from pupitre.relations import queries
from pupitre.relations.actions.book import colleague, drop_entry, preview, share_entry, take_in_book, tie
from pupitre.relations.actions.rights import erase
from pupitre.relations.models import BookEntry, Contact, Tie
from pupitre.relations.rules.cards import identifier, read

VCARD = """BEGIN:VCARD
VERSION:3.0
FN:Odile Renaud
ORG:Cantines du Plateau;Achats
TITLE:Cheffe de cui
 sine
EMAIL;TYPE=work:Odile@cantines.example
ADR;TYPE=work:;;3 rue du Four;Valserein;;01200;France
END:VCARD
BEGIN:VCARD
VERSION:3.0
ORG:Sans nom
END:VCARD
"""
LINKEDIN = """Notes:
"Only some addresses are given."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Malik,Sarr,https://www.linkedin.com/in/malik-sarr-9,,Amicale du Plateau,Président,12 Mar 2024
Lise,Brun,https://www.linkedin.com/in/lise-brun,lise@brun.example,Le Goûter,Trésorière,hier
"""
TABLE = """Nom;Courriel;Ville
Paul Vasseur;paul@moulin.example;Nantua
Paul V.;PAUL@moulin.example;Nantua
X;pas une adresse;
"""


def test_a_vcard_is_read_with_its_folded_lines() -> None:
    book = read(VCARD.replace("\n", "\r\n").encode())
    card = book.cards[0]
    assert (book.kind, card.name, card.employer, card.role) == (
        "vcard", "Odile Renaud", "Cantines du Plateau", "Cheffe de cuisine",
    )  # fmt: skip
    assert (card.email, card.place) == ("Odile@cantines.example", "Valserein")
    assert [(wrong.line, wrong.why) for wrong in book.wrong] == [(10, "There is no name on this line.")]


def test_a_linkedin_archive_is_known_under_its_notes() -> None:
    book = read(LINKEDIN.encode())
    assert (book.kind, [card.name for card in book.cards]) == ("linkedin", ["Malik Sarr"])
    assert str(book.cards[0].since) == "2024-03-12"
    assert [(wrong.line, wrong.why) for wrong in book.wrong] == [(6, "The date cannot be read.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_in_french_names_its_faults(encoding: str) -> None:
    book = read(TABLE.encode(encoding))
    assert [(card.name, card.place) for card in book.cards] == [("Paul Vasseur", "Nantua")]
    assert [(w.line, w.why) for w in book.wrong] == [
        (3, "This person is already in the file."), (4, "The mail address cannot be read."),
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\x00\xff", b"hello"])
def test_a_file_without_names_says_so(content: bytes) -> None:
    book = read(content)
    assert (book.cards, [wrong.why for wrong in book.wrong]) == ([], ["No column holds a name."])


@pytest.mark.parametrize(
    ("one", "other"),
    [("PAUL@Moulin.example ", "paul@moulin.example"), ("https://www.linkedin.com/in/x/", "linkedin.com/in/x"),
     ("Zoé  Petit", "zoe petit"), ("@zoe.example", "zoe.example")],
)  # fmt: skip
def test_an_identifier_is_the_same_however_it_is_dressed(one: str, other: str) -> None:
    assert identifier(one) == identifier(other)


@pytest.mark.django_db
def test_a_book_is_previewed_then_kept_once(claire: Member) -> None:
    assert [card.name for card in preview(TABLE.encode(), by=claire).new] == ["Paul Vasseur"]
    assert not BookEntry.objects.exists()
    take_in_book(TABLE.encode(), by=claire)
    again = take_in_book(TABLE.encode(), by=claire)
    assert (again.known, len(again.new), BookEntry.objects.count()) == (1, 0, 1)


@pytest.mark.django_db
def test_nobody_opens_another_s_book(claire: Member, karim: Member) -> None:
    take_in_book(TABLE.encode(), by=karim)
    entry = BookEntry.objects.get()
    assert list(queries.my_book(claire)) == []
    for act in (
        lambda: drop_entry(entry, by=claire),
        lambda: share_entry(entry, by=claire, purposes=["be_contacted"], proof="vu au marché", strength="met_once"),
    ):
        with pytest.raises(NotFound):
            act()


@pytest.mark.django_db
def test_a_private_person_is_nowhere_until_she_agrees(claire: Member, karim: Member) -> None:
    take_in_book(TABLE.encode(), by=karim)
    today = timezone.localdate()
    assert not Contact.objects.exists()
    shared = share_entry(
        BookEntry.objects.get(), by=karim, purposes=["appear_in_directory"], proof="son mail du 3", strength="picks_up"
    )
    assert list(queries.directory(claire.organisation, today=today)) == [shared]
    assert {(tie.a, tie.b) for tie in Tie.objects.all()} == {(colleague(karim), shared), (shared, colleague(karim))}
    with pytest.raises(NotYet):
        share_entry(
            BookEntry.objects.get(), by=karim, purposes=["be_contacted"], proof="vu au marché", strength="met_once"
        )


@pytest.mark.django_db
def test_who_was_erased_is_not_taken_in_again_by_anybody(claire: Member, karim: Member) -> None:
    take_in_book(TABLE.encode(), by=karim)
    take_in_book(TABLE.encode(), by=claire)
    shared = share_entry(
        BookEntry.objects.get(owner=karim),
        by=karim,
        purposes=["be_contacted"],
        proof="vu au marché",
        strength="met_once",
    )
    erase(shared, by=claire)
    assert not BookEntry.objects.exists()
    seen = take_in_book(TABLE.encode(), by=claire)
    assert (seen.erased, seen.new, BookEntry.objects.exists()) == (1, [], False)


@pytest.mark.django_db
def test_a_tie_is_told_in_words_both_ways(claire: Member, karim: Member) -> None:
    a, b = colleague(claire), colleague(karim)
    tie(a, b, by=claire, strength="picks_up")
    weaker = tie(a, b, by=claire, strength="met_once")
    assert Tie.objects.count() == 2
    assert weaker.cost > 2000  # one chance in ten
    for wrong in (
        {"strength": "stars"},
        {"strength": "met_once", "last_exchange": timezone.localdate().replace(year=2999)},
    ):
        with pytest.raises(Refusal):
            tie(a, b, by=claire, **wrong)  # type: ignore[arg-type]
