"""People in images, through the API: consents, and what happens when one is taken back."""

from datetime import date, datetime

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.editorial import actions
from pupitre.library import consents
from pupitre.library.models import ImageConsent, Loan, Media
from pupitre.library.queries import consents_of
from pupitre.shell.api import PROBLEMS, Id, asked_by

router = Router()


class ImageConsentOut(Schema):
    id: int
    media_id: int
    name: str
    scope: str
    proof: str
    until: date | None = None
    withdrawn_at: datetime | None = None


class ImageConsentIn(Schema):
    name: str = Field(max_length=120)
    scope: str = Field(max_length=300)
    until: date | None = None
    proof: str = Field("", max_length=300)


class PeopleIn(Schema):
    people: bool = Field(description="Whether somebody can be recognised.")


class PeopleOut(Schema):
    id: int
    people: bool
    consented: bool
    consent_until: date | None = None


class TakenBackIn(Schema):
    reason: str = Field("", max_length=300)


class TakenBackOut(Schema):
    stopped: int
    out: int


def image(request: HttpRequest, pk: int) -> Media:
    found = Media.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get(
    "/media/{media_id}/consents", operation_id="editorial.people", response={200: list[ImageConsentOut], **PROBLEMS}
)
def people(request: HttpRequest, media_id: Id) -> list[ImageConsent]:
    """Who can be recognised in an image, and what they agreed to, newest first."""
    require(asked_by(request), "read")
    return list(consents_of(image(request, media_id))[:100])


@router.post("/media/{media_id}/people", operation_id="editorial.mark_people", response={200: PeopleOut, **PROBLEMS})
def mark_people(request: HttpRequest, media_id: Id, body: PeopleIn) -> Media:
    """Say whether somebody can be recognised."""
    return consents.mark_people(image(request, media_id), by=asked_by(request), people=body.people)


@router.post(
    "/media/{media_id}/consents", operation_id="editorial.record_consent", response={201: ImageConsentOut, **PROBLEMS}
)
def record_consent(request: HttpRequest, media_id: Id, body: ImageConsentIn) -> Status[ImageConsent]:
    """Record who said yes, for what, until when."""
    return Status(201, consents.record_consent(image(request, media_id), by=asked_by(request), **body.dict()))


@router.post(
    "/consents/{consent_id}/withdraw",
    operation_id="editorial.withdraw_consent",
    response={200: TakenBackOut, **PROBLEMS},
)
def withdraw_consent(request: HttpRequest, consent_id: Id, body: TakenBackIn) -> actions.TakenBack:
    """Somebody takes a consent back: what had not left is stopped, what is out becomes tasks."""
    here = asked_by(request).organisation
    found = ImageConsent.objects.select_related("media__organisation").filter(organisation=here, pk=consent_id).first()
    if found is None:
        raise Http404
    return actions.withdraw_consent(found, by=asked_by(request), reason=body.reason)


@router.post("/loans/{loan_id}/withdraw", operation_id="editorial.withdraw_loan",
             response={200: TakenBackOut, **PROBLEMS})  # fmt: skip
def withdraw_loan(request: HttpRequest, loan_id: Id, body: TakenBackIn) -> actions.TakenBack:
    """The author of a picture takes the permission back: the same as for a consent."""
    here = asked_by(request).organisation
    found = Loan.objects.select_related("media__organisation").filter(organisation=here, pk=loan_id).first()
    if found is None:
        raise Http404
    return actions.withdraw_loan(found, by=asked_by(request), reason=body.reason)
