"""What it brought: figures with their source, and the hours it took."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.measurement.models_attribution import (
    Conversion,
    ConversionDoor,
    ConversionEvent,
    Experiment,
    Holdout,
    VisitTool,
)
from pupitre.measurement.models_reports import Lesson, Report, ReportSchedule
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective

__all__ = [
    "OWN_MEASURE", "Conversion", "ConversionDoor", "ConversionEvent", "Count", "Experiment", "Fact", "Holdout",
    "Lesson", "Purchase", "QuarterReview", "Report", "ReportSchedule", "Stopwatch", "TimeEntry", "UnitValue",
    "VisitTool",
]  # fmt: skip
OWN_MEASURE = "objective"  # the key of an objective's own measure, among the facts


class Fact(models.Model):
    """One figure at one time. A gap is a missing row, never a zero.

    `n` and `total` are set when the value is a share (n out of total), so that an interval can be given.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, null=True, related_name="facts")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, null=True, related_name="facts")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, null=True)
    kpi = models.CharField(max_length=60)  # a key of the catalogue, or "objective" for its own measure
    value = models.DecimalField(max_digits=16, decimal_places=4)
    n = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200)  # "network", or where a person read it
    definition = models.PositiveSmallIntegerField(default=1)  # version of the definition
    at = models.DateTimeField()
    declared_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["objective", "kpi", "at"], name="curve"),
            models.Index(fields=["delivery", "kpi", "at"], name="counts"),
            models.Index(fields=["organisation", "at"], name="kept_by_day"),
            models.Index(
                fields=["objective", "-at", "-id"], condition=models.Q(delivery__isnull=False), name="newest_counts"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "kpi", "at"], condition=models.Q(delivery__isnull=False), name="one_count_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kpi} = {self.value}"


class TimeEntry(models.Model):
    """Minutes somebody gave to an objective, in one gesture or as a weekly guess."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="time")
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    minutes = models.PositiveIntegerField()
    what = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    guessed = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["objective", "on"], name="spent")]
        verbose_name_plural = "time entries"

    def __str__(self) -> str:
        return f"{self.minutes} min"


class Count(models.Model):
    """When a published message is counted next; null when it is old enough to be left alone."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="counting")
    due_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return str(self.delivery_id)


class Stopwatch(models.Model):
    """Somebody is at work for an objective since a moment: one at a time each. Stopping it makes a time entry."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="stopwatch")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.started_at)


class Purchase(models.Model):
    """Money paid for an objective: what, how much, when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="purchases")
    what = models.CharField(max_length=200)
    euros = models.DecimalField(max_digits=10, decimal_places=2)
    on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["objective", "on"], name="bought")]

    def __str__(self) -> str:
        return self.what


class UnitValue(models.Model):
    """What one more unit of an objective brings, in euros, as a range with the reason to believe it.

    `periods` is how many of the measure's periods (weeks, months) the change has lasted.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    objective = models.OneToOneField(Objective, on_delete=models.CASCADE, related_name="unit_value")
    low = models.DecimalField(max_digits=10, decimal_places=2)
    central = models.DecimalField(max_digits=10, decimal_places=2)
    high = models.DecimalField(max_digits=10, decimal_places=2)
    basis = models.CharField(max_length=20)  # statistics.money.Basis
    assumption = models.CharField(max_length=300)
    periods = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.central)


class QuarterReview(models.Model):
    """The quarter of one channel: what was expected, what happened, what was learnt, what changes; then a decision."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="reviews")
    quarter = models.CharField(max_length=7)  # 2026-Q4
    decision = models.CharField(max_length=10)  # continue, change, stop
    proposed = models.CharField(max_length=10)
    expected = models.TextField()
    happened = models.TextField()
    learnt = models.TextField()
    changes = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "quarter"], name="one_review_a_quarter")]

    def __str__(self) -> str:
        return f"{self.quarter} {self.decision}"
