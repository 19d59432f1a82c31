"""Reports: what was said of a period, kept as it was said; who reads it; what a campaign taught."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Operation


class Report(models.Model):
    """One report, frozen the day it was made. `told` is the whole document; its link ends, and can be closed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reports")
    first = models.DateField()
    last = models.DateField()
    language = models.CharField(max_length=5)
    told = models.JSONField()
    key = models.CharField(max_length=40, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="newest_reports")]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class ReportSchedule(models.Model):
    """Who receives a report by mail, each month or each quarter, once it is over."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="report_schedules")
    rhythm = models.CharField(max_length=10)  # month, quarter
    language = models.CharField(max_length=5)
    to = models.JSONField()  # mail addresses
    due_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    sent_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)  # of its last failure
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.rhythm


class Lesson(models.Model):
    """What a campaign taught, written by a person."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    operation = models.OneToOneField(Operation, on_delete=models.CASCADE, related_name="lesson")
    text = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.text[:80]
