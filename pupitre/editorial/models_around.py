"""Around the score: what is paid or given, what is asked of the public, who relays."""

from django.db import models

from pupitre.channels.models import Channel
from pupitre.core.models import Member, Organisation
from pupitre.library.models import Media


class Product(models.Model):
    """What a post lets people buy: its price is true on the day somebody looked."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    post = models.OneToOneField("editorial.Post", on_delete=models.CASCADE, related_name="product")
    name = models.CharField(max_length=120)
    address = models.URLField(max_length=500)
    price = models.DecimalField(max_digits=9, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    checked_on = models.DateField()
    fresh_days = models.PositiveSmallIntegerField(default=7)

    def __str__(self) -> str:
        return self.name


class Collaboration(models.Model):
    """Money, gifts or services for somebody who speaks of us: cumulated by person, goal and year (rules/influence)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    partner = models.CharField(max_length=120)
    goal = models.CharField(max_length=200)  # what is promoted
    kind = models.CharField(max_length=10, default="money")
    sector = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=9, decimal_places=2)  # euros without tax
    on = models.DateField()
    contract = models.CharField(max_length=300, blank=True)  # where the signed paper is
    post = models.ForeignKey("editorial.Post", on_delete=models.SET_NULL, null=True, related_name="collaborations")
    recorded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="collaborations_newest")]

    def __str__(self) -> str:
        return self.partner


class Consultation(models.Model):
    """A question to the public, with what the house commits to do with the answer; its outcome is published."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    question = models.CharField(max_length=200)
    commitment = models.CharField(max_length=300)
    audience = models.CharField(max_length=200)
    places = models.CharField(max_length=200, blank=True)  # where it is asked, in words
    options = models.JSONField(default=list)  # {"words": str, "media": id or None}
    opens_on = models.DateField()
    closes_on = models.DateField()
    answers = models.JSONField(default=list)  # people for each option, once counted
    caveat = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)  # what was decided, as published
    counted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="consultations_newest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="an_answer_has_time")
        ]

    def __str__(self) -> str:
        return self.question


class Relay(models.Model):
    """A text proposed to a colleague, who may say it elsewhere in her own words, or not. Nothing leaves by itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    post = models.ForeignKey("editorial.Post", on_delete=models.CASCADE, related_name="relays")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="relays")
    text = models.TextField()
    state = models.CharField(max_length=10, default="proposed")  # proposed, said, refused
    address = models.CharField(max_length=500, blank=True)  # where it was said, if she wants to tell
    proposed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_relay_each")]

    def __str__(self) -> str:
        return self.state


class IdentityKit(models.Model):
    """How the house presents itself everywhere: the reference that each account's card is compared with."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="identity_kit")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=500)
    link = models.URLField(max_length=300)
    image = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class AccountCard(models.Model):
    """What one account shows of us, as somebody read it on a day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="card")
    name = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=1000, blank=True)
    link = models.CharField(max_length=300, blank=True)
    image = models.BooleanField(default=False)  # the picture of the kit is there
    read_on = models.DateField()
    read_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return str(self.channel)


class Season(models.Model):
    """Days that matter here: school holidays, a fair, the closing of the house. Seen on the score."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    begins_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "begins_on"], name="one_season_per_day"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("begins_on")), name="a_season_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class WritingHelp(models.Model):
    """A machine that proposes texts, if the house wants one: off until somebody names it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="writing_help")
    on = models.BooleanField(default=False)
    address = models.URLField(max_length=300)  # of the interface, up to /v1
    model = models.CharField(max_length=120)
    sealed = models.BinaryField(null=True)  # its key
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "writing help"

    def __str__(self) -> str:
        return self.model
