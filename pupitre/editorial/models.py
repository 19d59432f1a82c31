"""The score: a post says what it serves, who speaks and what it hopes for; each channel has its own text."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.library.models import Media
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective, Voice


class Post(models.Model):
    """One thing to say. Its texts live in its variants, one per channel."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(max_length=120)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True)
    voice = models.ForeignKey(Voice, on_delete=models.PROTECT, null=True)
    relation = models.CharField(max_length=12, default="proximity")  # visibility, expertise, proximity
    expression = models.CharField(max_length=10, default="text")  # text, image, video, live
    reaction = models.CharField(max_length=20, default="none")  # question, vote, visit, share, keep, come, none
    mode = models.CharField(max_length=20, default="conversation")  # conversation, participation, contribution
    approach = models.CharField(max_length=10, default="attract")  # attract, push
    springs = models.JSONField(default=list)  # at most two
    brief = models.JSONField(default=dict)  # where, when, how, to whom, with whom, thanks to whom; use for the reader
    media = models.ManyToManyField(Media, through="PostMedia")
    echo_reason = models.CharField(max_length=300, blank=True)
    label = models.CharField(max_length=20, blank=True)  # ad, collaboration: what is paid or given is said
    minutes = models.PositiveIntegerField(default=20)  # of making, declared
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    dropped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title


class PostMedia(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="attachments")
    media = models.ForeignKey(Media, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.media)


class Variant(models.Model):
    """The text for one channel, its hour, and once approved the delivery it promised."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="variants")
    text = models.TextField(blank=True)
    form = models.JSONField(default=dict)  # rules/forms.py: parts of a thread, poll, kind, first comment
    due_at = models.DateTimeField(null=True)
    delivery = models.OneToOneField(Delivery, on_delete=models.SET_NULL, null=True, related_name="variant")
    approved_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    approved_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # approval asked
    version = models.ForeignKey("editorial.Version", on_delete=models.SET_NULL, null=True, related_name="+")
    generated = models.BooleanField(default=False)  # a machine wrote it: somebody reads it before it leaves
    echo = models.FloatField(default=0)  # the largest share that another variant repeats, as of the last writing
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="one_variant_per_channel")]
        indexes = [models.Index(fields=["organisation", "due_at"], name="score")]

    def __str__(self) -> str:
        return f"{self.post} · {self.channel}"


# Django reads the models of a room from this module.
from pupitre.editorial.models_agreeing import ApprovalLevel, Guest, Review, Version  # noqa: E402
from pupitre.editorial.models_around import (  # noqa: E402
    AccountCard,
    Collaboration,
    Consultation,
    IdentityKit,
    Product,
    Relay,
    Season,
    WritingHelp,
)
from pupitre.editorial.models_planning import Batch, CalendarLink, Recurrence, Slot  # noqa: E402
from pupitre.editorial.models_rules import HouseRules  # noqa: E402
from pupitre.editorial.models_sketches import Sketch  # noqa: E402

__all__ = [
    "AccountCard",
    "ApprovalLevel",
    "Batch",
    "CalendarLink",
    "Collaboration",
    "Consultation",
    "Guest",
    "HouseRules",
    "IdentityKit",
    "Post",
    "PostMedia",
    "Product",
    "Recurrence",
    "Relay",
    "Review",
    "Season",
    "Sketch",
    "Slot",
    "Variant",
    "Version",
    "WritingHelp",
]  # fmt: skip
