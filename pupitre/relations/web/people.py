"""The directory of those who agreed to be found, and one person's card: what she agreed to, what was said."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.relations import links, queries, worth
from pupitre.relations.actions import book, consents
from pupitre.relations.models import Consent, Contact, Tie
from pupitre.relations.rules import words
from pupitre.relations.web.tabs import choices, tabs
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.queries import objectives

N_ = str
PAGE = 30


@member_view
def people(request: DeskRequest) -> HttpResponse:
    return _directory(request)


def _directory(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    """By key, without any total: what counts is who, and what they agreed to."""
    today, asked, before = timezone.localdate(), request.GET.get("q", "").strip()[:100], request.GET.get("before", "")
    if asked:
        page = queries.found(request.organisation, asked, today=today, limit=PAGE)
        older = ""
    else:
        rows = queries.directory(request.organisation, today=today)
        page = list((rows.filter(id__lt=int(before[:18])) if before.isdigit() else rows)[: PAGE + 1])
        older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    context = {
        "tabs": tabs(request, "people"), "people": page[:PAGE], "older": older, "asked": asked,
        "met": list(queries.met(request.organisation)[:8]), "sheet": sheet, "purposes": choices(words.PURPOSES),
        "live": worth.living(request.organisation, today=today),
    }  # fmt: skip
    return render(request, "relations/people.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def add(request: DeskRequest) -> HttpResponse:
    values: dict[str, Any] = request.POST.dict() | {"purposes": request.POST.getlist("purposes")}
    told = {key: str(values.get(key, "")) for key in ("name", "role", "employer", "place", "email", "proof")}
    made, sheet = attempt(
        lambda: consents.add_person(by=request.member, purposes=values["purposes"], **told),  # type: ignore[arg-type]
        values,
    )
    if made is None:
        return _directory(request, sheet)
    messages.success(request, _("This person is known here, with what she agreed to."))
    return redirect("relations:person", request.organisation.slug, made.pk)


@member_view
def person(request: DeskRequest, pk: int) -> HttpResponse:
    return card(request, mine(request, Contact, pk))


def card(request: DeskRequest, contact: Contact, sheet: Sheet | None = None, which: str = "") -> HttpResponse:
    """One person. `which` form was refused, if any: agree, describe or tie."""
    today = timezone.localdate()
    told = {key: getattr(contact, key) for key in consents.FIELDS}
    rows = [
        {"row": row, "state": queries.consent_state(row, contact, today=today).value,
         "purpose": words.PURPOSES[row.purpose], "channel": words.CHANNELS[row.channel],
         "end": queries.consent_end(row, contact)}
        for row in queries.consents(contact)[:40]
    ]  # fmt: skip
    me = queries.person_of(request.member)
    tie = Tie.objects.filter(a=me, b=contact).first() if me else None
    context = {
        "tabs": tabs(request, "people"), "person": contact, "agreements": rows, "identities": contact.identities.all(),
        "quality": _quality(request, contact, tie, today), "hers": request.build_absolute_uri(links.hers(contact)),
        "purposes": choices(words.PURPOSES), "channels": choices(words.CHANNELS),
        "strengths": choices(words.STRENGTHS), "affinities": choices(words.AFFINITIES),
        "relations": choices(words.RELATIONS), "stages": choices(words.STAGES),
        "answers": [("accepted", _("She agreed")), ("asked", _("We asked her")), ("refused", _("She refused"))],
        "agree": sheet if which == "agree" else Sheet({"state": "accepted", "given_on": today.isoformat()}),
        "describe": sheet if which == "describe" else Sheet(told),
        "tie": sheet if which == "tie" else Sheet({"strength": tie.strength} if tie else {}), "open": which,
    }  # fmt: skip
    return render(request, "relations/person.html", context, status=sheet.status if sheet else 200)


def _quality(request: DeskRequest, contact: Contact, tie: Tie | None, today: date) -> list[tuple[str, str]]:
    """What this tie of ours is worth, in four words; nothing when we are not tied."""
    if tie is None:
        return []
    audiences = " ".join(f"{one.audience} {one.change}" for one in objectives(request.organisation))
    said = words.quality(
        about=f"{contact.role} {contact.employer} {contact.place}", audiences=audiences, strength=tie.strength,
        last_exchange=tie.last_exchange, both_ways=tie.both_ways, today=today,
    )  # fmt: skip
    return [
        (_("Fit"), _(said.fit)), (_("Tie"), _(said.strength)), (_("Last exchange"), _(said.freshness)),
        (_("Exchange"), _(said.reciprocity)),
    ]  # fmt: skip


@require_POST
@member_view
def describe(request: DeskRequest, pk: int) -> HttpResponse:
    contact, values = mine(request, Contact, pk), request.POST.dict()
    told = {key: str(values[key]) for key in consents.FIELDS if key in values}
    done, sheet = attempt(lambda: consents.describe_person(contact, by=request.member, **told), values)
    return _after(request, contact, done, sheet, "describe", _("Kept."))


@require_POST
@member_view
def agree(request: DeskRequest, pk: int) -> HttpResponse:
    """She agreed, she was asked, or she refused."""
    contact, values = mine(request, Contact, pk), request.POST.dict()
    done, sheet = attempt(lambda: _agree(request, contact, values), values)
    return _after(request, contact, done, sheet, "agree", _("What she said is written down."))


def _agree(request: DeskRequest, contact: Contact, values: dict[str, Any]) -> Consent:
    purpose, channel = values.get("purpose", ""), values.get("channel", "")
    if values.get("state") == "asked":
        return consents.ask(contact, purpose, by=request.member, channel=channel)
    if values.get("state") == "refused":
        return consents.refuse(contact, purpose, by=request.member, channel=channel)
    return consents.accept(
        contact, purpose, by=request.member, channel=channel, proof=values.get("proof", ""),
        given_on=day(values, "given_on"), expires_on=day(values, "expires_on"),
    )  # fmt: skip


def day(values: dict[str, Any], name: str) -> date | None:
    """A date somebody typed, None when left empty."""
    text = str(values.get(name, "")).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(N_("This date cannot be read."), [Fault(name, N_("This date cannot be read."))]) from None


@require_POST
@member_view
def tie(request: DeskRequest, pk: int) -> HttpResponse:
    """Say how well one knows this person, in words."""
    contact, values = mine(request, Contact, pk), request.POST.dict()

    def tell() -> Tie:
        return book.tie(
            book.colleague(request.member), contact, by=request.member, strength=str(values.get("strength", "")),
            last_exchange=day(values, "last_exchange"), both_ways=values.get("both_ways") == "1",
        )  # fmt: skip

    done, sheet = attempt(tell, values)
    return _after(request, contact, done, sheet, "tie", _("Kept."))


def _after(request: DeskRequest, contact: Contact, done: object, sheet: Sheet, which: str, words_: str) -> HttpResponse:
    if done is None:
        contact.refresh_from_db()
        return card(request, contact, sheet, which)
    messages.success(request, words_)
    return redirect("relations:person", request.organisation.slug, contact.pk)


@require_POST
@member_view
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    consent = mine(request, Consent, pk)
    consents.withdraw(consent, by=request.member)
    messages.success(request, _("Taken back, everywhere, from now on."))
    return redirect("relations:person", request.organisation.slug, consent.contact_id)
