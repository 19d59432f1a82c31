"""What people say to us: threads, messages, clocks and closures."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.publishing.models import Delivery
from pupitre.relations.models import Contact
from pupitre.strategy.models import Voice


class Thread(models.Model):
    """One conversation with one person in one place. Open threads wait for somebody; closing says how.

    `due_at` is the promised time of the next answer in business hours, null once closed. `waiting_since` is the
    oldest message without an answer.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="threads")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True, related_name="threads")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="threads")
    remote_id = models.CharField(max_length=300, blank=True)  # the network's root of the conversation
    about = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, related_name="threads")  # our post
    origin = models.CharField(max_length=20, default="network")  # network, listening, hand
    public = models.BooleanField(default=True)
    subject = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, default="other")  # judge's kinds
    polarity = models.CharField(max_length=4, default="neu")
    flags = models.JSONField(default=list)
    language = models.CharField(max_length=5, blank=True)
    state = models.CharField(max_length=10, default="open")  # open, paused, closed
    priority = models.PositiveSmallIntegerField(default=50)  # smaller speaks first
    waiting_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    first_reply_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=20, blank=True)
    voice = models.ForeignKey(Voice, on_delete=models.SET_NULL, null=True)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="threads")
    owned_since = models.DateTimeField(null=True)
    return_at = models.DateTimeField(null=True)  # a hand-over comes back then
    wanted_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # asks its owner
    wanted_at = models.DateTimeField(null=True)
    reading = models.ForeignKey(
        "SecondReading", on_delete=models.SET_NULL, null=True, related_name="+"
    )  # asked, given back
    tags = models.JSONField(default=list)
    cause = models.ForeignKey("Cause", on_delete=models.SET_NULL, null=True, related_name="threads")
    closure = models.CharField(max_length=20, blank=True)  # answered, forwarded, no_answer_needed
    closure_reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "remote_id", "contact"], condition=~models.Q(remote_id=""), name="one_thread_each"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "due_at", "id"], name="waiting", condition=models.Q(state="open")),
            models.Index(fields=["organisation", "-closed_at"], name="closed", condition=models.Q(state="closed")),
            models.Index(fields=["organisation", "kind", "due_at"], name="kinds", condition=models.Q(state="open")),
            models.Index(fields=["organisation", "public", "due_at"], name="places", condition=models.Q(state="open")),
            models.Index(fields=["organisation", "kind", "-last_at"], name="causes"),
            models.Index(fields=["owner", "due_at"], name="owned", condition=models.Q(state="open")),
            models.Index(fields=["organisation", "last_at"], name="paused", condition=models.Q(state="paused")),
        ]

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """One thing said, by them (`ours` false) or by us. The network's id makes it unique: said once, kept once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True)
    remote_id = models.CharField(max_length=300, blank=True)
    remote_extra = models.JSONField(default=dict)
    root_extra = models.JSONField(null=True)  # {"id", "extra"} of the conversation's first message
    kind = models.CharField(max_length=10, default="reply")  # reply, comment, mention, quote, dm, review, mail, note
    ours = models.BooleanField(default=False)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    voice = models.ForeignKey(Voice, on_delete=models.SET_NULL, null=True)
    delivery = models.OneToOneField(Delivery, on_delete=models.SET_NULL, null=True, related_name="message")
    author_name = models.CharField(max_length=200, blank=True)
    author_handle = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    judgement = models.JSONField(default=dict)
    corrected = models.CharField(max_length=20, blank=True)  # the kind a person decided, learnt from at once
    corrected_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    permalink = models.CharField(max_length=500, blank=True)
    hidden_at = models.DateTimeField(null=True)  # by the rules, there and here
    at = models.DateTimeField()
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "remote_id"], condition=~models.Q(remote_id=""), name="said_once"
            )
        ]
        indexes = [
            models.Index(fields=["thread", "at"], name="in_order"),
            models.Index(fields=["organisation", "-corrected_at"], name="learnt", condition=~models.Q(corrected="")),
            models.Index(
                fields=["delivery"], name="leaving",
                condition=models.Q(ours=True, remote_id="", delivery__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:60]


class Pause(models.Model):
    """Time that does not count, with its reason from a closed list. Never begins after the promise is broken."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=20)  # waiting_for_person, platform_outage, legal_check
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.reason


from pupitre.conversations.models_care import InboxRule, Moderation, ModerationRule, SavedReply  # noqa: E402
from pupitre.conversations.models_live import Cause, Presence  # noqa: E402
from pupitre.conversations.models_reading import ReadingRule, SecondReading  # noqa: E402

__all__ = [
    "Cause", "InboxRule", "Message", "Moderation", "ModerationRule", "Pause", "Presence", "ReadingRule",
    "SavedReply", "SecondReading", "Thread",
]  # fmt: skip
