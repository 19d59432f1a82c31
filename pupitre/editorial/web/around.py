"""Around the score: the register of influence, the questions to the public, the colleagues who relay."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.queries import team
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions, around_queries, influence_queries, queries
from pupitre.editorial.models import Collaboration, Consultation, Post, Relay
from pupitre.editorial.rules.consulting import FEW, MOST_OPTIONS, leading
from pupitre.editorial.rules.influence import KINDS, SECTORS
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 30
ASKED = 15
PEOPLE = 60


def day_of(typed: QueryDict, name: str, *, default: date | None = None) -> date:
    """A date of a form. Raises Refusal for what is none."""
    words = typed.get(name, "").strip()
    try:
        return date.fromisoformat(words) if words or default is None else default
    except ValueError:
        text = N_("Write a date, such as 2027-11-24.")
        raise Refusal(text, [Fault(name, text)]) from None


def amount(words: str) -> Decimal | None:
    """ "1 250,50" as an amount; None when it is none."""
    plain = "".join(words.split()).replace("€", "").replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 10**9 else None


@member_view
def around(request: DeskRequest) -> HttpResponse:
    """Everything that stands around the score, and what waits there."""
    found = around_queries.around(request.organisation, request.member, today=timezone.localdate())
    waits = found.owed + found.relays
    title = ngettext("One thing waits around the score.", "%(n)s things wait around the score.", waits) % {"n": waits}
    context = {"found": found, "title": title if waits else _("Nothing waits around the score.")}
    return render(request, "editorial/around.html", context)


@member_view
def influence(request: DeskRequest) -> HttpResponse:
    """Who was paid or given what to speak of us, and where a contract is due."""
    return _influence(request, Sheet({"on": timezone.localdate()}))


def _influence(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    year, here, before = timezone.localdate().year, request.organisation, request.GET.get("before", "")
    totals = influence_queries.totals(here, year=year)
    kept = influence_queries.register(here)
    page = list((kept.filter(id__lt=int(before[:18])) if before.isdecimal() else kept)[: PAGE + 1])
    due = sum(one.owed for one in totals)
    if due:
        title = ngettext("One contract is missing.", "%(n)s contracts are missing.", due) % {"n": due}
    else:
        title = _("No contract is missing.") if page else _("Nobody is paid to speak of us.")
    context = {
        "title": title, "totals": totals[:PAGE], "year": year, "sheet": sheet,
        "kept": [(one, _(KINDS.get(one.kind, one.kind))) for one in page[:PAGE]],
        "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "kinds": [(key, _(words)) for key, words in KINDS.items()],
        "sectors": [(key, _(words)) for key, words in SECTORS.items()],
        "posts": [("", _("None")), *((one.pk, one.title) for one in queries.posts(here)[:PAGE])],
        "may_write": may(request.member.role, "schedule"),
    }  # fmt: skip
    return render(request, "editorial/influence.html", context, status=sheet.status)


@require_POST
@member_view
def record_collaboration(request: DeskRequest) -> HttpResponse:
    typed = request.POST
    number = typed.get("post", "")
    post = mine(request, Post, int(number[:18])) if number.isascii() and number.isdecimal() else None

    def keep() -> Collaboration:
        return actions.record_collaboration(
            by=request.member, partner=typed.get("partner", ""), goal=typed.get("goal", ""),
            kind=typed.get("kind", "money"), sector=typed.get("sector", ""), value=amount(typed.get("value", "")),
            on=day_of(typed, "on", default=timezone.localdate()), contract=typed.get("contract", ""), post=post,
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _influence(request, sheet)
    messages.success(request, _("Written in the register."))
    return redirect("editorial:influence", request.organisation.slug)


@require_POST
@member_view
def keep_contract(request: DeskRequest, pk: int) -> HttpResponse:
    found = mine(request, Collaboration, pk)
    done, sheet = attempt(
        lambda: actions.keep_contract(found, by=request.member, contract=request.POST.get("contract", "")),
        request.POST,
    )
    if done is None:
        return _influence(request, sheet)
    messages.success(request, _("The contract is kept."))
    return redirect("editorial:influence", request.organisation.slug)


@member_view
def consultations(request: DeskRequest) -> HttpResponse:
    """Questions to the public, and what was decided with the answers."""
    today = timezone.localdate()
    return _consultations(request, Sheet({"opens_on": today, "closes_on": today + timedelta(days=14)}))


def _consultations(request: DeskRequest, sheet: Sheet, *, chosen: int = 0) -> HttpResponse:
    today, here = timezone.localdate(), request.organisation
    before = request.GET.get("before", "")
    kept = around_queries.consultations(here)
    owed = around_queries.owed(here, today=today)
    if chosen:
        kept = kept.filter(pk=chosen)
    page = list((kept.filter(id__lt=int(before[:18])) if before.isdecimal() else kept)[: ASKED + 1])
    running = sum(one.opens_on <= today <= one.closes_on for one in page)
    if owed:
        title = ngettext("One outcome is owed to the public.", "%(n)s outcomes are owed to the public.", owed) % {
            "n": owed
        }
    elif running:
        title = ngettext("One question is open.", "%(n)s questions are open.", running) % {"n": running}
    else:
        title = _("Every answer had its outcome.") if page else _("Nothing is asked of the public.")
    images = [("", _("No image")), *((one.pk, one.name) for one in queries.pickable(here, (), latest=12))]
    context = {
        "title": title, "kept": [_consulted(one, today) for one in page[:ASKED]], "sheet": sheet, "chosen": chosen,
        "older": f"?before={page[ASKED - 1].pk}" if len(page) > ASKED else "",
        "places": range(1, MOST_OPTIONS + 1), "images": images, "may_write": may(request.member.role, "write"),
        "may_publish": may(request.member.role, "approve"),
    }  # fmt: skip
    return render(request, "editorial/consultations.html", context, status=sheet.status)


def _consulted(one: Consultation, today: date) -> dict[str, Any]:
    counts = one.answers or [None] * len(one.options)
    people, first = sum(one.answers), leading(one.answers)
    state = _("outcome published") if one.published_at else _("outcome owed") if one.closes_on < today else (
        _("open") if one.opens_on <= today else _("to come"))  # fmt: skip
    return {
        "one": one, "state": state, "tone": "kept" if one.published_at else "rub" if one.closes_on < today else "",
        "options": [
            {**option, "count": count, "first": place in first, "share": round(100 * count / people) if people else 0}
            for place, (option, count) in enumerate(zip(one.options, counts, strict=True)) if count is not None
        ] or [{**option, "count": None} for option in one.options],
        "people": people, "few": bool(one.published_at) and people < FEW, "over": one.closes_on < today,
    }  # fmt: skip


@require_POST
@member_view
def open_consultation(request: DeskRequest) -> HttpResponse:
    typed = request.POST

    def keep() -> Consultation:
        rows = [(typed.get(f"option-{n}", ""), typed.get(f"image-{n}", "")) for n in range(1, MOST_OPTIONS + 1)]
        given = [(words, int(pk[:18]) if pk.isdecimal() else None) for words, pk in rows if words.strip()]
        return actions.open_consultation(
            by=request.member, question=typed.get("question", ""), commitment=typed.get("commitment", ""),
            audience=typed.get("audience", ""), options=[words for words, _pk in given],
            media=[pk for _words, pk in given], opens_on=day_of(typed, "opens_on"),
            closes_on=day_of(typed, "closes_on"), places=typed.get("places", ""),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _consultations(request, sheet)
    messages.success(request, _("The question is kept, with what you commit to."))
    return redirect("editorial:consultations", request.organisation.slug)


@require_POST
@member_view
def publish_outcome(request: DeskRequest, pk: int) -> HttpResponse:
    found, typed = mine(request, Consultation, pk), request.POST

    def keep() -> Consultation:
        words = [typed.get(f"answer-{place}", "").strip() for place in range(len(found.options))]
        answers = [int(one[:9]) if one.isascii() and one.isdecimal() else -1 for one in words]
        return actions.publish_outcome(
            found, by=request.member, answers=answers, outcome=typed.get("outcome", ""), caveat=typed.get("caveat", "")
        )

    done, sheet = attempt(keep, typed)
    if done is None:
        return _consultations(request, sheet, chosen=pk)
    messages.success(request, _("The outcome is published here: say it where you asked."))
    return redirect("editorial:consultations", request.organisation.slug)


@member_view
def relays(request: DeskRequest) -> HttpResponse:
    """What I was proposed to say in my own words."""
    return _relays(request, Sheet())


def _relays(request: DeskRequest, sheet: Sheet, *, chosen: int = 0) -> HttpResponse:
    kept = list(around_queries.my_relays(request.member)[:PAGE])
    waiting = sum(one.state == "proposed" for one in kept)
    words = ngettext("A colleague proposes you something to say.", "You are proposed %(n)s things to say.", waiting)
    states = {"proposed": _("proposed"), "said": _("said"), "refused": _("refused")}
    context = {
        "title": words % {"n": waiting} if waiting else _("Nothing is proposed to you."), "sheet": sheet,
        "kept": [(one, states[one.state]) for one in kept], "chosen": chosen, "least": around_queries.GROUP,
        "relayed": around_queries.relayed(request.organisation), "may_write": may(request.member.role, "write"),
        "posts": [(one.pk, one.title) for one in queries.posts(request.organisation)[:PAGE]],
        "colleagues": [(one.pk, str(one)) for one in team(request.organisation)[:PEOPLE] if one != request.member],
    }  # fmt: skip
    return render(request, "editorial/relays.html", context, status=sheet.status)


@require_POST
@member_view
def propose_relay(request: DeskRequest, pk: int) -> HttpResponse:
    """`pk` 0 takes the post from the form."""
    typed = request.POST
    number = typed.get("post", "")
    post = mine(request, Post, pk or (int(number[:18]) if number.isascii() and number.isdecimal() else 0))
    members = [int(one[:18]) for one in typed.getlist("members") if one.isascii() and one.isdecimal()]
    done, sheet = attempt(
        lambda: actions.propose_relay(post, by=request.member, members=members, text=typed.get("text", "")), typed
    )
    if done is None:
        return _relays(request, sheet)
    messages.success(request, _("Proposed. Each may change it, say it where they want, or not."))
    return redirect("editorial:relays", request.organisation.slug)


@require_POST
@member_view
def answer_relay(request: DeskRequest, pk: int) -> HttpResponse:
    found, typed = mine(request, Relay.objects.select_related("post"), pk), request.POST
    done, sheet = attempt(
        lambda: actions.answer_relay(
            found, by=request.member, said=typed.get("answer") == "said", text=typed.get("text", ""),
            address=typed.get("address", ""),
        ), typed,
    )  # fmt: skip
    if done is None:
        return _relays(request, sheet, chosen=pk)
    messages.success(request, _("Kept. Only you see what you answered."))
    return redirect("editorial:relays", request.organisation.slug)
