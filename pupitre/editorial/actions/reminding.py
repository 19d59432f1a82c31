"""What will leave soon and still waits for somebody: a task, made once."""

from datetime import datetime, timedelta

from django.urls import reverse

from pupitre.core.actions import ensure_task
from pupitre.editorial.models import Variant

N_ = str
SOON = timedelta(hours=24)


def remind(*, now: datetime) -> int:
    """One task for each post whose hour comes within a day and that nobody has agreed to; how many texts."""
    late = Variant.objects.filter(
        asked_at__isnull=False, asked_at__lt=now - timedelta(hours=1), approved_at__isnull=True,
        post__dropped_at__isnull=True, due_at__gt=now, due_at__lt=now + SOON,
    ).select_related("post__organisation")  # fmt: skip
    posts = {variant.post_id: variant.post for variant in late}
    for post in posts.values():
        ensure_task(
            post.organisation, f"remind:{post.pk}",
            N_("“%(title)s” leaves within a day and still waits for an agreement"), params={"title": post.title},
            url=reverse("editorial:reading", args=[post.organisation.slug, post.pk]),
        )  # fmt: skip
    return len(late)
