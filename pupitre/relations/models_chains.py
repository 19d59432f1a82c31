"""Asking for an introduction: the search, the request that passes from one to the next, the request without names."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.relations.models import Contact
from pupitre.strategy.models import Objective


class ChainSearch(models.Model):
    """A search somebody made: seen by its author, and by those whom it showed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    asker = models.ForeignKey(Member, on_delete=models.CASCADE)
    words = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    shown = models.ManyToManyField(Contact, related_name="shown_in")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["asker", "-at"], name="searches_of")]
        verbose_name_plural = "chain searches"

    def __str__(self) -> str:
        return self.words


class Introduction(models.Model):
    """A request to be introduced. `legs` are the people to ask in order (contact ids); `leg` is whose turn it is.

    `pending` is the last question asked and `since` when: a refusal looks like silence until both would have ended.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    asker = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="introductions")
    introducer = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="asked_for")
    target = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="sought_by")
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True)
    legs = models.JSONField(default=list)
    leg = models.PositiveSmallIntegerField(default=0)
    purpose = models.CharField(max_length=300)
    message = models.TextField()
    step = models.CharField(max_length=20)
    pending = models.CharField(max_length=20)
    since = models.DateTimeField()
    sent_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)  # work, exchange, nothing
    lesson = models.CharField(max_length=300, blank=True)
    thanked_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asker", "-id"], name="requests_of"),
            models.Index(fields=["organisation", "step", "since"], name="requests_waiting"),
        ]

    def __str__(self) -> str:
        return self.purpose


class BlindRequest(models.Model):
    """A question, "who could introduce us to...?", put to colleagues whose own book may hold the answer."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    asker = models.ForeignKey(Member, on_delete=models.CASCADE)
    wanted = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="blind_newest")]

    def __str__(self) -> str:
        return self.wanted


class BlindAnswer(models.Model):
    """A colleague who chose to say "I can"."""

    request = models.ForeignKey(BlindRequest, on_delete=models.CASCADE, related_name="answers")
    colleague = models.ForeignKey(Member, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "colleague"], name="one_answer_each")]

    def __str__(self) -> str:
        return str(self.colleague_id)
