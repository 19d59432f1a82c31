"""Why, before how: objectives and voices. A channel, a post and a figure point here."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Objective(models.Model):
    """One wished change, for whom, measured how, from what to what, until when.

    `baseline` None with `baseline_unknown` means "not measured yet": a task asks for it. Weights of the three
    relations sum to 1.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="objectives")
    kind = models.CharField(max_length=40, default="local_sales")  # rules/objectives.py
    track = models.CharField(max_length=20, default="b2c")  # b2c, b2b, public, employer
    reason = models.TextField(blank=True)  # to do what?
    subject = models.TextField(blank=True)  # to talk about what?
    presence = models.TextField(blank=True)  # or only to be there?
    change = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)  # "per week", "%"
    source = models.CharField(max_length=200, blank=True)  # where the figure comes from
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    baseline_unknown = models.BooleanField(default=False)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    due_on = models.DateField(null=True)
    visibility = models.FloatField(default=0.34)
    expertise = models.FloatField(default=0.33)
    proximity = models.FloatField(default=0.33)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    reply_hours = models.PositiveSmallIntegerField(null=True)  # care: open hours until a reply
    care_hours = models.JSONField(default=dict)  # care: shape of Organisation.hours
    replier = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # care: who replies
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    problem = models.ForeignKey("Problem", on_delete=models.SET_NULL, null=True, related_name="objectives")
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.change[:80] or f"#{self.pk}"


class Voice(models.Model):
    """Who speaks: the organisation, a brand, an executive, an expert, or a persona with its disclosure."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="voices")
    kind = models.CharField(max_length=20, default="organisation")  # organisation, brand, executive, expert, persona
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="voices")
    mandate = models.TextField(blank=True)  # what it may speak about
    topics = models.JSONField(default=list)  # words and kinds of messages it answers first
    tone = models.CharField(max_length=200, blank=True)
    pronoun = models.CharField(max_length=10, default="we")  # we, i
    disclosure = models.CharField(max_length=300, blank=True)  # a persona says what it is
    objectives = models.ManyToManyField(Objective, related_name="voices")
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="persona") | ~models.Q(disclosure=""), name="a_persona_says_what_it_is"
            )
        ]

    def __str__(self) -> str:
        return self.name


# Django reads the models of a room from this module.
from pupitre.strategy.models_floor import Floor  # noqa: E402
from pupitre.strategy.models_invitation import Invitation  # noqa: E402
from pupitre.strategy.models_operation import Operation, OperationStep, Peer  # noqa: E402
from pupitre.strategy.models_plan import (  # noqa: E402
    Deduction,
    Finding,
    Hearing,
    Override,
    Plan,
    Public,
)
from pupitre.strategy.models_problem import Problem  # noqa: E402
from pupitre.strategy.models_site import SiteCheck  # noqa: E402

__all__ = [
    "Deduction", "Finding", "Floor", "Hearing", "Invitation", "Objective", "Operation", "OperationStep", "Override",
    "Peer", "Plan", "Problem", "Public", "SiteCheck", "Voice",
]  # fmt: skip
