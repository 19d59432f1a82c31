"""Images and what must be known about them before they leave."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Media(models.Model):
    """One image, kept once per content. GPS is removed when it enters, provenance metadata is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="media")
    digest = models.CharField(max_length=64)  # sha256 of the kept bytes
    path = models.CharField(max_length=200)  # under MEDIA_ROOT
    mime = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    alt = models.CharField(max_length=2000, blank=True)
    rights = models.CharField(max_length=300, blank=True)  # licence and source, in words
    focus_x = models.FloatField(default=0.5)
    focus_y = models.FloatField(default=0.5)
    generated = models.BooleanField(default=False)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="cuts")  # cut for a network
    people = models.BooleanField(default=False)  # somebody can be recognised
    consented = models.BooleanField(default=False)  # everybody who can be recognised said yes, and nobody took it back
    consent_until = models.DateField(null=True)  # the first of their consents to end
    added_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="one_media_per_content")]
        verbose_name_plural = "media"

    def __str__(self) -> str:
        return self.name


class ImageConsent(models.Model):
    """Somebody who can be recognised in an image said yes: for what, until when. Withdrawn, it is never removed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    media = models.ForeignKey(Media, on_delete=models.CASCADE, related_name="consents")
    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=300)  # for what, where
    proof = models.CharField(max_length=300, blank=True)  # where the signed paper is
    until = models.DateField(null=True)
    recorded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
