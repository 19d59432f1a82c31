"""Images and films, and what must be known about them before they leave."""

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
    borrowed = models.BooleanField(default=False)  # somebody outside the house made it
    lent = models.BooleanField(default=False)  # its author permits it, and the proof is kept
    lent_until = models.DateField(null=True)
    folder = models.CharField(max_length=80, blank=True)
    added_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="one_media_per_content")]
        verbose_name_plural = "media"

    def __str__(self) -> str:
        return self.name


class Film(models.Model):
    """What is known of a film beside its file: how long, in which codecs, its first picture, its captions.

    A film that not every network takes is prepared by the worker: its plain version is a cut of its media.
    """

    media = models.OneToOneField(Media, on_delete=models.CASCADE, related_name="film")
    seconds = models.FloatField()
    picture = models.CharField(max_length=20)  # codecs, as their reader names them
    sound = models.CharField(max_length=20, blank=True)
    plain = models.BooleanField(default=False)  # may leave as it is
    poster = models.CharField(max_length=200)  # a JPEG, under MEDIA_ROOT
    captions = models.TextField(blank=True)  # WebVTT
    state = models.CharField(max_length=10, default="ready")  # preparing, ready, failed
    percent = models.PositiveSmallIntegerField(default=0)  # of the preparation
    most_bytes = models.PositiveIntegerField(default=0)  # what the preparation aims at

    def __str__(self) -> str:
        return str(self.media)


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


class MediaTag(models.Model):
    """A word under which an image is found again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    media = models.ForeignKey(Media, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=40)  # small letters

    class Meta:
        constraints = [models.UniqueConstraint(fields=["media", "word"], name="one_tag_per_media")]
        indexes = [models.Index(fields=["organisation", "word"], name="media_by_tag")]

    def __str__(self) -> str:
        return self.word


class Loan(models.Model):
    """A picture that somebody else made: what was asked, what was answered, where the proof is. Never removed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    media = models.ForeignKey(Media, on_delete=models.SET_NULL, null=True, related_name="loans")
    author = models.CharField(max_length=120)
    source = models.CharField(max_length=500)  # where it was seen: an address, or words
    asked = models.TextField()  # the words of the request
    terms = models.CharField(max_length=300, blank=True)  # of the call or contest it answers, if any
    state = models.CharField(max_length=10, default="asked")  # rules/loans.py
    scope = models.CharField(max_length=300, blank=True)  # for what it is lent
    credit = models.CharField(max_length=120, blank=True)  # how its author wants to be named
    proof = models.CharField(max_length=500, blank=True)  # where the written yes is
    until = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="loans_newest")]

    def __str__(self) -> str:
        return self.author
