"""Pictures lent by those who made them: asked, answered, taken back; and where an image is filed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Refusal
from pupitre.library.models import Loan, Media, MediaTag
from pupitre.library.rules.loans import asking_faults, granting_faults, tags_in

N_ = str


@transaction.atomic
def ask_loan(
    *, by: Member, author: str, source: str, asked: str, terms: str = "", media: Media | None = None
) -> Loan:  # fmt: skip
    """Write down what is asked of who made a picture; until the answer, that picture goes nowhere."""
    require(by, "upload", media)
    faults = asking_faults(author, source, asked)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    loan = Loan.objects.create(
        organisation=by.organisation, media=media, author=author.strip()[:120], source=source.strip()[:500],
        asked=asked.strip()[:2000], terms=terms.strip()[:300], recorded_by=by,
    )  # fmt: skip
    _weigh(loan.media)
    record(by, "loan_asked", loan, media=loan.media_id)
    return loan


@transaction.atomic
def answer_loan(
    loan: Loan, *, by: Member, granted: bool, scope: str = "", proof: str = "", credit: str = "",
    until: date | None = None, media: Media | None = None,
) -> Loan:  # fmt: skip
    """The author said yes, with a proof that can be shown, or no. Conflict once it was answered."""
    require(by, "upload", loan)
    require(by, "upload", media)
    if loan.state != "asked":
        raise Conflict(N_("This request was already answered."))
    faults = granting_faults(scope, proof, until, today=timezone.localdate()) if granted else []
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    loan.state, loan.answered_at = "granted" if granted else "refused", timezone.now()
    loan.scope, loan.proof, loan.credit = scope.strip()[:300], proof.strip()[:500], credit.strip()[:120]
    loan.until, loan.media = until, media or loan.media
    loan.save()
    _weigh(loan.media)
    record(by, "loan_granted" if granted else "loan_refused", loan, media=loan.media_id)
    return loan


@transaction.atomic
def end_loan(loan: Loan, *, by: Member, reason: str = "") -> Loan:
    """The author takes the yes back. What shows the picture is stopped by who plays (editorial)."""
    require(by, "upload", loan)
    if loan.state != "ended":
        loan.state = "ended"
        loan.save(update_fields=["state"])
        _weigh(loan.media)
        record(by, "loan_ended", loan, reason=reason, media=loan.media_id)
    return loan


def _weigh(media: Media | None) -> None:
    """Keep on the image itself what its loans allow, so that no reader has to ask for them."""
    if media is None:
        return
    kept = list(Loan.objects.filter(media=media).order_by("id"))
    latest = {one.author.casefold(): one for one in kept}.values()
    ends = [one.until for one in latest if one.until is not None]
    media.borrowed = bool(latest)
    media.lent = bool(latest) and all(one.state == "granted" for one in latest)
    media.lent_until = min(ends) if ends else None
    media.save(update_fields=["borrowed", "lent", "lent_until"])


@transaction.atomic
def file_away(media: Media, *, by: Member, folder: str = "", tags: str | Sequence[str] = "") -> Media:
    """Put an image in a folder (empty: none) under some words, separated by commas."""
    require(by, "upload", media)
    words = tags_in(tags if isinstance(tags, str) else ",".join(tags))
    media.folder = " ".join(folder.split())[:80]
    media.save(update_fields=["folder"])
    media.tags.exclude(word__in=words).delete()
    known = set(media.tags.values_list("word", flat=True))
    MediaTag.objects.bulk_create(
        MediaTag(organisation_id=media.organisation_id, media=media, word=word) for word in words if word not in known
    )
    record(by, "media_filed", media, folder=media.folder, tags=words)
    return media
