"""Organisations, their members, what they have to do, and the journal of what was done."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from pupitre.core.rules.roles import ROLE_NAMES, Role


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What she may do depends on her membership of each organisation."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="fr")
    theme = models.CharField(max_length=10, default="system")  # system, light, dark
    density = models.CharField(max_length=10, default="calm")  # calm, tight
    readable = models.BooleanField(default=False)  # Atkinson Hyperlegible instead of Instrument Sans
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """Who speaks through this desk. `hours` maps a weekday ("0" is Monday) to opening intervals ["09:00", "12:30"]."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, default="company")  # company, public_body, association, agency
    language = models.CharField(max_length=5, default="fr")
    timezone = models.CharField(max_length=60, default="Europe/Paris")
    country = models.CharField(max_length=2, default="FR")
    region = models.CharField(max_length=10, blank=True)  # public holidays that are not national
    hours = models.JSONField(default=dict)
    hourly_cost = models.DecimalField(max_digits=8, decimal_places=2, null=True)  # euros, declared
    posture = models.CharField(max_length=10, default="calm")  # calm, watch, crisis
    posture_since = models.DateTimeField(null=True)
    reply_minutes = models.PositiveIntegerField(default=480)  # business minutes promised for a first reply
    walled = models.BooleanField(default=False)  # the place of an exercise: nothing reaches a real network
    locked = models.JSONField(default=dict)  # right -> the training track whose certificate it asks for
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """One person in one organisation. The conductor is unique and may have a deputy."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()])
    conductor = models.BooleanField(default=False)
    deputy = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    hours_per_week = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    absent_until = models.DateField(null=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_each"),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(conductor=True), name="one_conductor_each"
            ),
            models.CheckConstraint(
                condition=models.Q(conductor=False) | models.Q(role__in=[Role.CONDUCTOR, Role.OWNER]),
                name="conductor_may_conduct",
            ),
        ]

    def __str__(self) -> str:
        return self.user.name


class Certificate(models.Model):
    """What a member has shown she knows, and until when; the newest of a track is the one that counts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="certificates")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="certificates")
    track = models.CharField(max_length=20)  # a key of the training room's tracks
    way = models.CharField(max_length=10)  # quiz, drill
    on = models.DateField()
    until = models.DateField()  # the last day on which it counts

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return self.track


class AuditEntry(models.Model):
    """One line of the journal: who did what to what, when, and why if a reason was asked. Never edited."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="journal_newest")]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_name}"


class Task(models.Model):
    """Something a person has to do. `subject` names what it is about, so that the same task is never made twice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE)
    text = models.CharField(max_length=300)  # a message id when `params` is used, else a person's words
    params = models.JSONField(default=dict)
    subject = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject"],
                condition=models.Q(done_at__isnull=True) & ~models.Q(subject=""),
                name="one_open_task_per_subject",
            )
        ]

    def __str__(self) -> str:
        return self.text


class ApiToken(models.Model):
    """A personal key to the API. Only its hash is kept; `prefix` lets its owner recognise it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # verbs of rules/roles.py; empty means read
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotentAnswer(models.Model):
    """What a write answered, so that the same key gives the same answer for a day."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """A worker that is alive, and what it did last."""

    worker = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
    lanes = models.JSONField(default=dict)  # lane -> {"at": iso time, "took": items, "error": words}

    def __str__(self) -> str:
        return self.worker
