"""Answers that a second member reads before they leave."""

from django.db import models

from pupitre.core.models import Member, Organisation


class ReadingRule(models.Model):
    """Where an answer is read twice: on this channel (null: any), to this kind of message (blank: any)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reading_rules")
    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, null=True)
    kind = models.CharField(max_length=20, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.channel or '*'}, {self.kind or '*'}"


class SecondReading(models.Model):
    """One version of an answer, never changed: who asked, who read it, when, and what came of it.

    `state`: asked, agreed (it left as it was read), given_back, replaced by a later version, dropped with the
    conversation, or urgent (it left unread, and `word` says why).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    thread = models.ForeignKey("conversations.Thread", on_delete=models.CASCADE, related_name="readings")
    text = models.TextField()
    digest = models.CharField(max_length=64)  # sha256 of the text
    voice = models.ForeignKey("strategy.Voice", on_delete=models.SET_NULL, null=True)
    to = models.ForeignKey("conversations.Message", on_delete=models.SET_NULL, null=True, related_name="+")
    duplicate_reason = models.CharField(max_length=300, blank=True)
    why = models.CharField(max_length=10)  # policy, heat, wish
    state = models.CharField(max_length=10, default="asked")
    asked_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    read_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=400, blank=True)
    proposed = models.TextField(blank=True)  # what the reader would write instead: the author takes it or not
    message = models.ForeignKey("conversations.Message", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(state="asked"), name="one_version_waits_for_a_reader"
            ),
            models.CheckConstraint(
                condition=models.Q(read_by__isnull=True) | ~models.Q(read_by=models.F("asked_by")),
                name="another_member_reads",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="newest_readings")]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.state}"
