"""The people we speak with: the minimum, what each agreed to, kept no longer than needed."""

from django.db import models

from pupitre.core.models import Member, Organisation


class Contact(models.Model):
    """A person met in a conversation, or who agreed to be known here. `forget_on` is when she is erased if nothing
    happens. A colleague is a person too: `member` is set, and nothing else is told of her here.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    affinity = models.CharField(max_length=20, default="unknown")  # unknown, acquaintance, regular, ally
    note = models.TextField(blank=True)
    role = models.CharField(max_length=120, blank=True)
    employer = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=False)  # holds an office openly: may be reached without an introduction
    relation = models.CharField(max_length=20, blank=True)  # client, partner, hire, press, institution
    stage = models.CharField(max_length=20, blank=True)  # first, talking, agreed, resting
    crm = models.CharField(max_length=80, blank=True)  # her key in another tool, for those who agreed to something
    objected_on = models.DateField(null=True)
    member = models.OneToOneField(Member, on_delete=models.CASCADE, null=True, related_name="person")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    forget_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "forget_on"], name="to_forget")]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """How one person appears on one network."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    network = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network", "remote_id"], name="one_identity_per_account")
        ]
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.handle


class Consent(models.Model):
    """One person's word for one purpose and one channel ("" for any). Rows stay as history; one at most is live."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=24)
    channel = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10)  # asked, accepted, refused, withdrawn
    asked_on = models.DateField(null=True)
    given_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    proof = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=20, default="declared")  # declared (by a member), herself (signed page)
    recorded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose", "channel"], condition=models.Q(state__in=["asked", "accepted"]),
                name="one_living_word_each",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | (~models.Q(proof="") & models.Q(given_on__isnull=False)),
                name="no_consent_without_proof",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["contact", "purpose"], name="word_of")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.state}"


# Django reads the models of a room from this module.
from pupitre.relations.models_book import BookEntry, Suppression, Tie  # noqa: E402
from pupitre.relations.models_chains import BlindAnswer, BlindRequest, ChainSearch, Introduction  # noqa: E402
from pupitre.relations.models_hubs import Expertise, Group, GroupNote  # noqa: E402

__all__ = [
    "BlindAnswer",
    "BlindRequest",
    "BookEntry",
    "ChainSearch",
    "Consent",
    "Contact",
    "Expertise",
    "Group",
    "GroupNote",
    "Identity",
    "Introduction",
    "Suppression",
    "Tie",
]
