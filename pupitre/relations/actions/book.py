"""A colleague's own book: taken in by its owner alone, seen by its owner alone, shared one person at a time."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotFound, NotYet, Refusal
from pupitre.relations import queries
from pupitre.relations.actions.consents import accept, add_person
from pupitre.relations.introductions.consent import Purpose
from pupitre.relations.introductions.ties import Strength, cost, p_accept
from pupitre.relations.models import BookEntry, Consent, Contact, Tie
from pupitre.relations.rules.cards import Book, Card, read
from pupitre.relations.suppression import digest

N_ = str
LARGEST = 4_000_000  # bytes


@dataclass(frozen=True)
class Preview:
    """What a file would bring: the new people, those already there, those who asked to be forgotten, the faults."""

    book: Book
    new: list[Card]
    known: int
    erased: int


def preview(content: bytes, *, by: Member) -> Preview:
    """Read a file without keeping anything of it."""
    require(by, "note")
    if len(content) > LARGEST:
        raise Refusal(N_("This file is too large."), [Fault("file", N_("Four megabytes at most."))])
    book = read(content)
    if not book.cards and not book.wrong:
        raise Refusal(N_("There is nobody in this file."), [Fault("file", N_("There is nobody in this file."))])
    keys = {card.identifiers[0]: card for card in book.cards}
    hashes = {digest(by.organisation, text): key for key, card in keys.items() for text in card.identifiers}
    gone = {hashes[one] for one in queries.suppressed(by.organisation, hashes)}
    kept = set(BookEntry.objects.filter(owner=by).values_list("key", flat=True))
    new = [card for key, card in keys.items() if key[:64] not in kept and key not in gone]
    return Preview(book, new, len(keys.keys() & kept), len(gone))


@transaction.atomic
def take_in_book(content: bytes, *, by: Member) -> Preview:
    """Keep one's own book. Whoever was erased stays out; whoever is there already stays as she is."""
    seen = preview(content, by=by)
    BookEntry.objects.bulk_create(
        [
            BookEntry(
                organisation=by.organisation, owner=by, name=card.name, email=card.email, url=card.url[:300],
                role=card.role, employer=card.employer, place=card.place, since=card.since, source=seen.book.kind,
                key=card.identifiers[0][:64],
            )
            for card in seen.new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    record(by, "book_taken_in", by, kind=seen.book.kind)  # neither names nor a number: a book is private
    return seen


@transaction.atomic
def drop_entry(entry: BookEntry, *, by: Member) -> None:
    """Take somebody out of one's own book."""
    _own(entry, by)
    entry.delete()


@transaction.atomic
def share_entry(
    entry: BookEntry, *, by: Member, purposes: list[str], proof: str, strength: str, last_exchange: date | None = None
) -> Contact:
    """Somebody of one's book agreed to be known here: she enters with her words, tied to the colleague."""
    _own(entry, by)
    if entry.contact is not None:
        raise NotYet(N_("This person is known here already."))
    if strength not in set(Strength):
        raise Refusal(N_("Say how well you know each other."), [Fault("strength", N_("Choose one of these."))])
    contact = add_person(
        by=by, name=entry.name, email=entry.email, role=entry.role, employer=entry.employer, place=entry.place,
        purposes=purposes, proof=proof,
    )  # fmt: skip
    entry.contact = contact
    entry.save(update_fields=["contact"])
    tie(colleague(by), contact, by=by, strength=strength, last_exchange=last_exchange)
    return contact


def _own(entry: BookEntry, by: Member) -> None:
    """A book is opened by its owner alone, whatever the role of whoever else asks."""
    require(by, "note", entry)
    if entry.owner_id != by.pk:
        raise NotFound


@transaction.atomic
def colleague(member: Member) -> Contact:
    """The member as a person who may be asked; made the first time, agreeing to nothing yet."""
    now = timezone.now()
    made, _ = Contact.objects.get_or_create(
        member=member, defaults={
            "organisation": member.organisation, "name": member.user.name, "role": member.title,
            "first_seen_at": now, "last_seen_at": now, "affinity": "ally",
        },
    )  # fmt: skip
    return made


@transaction.atomic
def lend_my_ties(*, by: Member, yes: bool) -> None:
    """Whether one's usable ties may begin a chain for colleagues; one's own word, taken back at will."""
    require(by, "note")
    me = colleague(by)
    living = Consent.objects.filter(contact=me, purpose=Purpose.INTRODUCE_OTHERS, state="accepted").first()
    if yes and living is None:
        accept(me, Purpose.INTRODUCE_OTHERS, by=None, proof="said on her own page")
    elif not yes and living is not None:
        living.state, living.withdrawn_on = "withdrawn", timezone.localdate()
        living.save(update_fields=["state", "withdrawn_on"])


@transaction.atomic
def tie(
    a: Contact, b: Contact, *, by: Member, strength: str, last_exchange: date | None = None, both_ways: bool = True,
    usable: bool = True,
) -> Tie:  # fmt: skip
    """Say how well two people know each other, in words. Told again, it replaces what was said."""
    require(by, "note", a)
    require(by, "note", b)
    today = timezone.localdate()
    day = last_exchange or today
    if strength not in set(Strength):
        raise Refusal(N_("Say how well you know each other."), [Fault("strength", N_("Choose one of these."))])
    if day > today:
        raise Refusal(N_("That day is still to come."), [Fault("last_exchange", N_("That day is still to come."))])
    if a.pk == b.pk:
        raise Refusal(N_("Choose two people."), [Fault("other", N_("Choose two people."))])
    price = cost(p_accept(Strength(strength), last_exchange=day, today=today))
    told = {
        "organisation": a.organisation, "strength": strength, "last_exchange": day, "both_ways": both_ways,
        "usable": usable, "cost": price, "back": price, "declared_by": by,
    }  # fmt: skip
    there, _ = Tie.objects.update_or_create(a=a, b=b, defaults=told)
    Tie.objects.update_or_create(a=b, b=a, defaults=told)
    return there
