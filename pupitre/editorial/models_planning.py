"""What fills the score besides the composer: tables, weekly slots, what comes back, and the score seen elsewhere."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation


class Batch(models.Model):
    """A table of posts as it was given: shown first, then kept whole, its bad rows explained."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    text = models.TextField()
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    kept = models.PositiveIntegerField(null=True)  # rows, once applied
    left = models.PositiveIntegerField(null=True)  # rows explained and left out
    applied_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name


class CalendarLink(models.Model):
    """A secret address under which the score is read by a calendar, until it is taken back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    key = models.CharField(max_length=40, unique=True)
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(revoked_at__isnull=True), name="one_calendar_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class Slot(models.Model):
    """An hour of the week when a channel usually plays."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    minute = models.PositiveSmallIntegerField()  # of the day, in the organisation's time zone

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "weekday", "minute"], name="one_slot_per_hour")]
        ordering = ["weekday", "minute"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.minute // 60:02}:{self.minute % 60:02}"


class Recurrence(models.Model):
    """A post that comes back: each time a new draft that somebody reads, and never more than `left` times."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    post = models.OneToOneField("editorial.Post", on_delete=models.CASCADE, related_name="recurrence")
    every_days = models.PositiveSmallIntegerField(default=28)
    left = models.PositiveSmallIntegerField()
    next_on = models.DateField()
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.post}, {self.left}"
