"""Where outcomes come from: acts that count, each time one happens, and plans written before looking."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.strategy.models import Objective


class ConversionEvent(models.Model):
    """The act that counts for an objective, and within how many days of a visit. Without both it is no conversion."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="conversion_events")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="conversion_events")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    window_days = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="one_event_key")]

    def __str__(self) -> str:
        return self.name


class Conversion(models.Model):
    """The act, one or several times. Nobody is named: sources are words, `external_id` is the till's own number.

    `first` and `last` are the tags of the first and the last visit; `declared` is what the person answered to "how did
    you hear of us?". Empty: not known, or not asked.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    event = models.ForeignKey(ConversionEvent, on_delete=models.CASCADE, related_name="conversions")
    at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # euros of all of them
    first = models.CharField(max_length=60, blank=True)
    last = models.CharField(max_length=60, blank=True)
    declared = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=12)  # webhook, csv, api, by_hand, matomo, plausible
    external_id = models.CharField(max_length=100, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["event", "at"], name="acts")]
        constraints = [models.UniqueConstraint(fields=["event", "external_id"], name="one_act_once")]

    def __str__(self) -> str:
        return f"{self.event_id} × {self.times}"


class ConversionDoor(models.Model):
    """The address where a shop's own software rings, signed. Another key closes the one before."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="conversion_door")
    key = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class VisitTool(models.Model):
    """A tool that counts visits on our own site (Matomo, Plausible), read once a day for one act."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="visit_tools")
    event = models.ForeignKey(ConversionEvent, on_delete=models.CASCADE, related_name="visit_tools")
    tool = models.CharField(max_length=12)  # matomo, plausible
    url = models.CharField(max_length=500)
    site = models.CharField(max_length=200)  # the tool's own name of the site
    goal = models.CharField(max_length=120)
    sealed = models.BinaryField()
    read_until = models.DateField(null=True)  # the last day that was read
    due_at = models.DateTimeField(db_index=True)
    words = models.CharField(max_length=300, blank=True)  # of its last failure

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "tool", "url", "site", "goal"], name="one_tool_an_act")]

    def __str__(self) -> str:
        return f"{self.tool} {self.site}"


class Holdout(models.Model):
    """Weeks or places where we stay silent on purpose, chosen by chance within pairs and written down before.

    `pairs` holds two units each: Mondays as ISO dates, or names of places; `silent` says which of the two is silent.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="holdouts")
    event = models.ForeignKey(ConversionEvent, on_delete=models.CASCADE, related_name="holdouts")
    question = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # weeks, places
    pairs = models.JSONField()
    silent = models.JSONField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    hoped = models.FloatField()  # times more when we speak
    variation = models.FloatField()
    power = models.FloatField()  # as said before starting
    registered_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.question


class Experiment(models.Model):
    """Two kinds of posts compared on one count of the networks, written down before with its power."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="experiments")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="experiments")
    kind = models.CharField(max_length=10)  # image, hour, spring, voice
    first = models.CharField(max_length=40)
    second = models.CharField(max_length=40)
    metric = models.CharField(max_length=60)
    per_arm = models.PositiveSmallIntegerField()
    hoped = models.FloatField()
    variation = models.FloatField()
    power = models.FloatField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    registered_at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
