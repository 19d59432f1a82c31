"""What a house decides of its answers: its moderation rules, its saved replies, what happens by itself to a message."""

from django.db import models

from pupitre.core.models import Member, Organisation


class ModerationRule(models.Model):
    """One published reason for which something said under our messages may be hidden."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="moderation_rules")
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class Moderation(models.Model):
    """A message that somebody asks to hide, for a published reason, with its copy; a second person decides."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.SET_NULL, null=True, related_name="moderations"
    )
    rule = models.ForeignKey(ModerationRule, on_delete=models.RESTRICT)
    why = models.CharField(max_length=400)
    evidence = models.JSONField(default=dict)  # what was said, by whom, where, when; and the rule as it read that day
    digest = models.CharField(max_length=64)  # sha256 of the evidence
    state = models.CharField(max_length=10, default="asked")  # asked, by_hand, hidden, kept
    asked_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, blank=True)  # what the second person said of it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message"], condition=models.Q(state__in=["asked", "by_hand"]), name="one_moderation_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="a_second_person_decides",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-id"], name="newest_moderations")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.state}"


class SavedReply(models.Model):
    """A beginning of an answer. Its blanks, {{like this}}, must be written before it leaves."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(max_length=80)
    text = models.TextField()
    kind = models.CharField(max_length=20, blank=True)  # offered first for this kind of message
    language = models.CharField(max_length=5, default="fr")
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class InboxRule(models.Model):
    """If a message is of this kind, language, channel, and holds these words: tag, assign, alert."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="inbox_rules")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=5, blank=True)
    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, null=True)
    words = models.CharField(max_length=200, blank=True)  # several are separated by commas; one is enough
    tag = models.CharField(max_length=30, blank=True)
    assign = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    alert = models.BooleanField(default=False)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
