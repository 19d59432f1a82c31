"""What every page knows: the rail, the banners, who is here."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from pupitre.core.models import Member
from pupitre.core.rules.roles import may
from pupitre.shell import rail


def desk(request: HttpRequest) -> dict[str, Any]:
    """The shell's context; empty outside an organisation (sign-in, set-up)."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    slug, banners = member.organisation.slug, rail.banners(member)
    return rail.facts(member) | {
        "member": member,
        "organisation": member.organisation,
        "nav": [place for entry in rail.entries() if (place := _place(entry, request, member))],
        "banners": [one for one in banners if not one.always],
        "walls": [one for one in banners if one.always],
        "home_url": address("desk:home", slug),
        "compose_url": address("editorial:compose", slug) if may(member.role, "write") else "",
        "search_url": address("conversations:search", slug),
        "account_url": address("desk:account", slug),
        "posture_url": address("desk:posture", slug) if may(member.role, "set_posture") else "",
    }


def address(name: str, *args: Any) -> str:
    """The address of a named place, empty when its room is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _place(entry: rail.Entry, request: HttpRequest, member: Member) -> dict[str, Any] | None:
    slug = member.organisation.slug
    url = address(entry.url_name, slug)
    if not url:
        return None
    current = request.path == url if url == address("desk:home", slug) else request.path.startswith(url)
    return {
        "key": entry.key, "label": gettext(entry.label), "url": url, "icon": entry.icon,
        "count": rail.count(entry.key, member), "current": current, "phone": entry.phone,
    }  # fmt: skip
