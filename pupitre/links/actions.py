"""Named writes of links: the list of tags, links, their domain, and one more visit."""

import re
import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.links.models import LinkDay, LinkDomain, ShortLink, UtmTerm
from pupitre.links.queries import vocabulary
from pupitre.links.rules.tags import KINDS, address, slug, tagged
from pupitre.strategy.models import Objective

N_ = str
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # neither 0 nor o, neither 1 nor l nor i
LENGTH = 6
OWN = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,18}[a-z0-9])")
USUAL = {
    "source": (
        ("facebook", "Facebook", True), ("instagram", "Instagram", True), ("linkedin", "LinkedIn", True),
        ("mastodon", "Mastodon", True), ("bluesky", "Bluesky", True), ("fiche", "Google", True),
        ("lettre", "", False), ("affiche", "", False), ("partenaire", "", False),
    ),
    "medium": (("social", "", False), ("mail", "", False), ("imprime", "", False), ("payant", "", False)),
}  # fmt: skip


@transaction.atomic
def add_term(kind: str, value: str, *, by: Member, name: str = "", ours: bool = False) -> UtmTerm:
    """One more word for one tag. A word that was retired comes back."""
    require(by, "set_charter")
    word, faults = slug(value), []
    if kind not in KINDS:
        faults.append(Fault("kind", N_("Choose one of the answers.")))
    if len(word) < 2:
        faults.append(Fault("value", N_("Write a word of two letters at least.")))
    if faults:
        raise Refusal(N_("This word cannot be kept."), faults)
    kept, new = UtmTerm.objects.get_or_create(
        organisation=by.organisation, kind=kind, value=word, defaults={"name": name.strip()[:120], "ours": ours}
    )
    if not new and kept.retired_at is None:
        raise Conflict(
            N_("This word is in the list already."), [Fault("value", N_("This word is in the list already."))]
        )
    if not new:
        kept.retired_at, kept.ours, kept.name = None, ours, name.strip()[:120] or kept.name
        kept.save(update_fields=["retired_at", "ours", "name"])
    record(by, "utm_term_added", kept, kind=kind)
    return kept


@transaction.atomic
def usual_terms(*, by: Member) -> int:
    """Begin with the usual words; how many were new."""
    require(by, "set_charter")
    known = vocabulary(by.organisation)
    fresh = [
        UtmTerm(organisation=by.organisation, kind=kind, value=value, name=name, ours=ours)
        for kind, words in USUAL.items()
        for value, name, ours in words
        if value not in known.of(kind)
    ]
    before = UtmTerm.objects.filter(organisation=by.organisation).count()
    UtmTerm.objects.bulk_create(fresh, ignore_conflicts=True)
    record(by, "utm_terms_begun", by.organisation)
    return UtmTerm.objects.filter(organisation=by.organisation).count() - before


@transaction.atomic
def retire_term(term: UtmTerm, *, by: Member) -> UtmTerm:
    """The word is no longer proposed; what was tagged with it stays."""
    require(by, "set_charter", term)
    term.retired_at = term.retired_at or timezone.now()
    term.save(update_fields=["retired_at"])
    record(by, "utm_term_retired", term)
    return term


@transaction.atomic
def make_link(
    url: str, *, by: Member, source: str, medium: str, campaign: str, name: str = "", code: str = "",
    objective: Objective | None = None,
) -> ShortLink:  # fmt: skip
    """A short link to this address, tagged with three words of the list. `code` chooses its last part."""
    require(by, "write", objective)
    known, tags = vocabulary(by.organisation), {"source": source, "medium": medium, "campaign": campaign}
    faults = [
        Fault(kind, N_("Choose a word of your list.")) for kind, value in tags.items() if value not in known.of(kind)
    ]
    wanted, parts = code.strip().lower(), address(url)
    if parts is None:
        faults.append(Fault("url", N_("Write a whole address, such as https://example.org/page.")))
    if wanted and not OWN.fullmatch(wanted):
        faults.append(Fault("code", N_("Three to twenty small letters, figures or hyphens.")))
    elif wanted and ShortLink.objects.filter(code=wanted).exists():
        faults.append(Fault("code", N_("This ending is taken.")))
    if faults or parts is None:
        raise Refusal(N_("This link cannot be made."), faults)
    told: dict[str, Any] = {
        "organisation": by.organisation, "objective": objective, "made_by": by, "url": tagged(url, tags),
        "name": name.strip()[:120] or f"{parts.hostname}{parts.path}"[:120], **tags,
    }  # fmt: skip
    made = _with_code(wanted, told)
    record(by, "link_made", made, url=made.url)
    return made


def _with_code(wanted: str, told: dict[str, Any]) -> ShortLink:
    """Chance rarely falls on a code that exists: then it draws again."""
    for _ in range(12):
        code = wanted or "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        try:
            with transaction.atomic():
                return ShortLink.objects.create(code=code, **told)
        except IntegrityError:
            if wanted:
                break
    raise Conflict(N_("This ending is taken."), [Fault("code", N_("This ending is taken."))])


@transaction.atomic
def close_link(link: ShortLink, *, by: Member) -> ShortLink:
    """Whoever follows it from now on learns that it is closed; its days stay."""
    require(by, "write", link)
    link.closed_at = link.closed_at or timezone.now()
    link.save(update_fields=["closed_at"])
    record(by, "link_closed", link)
    return link


@transaction.atomic
def set_domain(host: str, *, by: Member) -> LinkDomain:
    """The house's own short domain, among those that this installation serves; empty gives it up."""
    require(by, "set_organisation")
    plain = host.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    if plain and plain not in settings.LINK_HOSTS:
        why = N_("This installation does not serve this domain. Ask who runs it to add it to PUPITRE_LINK_HOSTS.")
        raise Refusal(why, [Fault("host", why)])
    kept, _ = LinkDomain.objects.update_or_create(organisation=by.organisation, defaults={"host": plain})
    record(by, "link_domain_set", kept, host=plain)
    return kept


def count_visit(link: ShortLink, *, on: date, program: bool) -> None:
    """One more, on that day. Nothing is kept of who came."""
    field = "bots" if program else "people"
    if LinkDay.objects.filter(link=link, on=on).update(**{field: F(field) + 1}):
        return
    LinkDay.objects.bulk_create([LinkDay(link=link, on=on)], ignore_conflicts=True)
    LinkDay.objects.filter(link=link, on=on).update(**{field: F(field) + 1})


def local_day(organisation: Organisation) -> date:
    """Today, where the house stands."""
    import zoneinfo

    return timezone.localdate(timezone=zoneinfo.ZoneInfo(organisation.timezone))
