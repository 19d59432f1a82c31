"""Consents of people in images: recorded, ended, withdrawn. What shows them is taken down by who plays (editorial)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.library.models import ImageConsent, Media

N_ = str


@transaction.atomic
def record_consent(
    media: Media, *, by: Member, name: str, scope: str, until: date | None = None, proof: str = ""
) -> ImageConsent:
    """Somebody in this image said yes: for what, until when, and where the paper is."""
    require(by, "upload", media)
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Say who can be recognised.")))
    if not scope.strip():
        faults.append(Fault("scope", N_("Say for what this person said yes.")))
    if until is not None and until < timezone.localdate():
        faults.append(Fault("until", N_("This consent has already ended.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    consent = ImageConsent.objects.create(
        organisation=media.organisation, media=media, name=name.strip()[:120], scope=scope.strip()[:300], until=until,
        proof=proof.strip()[:300], recorded_by=by,
    )  # fmt: skip
    _count(media)
    record(by, "consent_recorded", consent, media=media.pk)
    return consent


@transaction.atomic
def mark_people(media: Media, *, by: Member, people: bool) -> Media:
    """Whether somebody can be recognised: without a consent, the image then goes nowhere."""
    require(by, "upload", media)
    media.people = people
    media.save(update_fields=["people"])
    record(by, "people_marked", media, people=people)
    return media


@transaction.atomic
def take_consent_back(consent: ImageConsent, *, by: Member, reason: str = "") -> ImageConsent:
    """This person no longer agrees: the image goes nowhere until it is replaced or another consent is recorded."""
    require(by, "upload", consent)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        _count(consent.media)
        record(by, "consent_withdrawn", consent, reason=reason, media=consent.media_id)
    return consent


def _count(media: Media) -> None:
    """Keep on the image itself what its consents allow, so that no reader has to ask for them."""
    kept = list(ImageConsent.objects.filter(media=media))
    latest: dict[str, ImageConsent] = {}
    for one in sorted(kept, key=lambda consent: consent.pk):
        latest[one.name.casefold()] = one
    ends = [one.until for one in latest.values() if one.until is not None]
    media.people = True
    media.consented = bool(latest) and all(one.withdrawn_at is None for one in latest.values())
    media.consent_until = min(ends) if ends else None
    media.save(update_fields=["people", "consented", "consent_until"])
