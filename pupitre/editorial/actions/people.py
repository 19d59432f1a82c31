"""Somebody in an image takes a consent back: what had not left does not leave, what is out is to be taken down."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.models import Member
from pupitre.editorial.actions.promises import delivery_state, lock, take_back
from pupitre.editorial.models import Variant
from pupitre.editorial.rules.notes import begun
from pupitre.library.consents import take_consent_back
from pupitre.library.lending import end_loan
from pupitre.library.models import ImageConsent, Loan

N_ = str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many promises were withdrawn, and how many messages already out are to be taken down."""

    stopped: int
    out: int


@transaction.atomic
def withdraw_consent(consent: ImageConsent, *, by: Member, reason: str = "") -> TakenBack:
    """Stop every text that shows this image; a task for each one that is already out."""
    require(by, "upload", consent)
    take_consent_back(consent, by=by, reason=reason)
    return _stop(consent.media_id, consent.name, by=by, reason=N_("a consent was taken back"))


@transaction.atomic
def withdraw_loan(loan: Loan, *, by: Member, reason: str = "") -> TakenBack:
    """The same when the author of a picture takes the permission back."""
    require(by, "upload", loan)
    end_loan(loan, by=by, reason=reason)
    if loan.media_id is None:
        return TakenBack(0, 0)
    return _stop(loan.media_id, loan.author, by=by, reason=N_("a permission was taken back"))


def _stop(media_id: int, name: str, *, by: Member, reason: str) -> TakenBack:
    stopped = out = 0
    shown = Variant.objects.filter(
        organisation_id=by.organisation_id, post__attachments__media_id=media_id, delivery__isnull=False
    ).select_related("post", "channel", "delivery", "organisation")  # fmt: skip
    for variant in shown:
        if begun(delivery_state(variant)):
            out += 1
            _to_take_down(variant, name)
            continue
        lock(variant.post)
        take_back(variant, by=by)
        variant.asked_at = None
        variant.save()
        stopped += 1
        record(by, "approval_withdrawn", variant, reason=reason)
    return TakenBack(stopped, out)


def _to_take_down(variant: Variant, name: str) -> None:
    ensure_task(
        variant.organisation, f"take-down:{variant.pk}",
        N_("Take “%(title)s” down from %(channel)s: %(name)s took the consent back"),
        params={"title": variant.post.title, "channel": str(variant.channel), "name": name},
        url=reverse("publishing:delivery", args=[variant.organisation.slug, variant.delivery_id]),
    )  # fmt: skip
