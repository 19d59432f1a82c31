"""The strategy beside its objectives: problem, publics, message, means, who was heard, sign-off and deductions.

Nothing here names a platform as a choice: platforms appear in deductions and overrides only.
"""

from django.db import models
from django.utils import timezone

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models_invitation import Invitation


class Plan(models.Model):
    """One strategy for one organisation, written step by step. Empty text means not written yet."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="plan")
    sector = models.CharField(max_length=120, blank=True)
    problem = models.TextField(blank=True)  # in question form
    evidence = models.TextField(blank=True)
    reasons = models.JSONField(default=list)  # typed reasons, rules/reasons.py
    despite = models.TextField(blank=True)  # the owner's, when the reasons alone would be refused
    positioning = models.TextField(blank=True)
    message = models.TextField(blank=True)
    tone = models.CharField(max_length=300, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    euros_per_month = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    repliers = models.PositiveSmallIntegerField(null=True)
    abilities = models.JSONField(default=dict)  # ability: level between 0 and 1
    selectivity = models.FloatField(default=0.0)  # 0 any context, 1 only a chosen one
    site = models.CharField(max_length=10, blank=True)  # ok, poor, none; what the last visit saw when there was one
    site_url = models.CharField(max_length=1000, blank=True)  # where the last visit went
    press = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    signed_name = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    dissent = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.organisation}"


class Public(models.Model):
    """People the strategy is for, by age or by role, named as an objective names them."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="publics")
    name = models.CharField(max_length=200)
    track = models.CharField(max_length=20, blank=True)  # empty: read from the words
    ages = models.CharField(max_length=40, blank=True)
    roles = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    # Where these people said they are: network of the catalogue, then the share of those asked (0 to 1).
    shares = models.JSONField(default=dict)
    asked = models.PositiveIntegerField(null=True)
    asked_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="a_public_is_named_once")]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """One line of the analysis: a box, a fact with its evidence, and what is done about it ("nothing" included)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="findings")
    box = models.CharField(max_length=12)  # strength, weakness, opportunity, threat
    text = models.TextField()
    evidence = models.TextField()
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:80]


class Hearing(models.Model):
    """Somebody who was asked before deciding, and what she said; by a link when `invitation` is there."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="hearings")
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, related_name="hearings")
    group = models.CharField(max_length=12)  # sales, support, served, expert, other
    name = models.CharField(max_length=120)
    said = models.TextField()
    heard_on = models.DateField()
    once = models.CharField(max_length=40, blank=True)  # the mark of the form it came by
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "once"], condition=~models.Q(once=""), name="a_form_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Deduction(models.Model):
    """An answer of the deduction, kept with the strategy file it was made from."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="deductions")
    made_from = models.TextField()  # the strategy file
    catalogue_version = models.CharField(max_length=20)
    made_on = models.DateField()
    answer = models.JSONField()  # by language
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.made_on}"


class Override(models.Model):
    """The owner opens against the deduction, in writing; it returns at every review."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="overrides")
    platform = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.platform
