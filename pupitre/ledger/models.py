"""What we know: facts with their sources, which rule what may be said."""

from django.db import models

from pupitre.core.models import Member, Organisation


class LedgerFact(models.Model):
    """One sentence, what is known of it, and where that comes from.

    A closed crisis puts its facts away: they still close a denial that names their subject, and no longer one that
    names nothing.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="ledger")
    text = models.CharField(max_length=300)
    status = models.CharField(max_length=10, default="checking")  # confirmed, checking, false
    source = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")  # who checks
    check_by = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    put_away_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "status"], name="known_facts")]

    def __str__(self) -> str:
        return self.text
