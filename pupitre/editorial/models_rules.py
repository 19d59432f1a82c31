"""The rules of the house for what it says: words it avoids, what readers can read, the reserve before an election."""

from django.db import models

from pupitre.core.models import Organisation


class HouseRules(models.Model):
    """One sheet per organisation; without it, the defaults of `rules/manners.py` hold."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="house_rules")
    avoid = models.JSONField(default=list)  # words and phrases
    emoji_most = models.PositiveSmallIntegerField(default=4)
    strict = models.BooleanField(default=False)  # what a screen reader cannot read blocks
    own_sites = models.JSONField(default=list)  # "levain.example"
    push_ceiling = models.PositiveSmallIntegerField(default=60)  # percent of four weeks
    election_from = models.DateField(null=True)
    election_to = models.DateField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "house rules"

    def __str__(self) -> str:
        return str(self.organisation)
