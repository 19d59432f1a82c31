"""The room: what is known, what may be done, who is told, what waits, and the thread of what was done."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pupitre.core.rules.roles import may
from pupitre.crisis import document
from pupitre.crisis import queries as reads
from pupitre.crisis.models import Audience, Crisis
from pupitre.crisis.rules.audiences import KINDS
from pupitre.crisis.rules.options import CHOICES, SITUATIONS, everywhere, options
from pupitre.crisis.web.frame import frame, local_input
from pupitre.ledger.rules.saying import RANKS, STATUSES
from pupitre.listening.queries import alert_of
from pupitre.publishing.models import Delivery
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet

PAGE = 20
FROZEN_SHOWN = 6
THREAD_SHOWN = 10


@member_view
def room(request: DeskRequest) -> HttpResponse:
    """The open case; without one, the door: how to open one, and the cases of before."""
    current = reads.current(request.organisation)
    if current is not None:
        return redirect("crisis:case", request.organisation.slug, current.pk)
    return door(request)


def door(request: DeskRequest, *, opening: Sheet | None = None) -> HttpResponse:
    before = request.GET.get("before", "")
    last = int(before[:18]) if before.isascii() and before.isdigit() else None
    page = list(reads.past(request.organisation, before=last)[: PAGE + 1])
    alert = alert_of(request.organisation, request.GET.get("alert", "") or request.POST.get("alert", ""))
    sheet = opening or Sheet({"title": alert.query.name if alert else "", "situation": "checking"})
    context = {
        "past": page[:PAGE], "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "", "sheet": sheet,
        "alert": alert, "situations": [(key, _(name)) for key, name in SITUATIONS.items()],
        "may_open": may(request.member.role, "set_posture"),
    }  # fmt: skip
    return render(request, "crisis/door.html", context, status=sheet.status)


@member_view
def case(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, reads.cases(), pk))


def show(request: DeskRequest, crisis: Crisis, **sheets: Sheet) -> HttpResponse:
    """The page of a case; each refused form keeps what was typed in the sheet of its name."""
    facts = sorted(crisis.facts.select_related("owner__user"), key=lambda one: (RANKS[one.status], one.pk))
    audiences = list(crisis.audiences.select_related("owner__user", "told_by__user"))
    held = list(reads.frozen(request.organisation)) if crisis.closed_at is None else []
    lines = list(reads.log(crisis).reverse()[:THREAD_SHOWN])
    sent = Prefetch("deliveries", Delivery.objects.select_related("channel"))
    said = crisis.statements.prefetch_related(sent).select_related("voice", "read_by__user").first()
    decided = getattr(crisis, "decided", "")
    known = {fact.status for fact in facts}
    ways = options(crisis.situation, statuses=known)
    choices = everywhere(crisis.situation, statuses=known)
    context = frame(request, crisis, "case") | {
        "facts": [
            {"fact": one, "status": _(STATUSES[one.status]), "sheet": sheets.get(f"fact_{one.pk}")} for one in facts
        ],
        "statuses": [(key, _(name)) for key, name in STATUSES.items()],
        "ways": [_way(one) for one in ways], "open_ways": [(one.key, _(one.name)) for one in choices],
        "situations": [(key, _(name)) for key, name in SITUATIONS.items()],
        "situation": _(SITUATIONS[crisis.situation]),
        "decision": _(CHOICES[decided].name) if decided in CHOICES else "",
        "audiences": [_audience(one, sheets) for one in audiences],
        "uncovered": len(reads.uncovered_of(audiences)), "told": sum(one.told_at is not None for one in audiences),
        "kinds": [(key, _(name)) for key, name in KINDS.items()],
        "said": said, "failed": _failed(said), "held": held[:FROZEN_SHOWN], "held_count": len(held),
        "held_more": max(0, len(held) - FROZEN_SHOWN), "thread": [document.line(one) for one in lines],
        "next_value": local_input(crisis.next_update_at),
        "word_url": reverse("crisis:word", args=[request.organisation.slug, crisis.pk]),
        "sheets": sheets | {"decide": sheets.get("decide", Sheet({"situation": crisis.situation}))},
    }  # fmt: skip
    status = max((sheet.status for sheet in sheets.values()), default=200)
    return render(request, "crisis/case.html", context, status=status)


def _way(one: Any) -> dict[str, str]:
    return {
        "key": one.key, "name": _(one.name), "reason": _(one.reason), "risk": _(one.risk),
        "closed": _(one.closed) if one.closed else "",
    }  # fmt: skip


def _audience(one: Audience, sheets: dict[str, Sheet]) -> dict[str, Any]:
    refused = sheets.get(f"public_{one.pk}")
    return {
        "audience": one, "name": one.name or _(KINDS[one.kind]), "opened": refused is not None,
        "sheet": refused or Sheet({"text": one.text, "way": one.way}),
    }  # fmt: skip


def _failed(said: Any) -> list[Any]:
    """The accounts on which the word has not left: it stays red, with its next step."""
    if said is None or said.published_at is None:
        return []
    return [one for one in said.deliveries.all() if one.state in {"refused", "asked", "held", "unknown"}]


@member_view
def thread(request: DeskRequest, pk: int) -> HttpResponse:
    """The whole thread, oldest first, by pages."""
    crisis = mine(request, reads.cases(), pk)
    rows = reads.log(crisis).order_by("id")
    after = request.GET.get("after", "")
    if after.isascii() and after.isdigit():
        rows = rows.filter(pk__gt=int(after[:18]))
    page = list(rows[: 2 * PAGE + 1])
    more = f"?after={page[2 * PAGE - 1].pk}" if len(page) > 2 * PAGE else ""
    context = frame(request, crisis, "case") | {"lines": [document.line(one) for one in page[: 2 * PAGE]], "more": more}
    return render(request, "crisis/thread.html", context)


@member_view
def thread_pdf(request: DeskRequest, pk: int) -> HttpResponse:
    """The file of the case, printed: facts, words, publics, evidence, thread, debrief."""
    crisis = mine(request, reads.cases(), pk)
    language = request.GET.get("lang", "")
    language = language if language in {"fr", "en"} else ("en" if (get_language() or "fr").startswith("en") else "fr")
    answer = HttpResponse(document.pdf(crisis, language=language, today=_today()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{request.organisation.slug}-crisis-{crisis.pk}.pdf"'
    return answer


def _today() -> date:
    return timezone.localdate()
