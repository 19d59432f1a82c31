"""The outbox: one row per promise to one account, one row per attempt to keep it."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.library.models import Media
from pupitre.publishing.rules.late import Late
from pupitre.publishing.rules.states import OPEN_STATES


class Delivery(models.Model):
    """One message promised to one account at one time.

    `next_at` is the only clock the dispatcher reads: when to send, when to look, when a lease dies; null when
    nothing is to be done. `fence` grows with every claim, so that a late worker cannot write over a newer one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=10, default="post")  # post, reply, statement
    state = models.CharField(max_length=12, default="scheduled")  # rules/states.py
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    media = models.ManyToManyField(Media, through="DeliveryMedia")
    reply_to = models.JSONField(null=True)  # {"id": …, "extra": {…}}
    root = models.JSONField(null=True)
    private = models.BooleanField(default=False)
    parts = models.JSONField(default=list)  # further messages of a thread, in their order
    poll = models.JSONField(default=list)  # the options people may vote for
    extras = models.JSONField(default=dict)  # kind (story, reel), poll_seconds, first_comment
    follows = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="followed_by")
    promotional = models.BooleanField(default=True)  # a crisis freezes it
    late_rule = models.CharField(max_length=10, default="send")  # rules/late.py: when it could not leave in time
    late_hours = models.PositiveSmallIntegerField(default=1)  # that it still leaves by itself, before the rule acts
    not_after = models.DateTimeField(null=True)  # what it speaks of is over then: it never leaves
    move_to = models.ForeignKey(Channel, on_delete=models.SET_NULL, null=True, related_name="+")  # for the rule "move"
    fingerprint = models.CharField(max_length=64)
    duplicate_reason = models.CharField(max_length=300, blank=True)

    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)

    remote_id = models.CharField(max_length=300, blank=True)
    remote_extra = models.JSONField(default=dict)
    permalink = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=500, blank=True)  # the network's own, at the last failure
    hint = models.CharField(max_length=300, blank=True)  # a message id: the one next step
    held_reason = models.CharField(max_length=300, blank=True)
    promised_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["next_at"], name="due", condition=models.Q(next_at__isnull=False)),
            models.Index(
                fields=["channel", "fingerprint"],
                name="same_words",
                condition=models.Q(state__in=[*OPEN_STATES, "sent"]),
            ),
            models.Index(fields=["channel", "remote_id"], name="ours", condition=~models.Q(remote_id="")),
            models.Index(fields=["channel", "-sent_at"], name="recent", condition=models.Q(sent_at__isnull=False)),
            models.Index(
                fields=["organisation", "state", "due_at"],
                name="not_settled",
                condition=models.Q(state__in=OPEN_STATES),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def late(self) -> Late:
        return Late(self.late_rule, self.late_hours, self.not_after)


class DeliveryMedia(models.Model):
    """The order of the images of one delivery, each with its alternative text as approved."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attachments")
    media = models.ForeignKey(Media, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(max_length=2000)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.alt[:60]


class Attempt(models.Model):
    """One try, written down before the first byte leaves; `ended_at` null means nobody knows yet."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, default="send")  # send, look
    fence = models.PositiveIntegerField()
    worker = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "fence"], name="one_attempt_per_fence")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.outcome or '…'}"
