"""Problem statements beside the one the plan leads with: a question, what shows it, and who carries it."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Problem(models.Model):
    """A further problem statement. An objective that names none answers the one the plan leads with."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="problems")
    question = models.TextField()
    evidence = models.TextField(blank=True)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.question[:80]
