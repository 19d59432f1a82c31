"""Who is on a conversation at this minute, and what several conversations have in common."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Cause(models.Model):
    """One thing that several people complain of within hours. `alerted_at` is when the conductor was told."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="causes")
    name = models.CharField(max_length=200)  # the first complaint's own words
    words = models.JSONField(default=list)  # what most of them share
    people = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-last_at"], name="recent_causes")]

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """A colleague who has this conversation open now; stale after some seconds without a sign."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    thread = models.ForeignKey("conversations.Thread", on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    seen_at = models.DateTimeField()
    typing_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "member"], name="one_presence_each")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.thread_id}"
