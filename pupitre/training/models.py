"""The training room: exercises played in a walled place, and who can do what."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Drill(models.Model):
    """One exercise. Its place is an organisation of its own, whose clock is moved by moving what is written there.

    `started_at` is moved with the place, so that the time played is always now less `started_at`; `made_at` and
    `ticked_at` are real moments.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="drills")
    place = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="drill")
    scenario = models.CharField(max_length=30)  # a key of data/drills.toml
    language = models.CharField(max_length=5)
    seed = models.PositiveIntegerField()
    speed = models.PositiveSmallIntegerField(default=1)  # rules/wave.py: 0 stands still
    started_at = models.DateTimeField()
    ticked_at = models.DateTimeField()
    started_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(default=0)  # played, once it has ended
    sheet = models.JSONField(default=dict)  # rules/sheet.py as JSON, once it has ended
    passed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="newest_drills")]

    def __str__(self) -> str:
        return self.scenario


class SkillLevel(models.Model):
    """How well one member does one thing, as she and the conductor say: 0 not at all, 3 could teach it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=20)  # rules/skills.py
    level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "skill"], name="one_level_each")]

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"


class GapLine(models.Model):
    """What is decided for a skill that the plan wants and nobody has: learn it, or buy it, and what that costs."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    skill = models.CharField(max_length=20)
    way = models.CharField(max_length=12)  # training, outsourcing
    euros = models.DecimalField(max_digits=9, decimal_places=2)
    hours = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    who = models.CharField(max_length=120)  # who learns, or who is paid
    decided_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "skill"], name="one_line_per_gap")]

    def __str__(self) -> str:
        return f"{self.skill}: {self.way}"
