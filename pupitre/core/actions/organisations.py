"""Setting an organisation up, describing it, and its posture."""

import zoneinfo
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from pupitre.core.actions.journal import record, require
from pupitre.core.models import Member, Organisation, User
from pupitre.core.rules.hours import OFFICE, Hours
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.core.rules.roles import Role

N_ = str
POSTURES = ("calm", "watch", "crisis")
KINDS = ("company", "public_body", "association", "agency")


@transaction.atomic
def set_up(
    *, name: str, email: str, password: str, person: str, language: str = "fr", timezone_name: str = "Europe/Paris",
    hours: Hours | None = None, kind: str = "company", first: bool = True,
) -> Member:  # fmt: skip
    """The first organisation and its conductor, who owns it. Refused once an organisation exists (`first`)."""
    if first and Organisation.objects.exists():
        raise Conflict(N_("This installation is already set up. Sign in."))
    faults = [*_organisation_faults(name, language, timezone_name, kind), *_person_faults(person, email, password)]
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    organisation = Organisation.objects.create(
        slug=free_slug(name), name=name.strip(), language=language, timezone=timezone_name, kind=kind,
        hours=hours or OFFICE,
    )  # fmt: skip
    user = User.objects.create_user(email.strip(), password, name=person.strip(), language=language)
    member = Member.objects.create(organisation=organisation, user=user, role=Role.OWNER, conductor=True)
    record(member, "set_up", organisation)
    return member


def free_slug(name: str) -> str:
    """A short name for addresses that nobody has yet."""
    base = slugify(name)[:50] or "organisation"
    slug, number = base, 2
    while Organisation.objects.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


@transaction.atomic
def set_organisation(*, by: Member, **fields: Any) -> Organisation:
    """Change what describes one's organisation: name, kind, language, timezone, hours, hourly cost, promised delay."""
    require(by, "set_organisation")
    organisation = by.organisation
    allowed = {"name", "kind", "language", "timezone", "hours", "hourly_cost", "reply_minutes", "region"}
    for key, value in fields.items():
        if key in allowed:
            setattr(organisation, key, value)
    faults = _organisation_faults(organisation.name, organisation.language, organisation.timezone, organisation.kind)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    organisation.save()
    record(by, "organisation_changed", organisation, fields=sorted(fields))
    return organisation


@transaction.atomic
def set_posture(posture: str, *, by: Member, reason: str = "") -> Organisation:
    """Calm, watch or crisis: anyone may read it, few may change it."""
    require(by, "set_posture")
    if posture not in POSTURES:
        raise Refusal(N_("Choose calm, watch or crisis."), [Fault("posture", N_("Choose calm, watch or crisis."))])
    organisation = by.organisation
    if organisation.posture != posture:
        record(by, "posture", organisation, reason=reason, before=organisation.posture, after=posture)
        organisation.posture, organisation.posture_since = posture, timezone.now()
        organisation.save(update_fields=["posture", "posture_since"])
    return organisation


def _organisation_faults(name: str, language: str, timezone_name: str, kind: str) -> list[Fault]:
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Give the organisation's name.")))
    if language not in dict(settings.LANGUAGES):
        faults.append(Fault("language", N_("Choose French or English.")))
    if timezone_name not in zoneinfo.available_timezones():
        faults.append(Fault("timezone", N_("Choose a time zone such as Europe/Paris.")))
    if kind not in KINDS:
        faults.append(Fault("kind", N_("Choose what the organisation is.")))
    return faults


def _person_faults(person: str, email: str, password: str) -> list[Fault]:
    faults = []
    if not person.strip():
        faults.append(Fault("person", N_("Give your first and last name.")))
    try:
        validate_email(email.strip())
    except ValidationError:
        faults.append(Fault("email", N_("This e-mail address cannot be read.")))
    else:
        if User.objects.filter(email__iexact=email.strip()).exists():
            faults.append(Fault("email", N_("Somebody already signs in with this address.")))
    try:
        validate_password(password, User(email=email, name=person))
    except ValidationError as error:
        faults.extend(Fault("password", text) for text in error.messages)
    return faults
