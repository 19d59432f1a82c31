"""The speaking matrix: who takes the floor, for which kind of event, on which track."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Voice


class Floor(models.Model):
    """One line: the first voice for an event on a track, the person responsible, and who else must know.

    `hours` have the shape of `Organisation.hours`; empty means those of the organisation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="floors")
    event = models.CharField(max_length=20)  # rules/speaking.py
    track = models.CharField(max_length=20, default="all")  # all, b2c, b2b, public, employer
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="floors")
    responsible = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    deputy = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    consulted = models.ManyToManyField(Member, related_name="+")
    informed = models.ManyToManyField(Member, related_name="+")
    hours = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "event", "track"], name="one_first_speaker_each")
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.track}"
