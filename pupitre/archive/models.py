"""What was said elsewhere and is kept here, and the farewell to a platform that closes."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.editorial.models import Post


class Kept(models.Model):
    """One message that came with an archive: read, searched and exported like ours, never sent to anybody."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    uid = models.CharField(max_length=100)
    network = models.CharField(max_length=40)
    place = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10)
    ours = models.BooleanField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    author = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, blank=True)
    permalink = models.CharField(max_length=500, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    thread = models.CharField(max_length=300, blank=True)
    parent = models.CharField(max_length=300, blank=True)
    public = models.BooleanField(default=True)
    rating = models.PositiveSmallIntegerField(null=True)
    counts = models.JSONField(default=list)  # [{"metric", "value", "at", "source"}]
    imported_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "uid"], name="kept_once")]
        indexes = [models.Index(fields=["organisation", "-at", "-id"], name="kept_in_order")]
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return self.text[:60]


class KeptFile(models.Model):
    """A file of a kept message, as it was in the archive, byte for byte."""

    kept = models.ForeignKey(Kept, on_delete=models.CASCADE, related_name="files")
    digest = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.alt or self.name


class Farewell(models.Model):
    """A platform closes: its dates, the reason, the word to those who follow us there, and its end."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="farewell")
    reason = models.CharField(max_length=500)
    announced = models.DateField(null=True)
    no_new_accounts = models.DateField(null=True)
    api_end = models.DateField(null=True)
    export_end = models.DateField(null=True)
    closes = models.DateField(null=True)
    word = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="+")  # a draft: never sent by us
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.channel)
