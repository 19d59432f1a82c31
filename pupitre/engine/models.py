from django.db import models


class Worker(models.Model):
    """A process that works, for as long as it says so. `id` is unique to the process, never reused."""

    id = models.CharField(primary_key=True, max_length=160)
    name = models.CharField(max_length=120)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)
    heir = models.CharField(max_length=160, blank=True, default="")
    heir_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return self.id
