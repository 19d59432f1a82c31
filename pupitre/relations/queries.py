"""Named reads of people: what each agreed to decides who may be seen."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pupitre.core.models import Member, Organisation
from pupitre.relations.introductions.consent import FADES_AFTER, Health, Purpose, State, ends, health
from pupitre.relations.introductions.consent import Consent as Word
from pupitre.relations.models import BookEntry, Consent, Contact, Suppression
from pupitre.relations.rules.words import says
from pupitre.relations.suppression import digest

LIVE = ("asked", "accepted")


def valid(today: date, purpose: str) -> "QuerySet[Consent]":
    """Consents worth something today, of the contact of an outer query."""
    kept = Consent.objects.filter(contact=OuterRef("pk"), purpose=purpose, state="accepted", given_on__lte=today)
    since = today - FADES_AFTER
    alive = Q(given_on__gt=since) | Q(contact__last_seen_at__date__gt=since)
    return kept.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=today), alive)


def agreeing(organisation: Organisation, purpose: str, *, today: date) -> QuerySet[Contact]:
    """People of this organisation who agree to a purpose today. Objecting ends everything."""
    here = Contact.objects.filter(organisation=organisation, objected_on__isnull=True)
    return here.filter(Exists(valid(today, purpose)))


def directory(organisation: Organisation, *, today: date) -> QuerySet[Contact]:
    """Who agreed to be found, newest first. Nobody else is listed, counted or guessed at."""
    found = agreeing(organisation, Purpose.APPEAR_IN_DIRECTORY, today=today)
    return found.filter(member__isnull=True).order_by("-id")


def found(organisation: Organisation, words: str, *, today: date, limit: int = 30) -> list[Contact]:
    """People of the directory of whom every word is said."""
    rows = directory(organisation, today=today)
    return [one for one in rows.iterator(chunk_size=500) if says(told_of(one), words)][:limit]


def told_of(contact: Contact | BookEntry) -> str:
    return f"{contact.name} {contact.role} {contact.employer} {contact.place}"


def met(organisation: Organisation) -> QuerySet[Contact]:
    """People who wrote to us and were never asked anything, latest first: kept until their day, not searched."""
    here = Contact.objects.filter(organisation=organisation, member__isnull=True, objected_on__isnull=True)
    return here.filter(identities__isnull=False, consents__isnull=True).order_by("-last_seen_at", "-id").distinct()


def word_of(row: Consent, contact: Contact) -> Word:
    """A kept consent as the rules know it."""
    assert row.given_on is not None
    return Word(
        Purpose(row.purpose), row.given_on, row.proof, row.channel, row.expires_on, row.withdrawn_on,
        timezone.localdate(contact.last_seen_at),
    )  # fmt: skip


def consent_state(row: Consent, contact: Contact, *, today: date) -> State:
    """Where one word stands today: an acceptance may have lapsed by itself."""
    if row.state == "accepted" and health(word_of(row, contact), today=today) is Health.EXPIRED:
        return State.EXPIRED
    return State(row.state)


def consent_end(row: Consent, contact: Contact) -> date | None:
    return ends(word_of(row, contact)) if row.state == "accepted" else None


def my_book(member: Member) -> QuerySet[BookEntry]:
    """A colleague's own entries, newest first: for her eyes."""
    return BookEntry.objects.filter(owner=member).select_related("contact").order_by("-id")


def suppressed(organisation: Organisation, digests: Iterable[str]) -> set[str]:
    rows = Suppression.objects.filter(organisation=organisation, digest__in=set(digests))
    return set(rows.values_list("digest", flat=True))


def erased(organisation: Organisation, ids: Iterable[str]) -> dict[str, datetime]:
    """Among these ids of accounts, those whose person was erased, each with when."""
    keys = {digest(organisation, one): one for one in set(ids) if one.strip()}
    rows = Suppression.objects.filter(organisation=organisation, digest__in=keys)
    return {keys[key]: at for key, at in rows.values_list("digest", "erased_at")}


def person_of(member: Member) -> Contact | None:
    """A colleague as a person who may be asked, once she said what she agrees to."""
    try:
        return member.person
    except Contact.DoesNotExist:
        return None


def consents(contact: Contact) -> QuerySet[Consent]:
    """Everything this person ever said, newest first."""
    return Consent.objects.filter(contact=contact).select_related("recorded_by__user").order_by("-id")


def to_forget(*, today: date) -> QuerySet[Contact]:
    """People whose day has come and who agreed to nothing that holds."""
    due = Contact.objects.filter(forget_on__lte=today, member__isnull=True)
    holds = Consent.objects.filter(contact=OuterRef("pk"), state="accepted").filter(
        Q(expires_on__isnull=True) | Q(expires_on__gt=today)
    )
    return due.annotate(last=F("last_seen_at")).exclude(Exists(holds)).order_by("id")
