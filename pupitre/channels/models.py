"""Connected accounts, their secrets, what each may do, and the charter of each."""

from django.db import models
from django.utils import timezone

from pupitre.channels.rules.ending import days_left, stage
from pupitre.core.models import Organisation


class Channel(models.Model):
    """One account on one network. What it can do is read from the network, never assumed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="channels")
    network = models.CharField(max_length=40)  # a key of the registry
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    site = models.CharField(max_length=300, blank=True)  # the PDS or instance address
    posture = models.CharField(max_length=20, default="open")  # open, experiment, listen_and_reply
    state = models.CharField(max_length=20, default="connected")  # connected, access_lost, paused, closed
    state_words = models.CharField(max_length=500, blank=True)  # the network's own words
    rights = models.JSONField(default=list)
    capabilities = models.JSONField(default=list)
    limits = models.JSONField(default=dict)  # as connectors.limits.as_json
    expires_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)  # the version of the network's interface that we speak
    resume_at = models.DateTimeField(null=True)  # rate limited until then
    outage_since = models.DateTimeField(null=True)  # its network does not answer: nothing is tried
    probed_at = models.DateTimeField(null=True)  # when we last asked a silent network whether it is back
    recovered_at = models.DateTimeField(null=True)  # when its last outage ended
    pacing = models.BooleanField(default=False)  # after an outage: what waited leaves one by one
    daily_cap = models.PositiveIntegerField(null=True)
    inbox_due_at = models.DateTimeField(null=True, db_index=True)
    inbox_read_at = models.DateTimeField(null=True)
    inbox_since = models.DateTimeField(null=True)
    inbox_error = models.CharField(max_length=500, blank=True)
    described_at = models.DateTimeField(null=True, db_index=True)  # when the network last said what may be done
    looked_at = models.DateTimeField(null=True)  # when a person last opened it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network", "remote_id"], name="one_channel_per_account")
        ]

    def __str__(self) -> str:
        return self.name or self.handle

    @property
    def days_left(self) -> int | None:
        """Whole days before its access ends; None when it does not end."""
        return days_left(self.expires_at, now=timezone.now())

    @property
    def ends_soon(self) -> bool:
        """Whether a person should renew its access now."""
        return stage(self.expires_at, now=timezone.now()) is not None


class Credential(models.Model):
    """One secret of one channel, encrypted. Reconnecting writes new values and never erases the others."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="credentials")
    key = models.CharField(max_length=60)
    sealed = models.BinaryField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="one_secret_per_key")]

    def __str__(self) -> str:
        return self.key


class Charter(models.Model):
    """What a channel is for, for whom, in what tone and at what pace. Wanted before its first post."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="charter")
    purpose = models.CharField(max_length=300)
    audience = models.CharField(max_length=300)
    tone = models.CharField(max_length=300)
    address = models.CharField(max_length=10, default="vous")  # vous, tu
    least_per_week = models.PositiveSmallIntegerField(default=1)
    most_per_week = models.PositiveSmallIntegerField(default=3)
    longest_silence = models.PositiveSmallIntegerField(default=14)  # days
    minutes_per_reply = models.PositiveSmallIntegerField(default=5)
    stop_rule = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.purpose


class Doorbell(models.Model):
    """Where the network of a channel may knock. Its address is no secret: each call proves who calls."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="bell")
    token = models.CharField(max_length=64, unique=True)
    word = models.CharField(max_length=64)  # ours, pasted on the network where it wants one
    opened_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True)  # the network last made sure that we are there
    rung_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=200, blank=True)  # a message id

    def __str__(self) -> str:
        return str(self.channel)


class Knock(models.Model):
    """One call that was heard, so that its copies are not."""

    bell = models.ForeignKey(Doorbell, on_delete=models.CASCADE, related_name="knocks")
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bell", "mark"], name="heard_once")]

    def __str__(self) -> str:
        return self.mark
