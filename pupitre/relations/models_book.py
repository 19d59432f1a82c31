"""What stays private to a colleague, who knows whom among those who agreed, and whom never to take in again."""

from django.db import models

from pupitre.core.models import Member, Organisation
from pupitre.relations.models import Contact


class BookEntry(models.Model):
    """One person in one colleague's own book: for its owner alone, whoever else asks. `contact` once she agreed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    owner = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="book")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=120, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True)
    source = models.CharField(max_length=20)  # vcard, csv, linkedin, hand
    key = models.CharField(max_length=64)  # what makes her the same person at the next import
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="entries")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="once_in_a_book")]
        indexes = [models.Index(fields=["owner", "-id"], name="book_newest")]
        verbose_name_plural = "book entries"

    def __str__(self) -> str:
        return self.name


class Tie(models.Model):
    """`a` may ask `b`: an acquaintance told in words by one of the two, usable for introductions. Two rows, one a way.

    `cost` is the cost of asking `b` on behalf of `a`, `back` the other way, in thousandths of -ln(p).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    a = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="knows")
    b = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="known_by")
    strength = models.CharField(max_length=20)
    last_exchange = models.DateField()
    both_ways = models.BooleanField(default=True)
    usable = models.BooleanField(default=True)
    cost = models.PositiveIntegerField()
    back = models.PositiveIntegerField()
    declared_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="one_tie_each_way"),
            models.CheckConstraint(condition=~models.Q(a=models.F("b")), name="nobody_knows_herself"),
        ]

    def __str__(self) -> str:
        return self.strength


class Suppression(models.Model):
    """Somebody who was erased, as a salted hash of one identifier: never taken in again. Nothing can be read back."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)
    receipt = models.CharField(max_length=12)  # the number of the proof of erasure
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "digest"], name="suppressed_once")]

    def __str__(self) -> str:
        return self.receipt
