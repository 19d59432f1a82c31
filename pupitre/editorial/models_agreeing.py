"""What was agreed to, by whom, when: versions, readings, clients without an account, and the levels of the house."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Voice


class Version(models.Model):
    """What one channel was to say at one moment. Never changed, never removed with its text: it is a proof."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    post = models.ForeignKey("editorial.Post", on_delete=models.CASCADE, related_name="versions")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    form = models.JSONField(default=dict)  # as the text's, rules/forms.py
    media = models.JSONField(default=list)  # [digest, alternative text] in their order
    generated = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)  # rules/content.py
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "channel", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.text[:60]}"


class Guest(models.Model):
    """A client who reads one post through a signed link, without an account."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    post = models.ForeignKey("editorial.Post", on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="fr")
    key = models.CharField(max_length=40, unique=True)  # the link is its signature
    invited_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One person before one version: read, agreed, asked for a change, or remarked on a passage. Never edited."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="reviews")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    guest = models.ForeignKey(Guest, on_delete=models.SET_NULL, null=True)
    name = models.CharField(max_length=120)  # as known then
    verdict = models.CharField(max_length=10)  # read, agreed, change, withdrawn, remark, urgent
    words = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True)  # of the passage, in characters of the version
    end = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)  # a remark that was followed
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["version", "verdict"], name="reviews_of_version")]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"


class ApprovalLevel(models.Model):
    """Who must agree: for a channel, for a voice, or for everything."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True, related_name="+")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, null=True, related_name="+")
    level = models.CharField(max_length=10, default="one")  # rules/levels.py

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(channel__isnull=True, voice__isnull=True),
                name="one_general_level",
            ),
            models.UniqueConstraint(
                fields=["channel"], condition=models.Q(channel__isnull=False), name="one_level_per_channel"
            ),
            models.UniqueConstraint(
                fields=["voice"], condition=models.Q(voice__isnull=False), name="one_level_per_voice"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__isnull=True) | models.Q(voice__isnull=True), name="a_channel_or_a_voice"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.level
