"""Our own short links: a closed list of tags, and days that count people without knowing them."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Objective


class UtmTerm(models.Model):
    """One word that a tag may hold. The list is closed: two spellings of one thing are never compared as two things."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="utm_terms")
    kind = models.CharField(max_length=10)  # source, medium, campaign
    value = models.CharField(max_length=60)
    name = models.CharField(max_length=120, blank=True)  # what it stands for
    ours = models.BooleanField(default=False)  # a source where we speak
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "kind", "value"], name="one_utm_term")]

    def __str__(self) -> str:
        return self.value


class LinkDomain(models.Model):
    """The house's own short domain. Empty: the address of this installation."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="link_domain")
    host = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.host


class ShortLink(models.Model):
    """An address of ours that leads to another one, tagged. `url` is where it leads, tags included."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="short_links")
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True, related_name="short_links")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=2000)
    source = models.CharField(max_length=60)
    medium = models.CharField(max_length=60)
    campaign = models.CharField(max_length=60)
    made_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"], name="newest_links")]

    def __str__(self) -> str:
        return self.name


class LinkDay(models.Model):
    """How often one link was followed on one day: by people, and by programs that say so. Nothing else is kept."""

    link = models.ForeignKey(ShortLink, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    people = models.PositiveIntegerField(default=0)
    bots = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "on"], name="one_day_of_a_link")]

    def __str__(self) -> str:
        return f"{self.on}: {self.people}"
