"""What a write answered, kept a day under the key its caller gave, so that asking twice acts once."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pupitre.core.models import IdempotentAnswer, Member

KEPT = timedelta(days=1)


def open_answer(key: str, fingerprint: str, *, by: Member) -> tuple[IdempotentAnswer, bool]:
    """The row of this key, and whether this call made it: only its maker may act."""
    rows = IdempotentAnswer.objects.filter(member=by, key=key)
    rows.filter(created_at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return IdempotentAnswer.objects.create(member=by, key=key, fingerprint=fingerprint), True
    except IntegrityError:
        return rows.get(), False


def keep_answer(answer: IdempotentAnswer, *, status: int, body: str) -> None:
    """What was answered; a failure of ours is forgotten, so that the caller may try again."""
    if status >= 500:
        answer.delete()
        return
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])
