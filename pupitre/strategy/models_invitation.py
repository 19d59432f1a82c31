"""Links that let somebody without an account answer questions, or read and comment on the decision file."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Invitation(models.Model):
    """One link. Its address is signed, not kept: see invitation_links.py."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=20)  # consultation, expert
    group = models.CharField(max_length=12)  # those of a hearing
    name = models.CharField(max_length=120)  # to whom it was sent
    questions = models.JSONField(default=list)
    language = models.CharField(max_length=5, default="fr")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="invitations_newest")]

    def __str__(self) -> str:
        return self.name
