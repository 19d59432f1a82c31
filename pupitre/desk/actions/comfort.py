"""How a person likes her desk."""

from django.db import transaction

from pupitre.core.actions import require
from pupitre.core.models import Member, User

CHOICES = {"language": {"fr", "en"}, "theme": {"system", "light", "dark"}, "density": {"calm", "tight"}}


@transaction.atomic
def set_comfort(by: Member, **typed: str) -> User:
    """Language, theme, density, readable ("1"), shortcuts ("1"); what is not a choice stays as it was."""
    require(by, "read")
    user = by.user
    for name, allowed in CHOICES.items():
        if typed.get(name) in allowed:
            setattr(user, name, typed[name])
    user.readable = typed.get("readable") == "1"
    user.shortcuts = typed.get("shortcuts") == "1"
    user.save(update_fields=[*CHOICES, "readable", "shortcuts"])
    return user
