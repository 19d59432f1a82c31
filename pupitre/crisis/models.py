"""The crisis room: one case, who is told, what is said, what is kept, and what is learnt."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.ledger.models import LedgerFact
from pupitre.listening.models import Alert
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Voice


class Crisis(models.Model):
    """One case, from the click that froze promotion to its debrief. An organisation has at most one open."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="crises")
    title = models.CharField(max_length=200)
    situation = models.CharField(max_length=20)  # rules/options.py
    alert = models.ForeignKey(Alert, on_delete=models.SET_NULL, null=True, related_name="crises")
    facts = models.ManyToManyField(LedgerFact, related_name="crises")
    opened_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    frozen = models.PositiveIntegerField(default=0)  # publications held by the click
    frozen_ms = models.PositiveIntegerField(default=0)
    next_update_at = models.DateTimeField(null=True)
    quiet_since = models.DateTimeField(null=True)  # volume back to ordinary, as a person or the watch says
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    learnt = models.JSONField(default=dict)  # the debrief: rules/closing.py
    debrief_owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    debrief_on = models.DateField(null=True)
    debriefed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "crises"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(closed_at__isnull=True), name="one_open_crisis_each"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Audience(models.Model):
    """One public of a crisis: who tells it, how, in which words, and when that was done."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="audiences")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)  # rules/audiences.py
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    way = models.CharField(max_length=200, blank=True)  # by voice, by mail, which channels
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One version of the word of the house; published where people speak of it."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="statements")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    language = models.CharField(max_length=5)
    next_at = models.DateTimeField(null=True)  # when the next word is promised
    voice = models.ForeignKey(Voice, on_delete=models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    read_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    deliveries = models.ManyToManyField(Delivery, related_name="statements")
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["crisis", "number"], name="one_version_each")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class Criticism(models.Model):
    """One distinct criticism, however many people say it: answered, or left with a reason."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="criticisms")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    text = models.CharField(max_length=300)
    said = models.PositiveIntegerField(default=1)  # how many people, counted or declared
    where = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why it is left without an answer
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "criticisms"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Evidence(models.Model):
    """What was seen, kept as it was: where, when, and a mark that tells whether it was changed."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="evidence")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    url = models.CharField(max_length=1000)
    text = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of rules/evidence.sealed
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


class LegalClock(models.Model):
    """A delay of the law that runs from a moment known; data/clocks.toml says which."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="clocks")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    key = models.CharField(max_length=30)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["crisis", "key"], name="one_clock_of_each")]

    def __str__(self) -> str:
        return self.key


class Decision(models.Model):
    """Which line was taken, by whom, and why: the tool proposes several and chooses none."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="decisions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    option = models.CharField(max_length=20)  # rules/options.py
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.option


class LogLine(models.Model):
    """One line of the thread of a crisis, written by what was done. Never edited."""

    crisis = models.ForeignKey(Crisis, on_delete=models.CASCADE, related_name="log")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    at = models.DateTimeField()
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=30)  # rules/timeline.py
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["crisis", "at"], name="crisis_log")]

    def __str__(self) -> str:
        return self.verb
