"""Groups and hubs we join, animate or hold; and who knows what, with the basis on which we keep it."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.relations.models import Contact
from pupitre.strategy.models import Objective


class Group(models.Model):
    """A place where people of one subject meet, on a network or off it. Left, it stays with its reason."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120)  # where: a network, a forum, a room on the first Tuesday
    url = models.CharField(max_length=500, blank=True)
    openness = models.CharField(max_length=10)  # open, closed
    posture = models.CharField(max_length=10)  # join, animate, create
    aim = models.CharField(max_length=300)  # what the organisation does there, and for whom
    rules = models.TextField(blank=True)  # the group's own rules, as its members read them
    plan = models.TextField(blank=True)  # what we bring, one subject a line
    cadence = models.CharField(max_length=120)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2)
    exit = models.CharField(max_length=300)  # what makes us leave
    review_on = models.DateField()
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True)
    expert = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    moderators = models.ManyToManyField(Member, related_name="moderated_groups")
    left_on = models.DateField(null=True)
    left_because = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "left_on", "review_on"], name="groups_of")]

    def __str__(self) -> str:
        return self.name


class GroupNote(models.Model):
    """What we brought to a group and what we learnt there. A closed group's notes never leave the house."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)

    class Meta:
        indexes = [models.Index(fields=["group", "-id"], name="notes_of_group")]

    def __str__(self) -> str:
        return self.text[:40]


class Expertise(models.Model):
    """Somebody knows a subject: what shows it, on which basis it is kept, and what we hope comes of it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="expertises")
    topic = models.CharField(max_length=120)
    evidence = models.CharField(max_length=500)  # an address, or where it can be read
    basis = models.CharField(max_length=20)  # agreement, office, contract, interest
    basis_words = models.CharField(max_length=300)
    hoped = models.CharField(max_length=20, blank=True)  # client, partner, hire, press, institution
    step = models.CharField(max_length=200, blank=True)
    step_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, blank=True)  # came, not
    outcome_words = models.CharField(max_length=300, blank=True)
    outcome_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="experts_newest")]

    def __str__(self) -> str:
        return self.topic
