"""What a visit to the organisation's own site showed, and when."""

from django.db import models

from pupitre.core.models import Member, Organisation


class SiteCheck(models.Model):
    """One visit. `points` are those of rules/site.py, in order, each {key, state, said, params}."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="site_checks")
    url = models.CharField(max_length=1000)
    points = models.JSONField(default=list)
    stands = models.BooleanField(default=False)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="site_checks_newest")]

    def __str__(self) -> str:
        return self.url
