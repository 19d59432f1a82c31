"""Operations, which group what is done on networks and elsewhere for one objective; and those one compares with."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Objective


class Operation(models.Model):
    """`after` says who keeps replying once it is over, and until when: without it, it is not closed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="operations")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="operations")
    kind = models.CharField(max_length=20)  # rules/operations.py
    name = models.CharField(max_length=120)
    begins_on = models.DateField()
    ends_on = models.DateField()
    after = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="operations_newest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("begins_on")), name="an_end_follows")
        ]

    def __str__(self) -> str:
        return self.name


class OperationStep(models.Model):
    """One thing to do, on a network or elsewhere, by somebody, for a day, at a planned cost in euros."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["operation", "due_on"], name="steps_by_day")]

    def __str__(self) -> str:
        return self.text


class Peer(models.Model):
    """Somebody of one's size, and what was learned from them; `ours` is our own audience on that day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="peers")
    name = models.CharField(max_length=120)
    audience = models.PositiveIntegerField()
    ours = models.PositiveIntegerField()
    learned = models.TextField()
    kept_on = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
