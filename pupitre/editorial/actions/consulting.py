"""Consultations: opened with a commitment, counted, closed by an outcome that is published."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pupitre.core.actions import ensure_task, record, require
from pupitre.core.actions.tasks import settle_task
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial.models import Consultation
from pupitre.editorial.rules.consulting import opening_faults, outcome_faults
from pupitre.library.models import Media

N_ = str


@transaction.atomic
def open_consultation(
    *, by: Member, question: str, commitment: str, audience: str, options: Sequence[str], opens_on: date,
    closes_on: date, places: str = "", media: Sequence[int | None] = (),
) -> Consultation:  # fmt: skip
    """Ask the public; `media` gives each answer's image by id, in the same order, or None."""
    require(by, "write")
    words = [" ".join(one.split())[:120] for one in options if one.strip()]
    faults = opening_faults(question, commitment, audience, words, opens_on=opens_on, closes_on=closes_on)
    wanted = [pk for pk in media if pk is not None]
    if Media.objects.filter(organisation=by.organisation, pk__in=wanted).count() != len(set(wanted)):
        faults.append(Fault("options", N_("This image is not in the library.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    images = [*media, *[None] * len(words)]
    kept = Consultation.objects.create(
        organisation=by.organisation, question=question.strip()[:200], commitment=commitment.strip()[:300],
        audience=audience.strip()[:200], places=places.strip()[:200], opens_on=opens_on, closes_on=closes_on,
        options=[{"words": one, "media": images[place]} for place, one in enumerate(words)], opened_by=by,
    )  # fmt: skip
    record(by, "consultation_opened", kept)
    return kept


@transaction.atomic
def publish_outcome(
    consultation: Consultation, *, by: Member, answers: Sequence[int], outcome: str, caveat: str
) -> Consultation:
    """What was decided, with how many people chose each answer and what the figure does not say. Once."""
    require(by, "approve", consultation)
    if consultation.published_at is not None:
        raise Conflict(N_("The outcome is already published."))
    faults = outcome_faults(answers, len(consultation.options), outcome, caveat)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    now = timezone.now()
    consultation.answers, consultation.outcome = list(answers), outcome.strip()[:4000]
    consultation.caveat, consultation.counted_at, consultation.published_at = caveat.strip()[:300], now, now
    consultation.save()
    settle_task(consultation.organisation, f"outcome:{consultation.pk}")
    record(by, "outcome_published", consultation, answers=list(answers))
    return consultation


def owed_outcomes(*, today: date) -> int:
    """One task for each consultation that is over and whose outcome nobody has published; how many."""
    late = Consultation.objects.filter(closes_on__lt=today, published_at__isnull=True).select_related("organisation")
    for one in late:
        ensure_task(
            one.organisation, f"outcome:{one.pk}", N_("Publish what was decided after “%(question)s”"),
            params={"question": one.question}, url=reverse("editorial:consultations", args=[one.organisation.slug]),
        )  # fmt: skip
    return len(late)
