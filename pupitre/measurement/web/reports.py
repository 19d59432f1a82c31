"""Reports: made in one gesture, read by whoever holds the link, as a page, a PDF or sheets."""

import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.core.rules.roles import may
from pupitre.measurement import report_files as files
from pupitre.measurement.actions import reports as acts
from pupitre.measurement.models import Report, ReportSchedule
from pupitre.measurement.raw import facts_csv
from pupitre.measurement.report_boxes import bounds
from pupitre.measurement.web.views import day_of
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy.models import Operation

N_ = str
Answer = HttpResponse | StreamingHttpResponse
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@member_view
def reports(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, *, made: Sheet | None = None, planned: Sheet | None = None) -> HttpResponse:
    here, today = request.organisation, timezone.localdate()
    before = acts.period_before(today, "month")
    rows = Report.objects.filter(organisation=here).defer("told").select_related("made_by__user").order_by("-made_at")
    kept = list(rows[:30])
    context: dict[str, Any] = {
        "rows": kept, "now": timezone.now(), "languages": [("fr", "Français"), ("en", "English")],
        "schedules": list(ReportSchedule.objects.filter(organisation=here, stopped_at__isnull=True).order_by("id")),
        "rhythms": [(key, _(word)) for key, word in acts.RHYTHMS.items()],
        "operations": list(
            Operation.objects.filter(organisation=here).select_related("lesson").order_by("-begins_on", "-id")[:8]
        ),
        "made": made or Sheet({
            "first": before[0].isoformat(), "last": before[1].isoformat(), "language": request.member.user.language,
        }),
        "planned": planned or Sheet({"rhythm": "month", "language": request.member.user.language}),
        "may_make": may(request.member.role, "declare_figure"),
        "may_plan": may(request.member.role, "set_organisation"),
    }  # fmt: skip
    status = next((one.status for one in (made, planned) if one is not None), 200)
    return render(request, "measurement/reports.html", context, status=status)


@require_POST
@member_view
def make_report(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    done, sheet = attempt(
        lambda: acts.make_report(
            by=request.member, first=day_of(values.get("first", ""), "first"),
            last=day_of(values.get("last", ""), "last"), language=values.get("language", ""),
        ),
        values,
    )  # fmt: skip
    if done is None:
        return _page(request, made=sheet)
    return redirect("measurement:report", request.organisation.slug, done.pk)


@member_view
def report(request: DeskRequest, pk: int) -> HttpResponse:
    """One report as whoever holds its link reads it, with what the house does of it."""
    found = mine(request, Report, pk)
    living = found.revoked_at is None and found.expires_at > timezone.now()
    address = f"{settings.BASE_URL}{reverse('report', args=[acts.link_of(found)])}" if living else ""
    more = {"inside": True, "address": address, "may_make": may(request.member.role, "declare_figure")}
    return _shown(request, found, "measurement/report.html", more)


def _shown(request: HttpRequest, found: Report, template: str, more: dict[str, Any]) -> HttpResponse:
    told = found.told
    words = files.labels(told["lang"])
    with translation.override(told["lang"]):
        context = {
            "report": found, "told": told, "words": words, "link": acts.link_of(found),
            "origins": {key: words[key] for key in ("declared", "first", "last", "held_out")}, **more,
        }  # fmt: skip
        answer = render(request, template, context)
    answer.headers["Content-Language"] = told["lang"]
    return answer


@require_POST
@member_view
def close_report(request: DeskRequest, pk: int) -> HttpResponse:
    acts.close_report(mine(request, Report, pk), by=request.member)
    messages.success(request, _("The link is dead. The report stays here."))
    return redirect("measurement:reports", request.organisation.slug)


@require_POST
@member_view
def plan_reports(request: DeskRequest) -> HttpResponse:
    values = request.POST.dict()
    words = {name: values.get(name, "") for name in ("rhythm", "to", "language")}
    done, sheet = attempt(lambda: acts.plan_reports(by=request.member, **words), values)
    if done is None:
        return _page(request, planned=sheet)
    messages.success(request, _("It leaves the morning after each period ends."))
    return redirect("measurement:reports", request.organisation.slug)


@require_POST
@member_view
def stop_reports(request: DeskRequest, pk: int) -> HttpResponse:
    acts.stop_reports(mine(request, ReportSchedule, pk), by=request.member)
    messages.success(request, _("Nothing is sent any more."))
    return redirect("measurement:reports", request.organisation.slug)


@require_POST
@member_view
def write_lesson(request: DeskRequest, pk: int) -> HttpResponse:
    operation, values = mine(request, Operation, pk), request.POST.dict()
    done, sheet = attempt(lambda: acts.write_lesson(operation, values.get("text", ""), by=request.member), values)
    if done is None:
        return _page(request, made=sheet)
    messages.success(request, _("The lesson is kept. The next report says it."))
    return redirect("measurement:reports", request.organisation.slug)


def link_view(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let in who holds a living link; not indexed, not kept on the way, its address told to nobody."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, link: str) -> Answer:
        found = acts.report_of(link, now=timezone.now())
        if found is None:
            answer: Answer = render(request, "measurement/report_gone.html", status=404)
        else:
            with timezone.override(zoneinfo.ZoneInfo(found.organisation.timezone)):
                answer = view(request, found)
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return wrapped


@link_view
def by_link(request: HttpRequest, found: Report) -> Answer:
    return _shown(request, found, "measurement/report_public.html", {"inside": False, "organisation": None})


@link_view
def as_pdf(request: HttpRequest, found: Report) -> Answer:
    return _file(files.pdf(found.told), found, "pdf", "application/pdf")


@link_view
def as_xlsx(request: HttpRequest, found: Report) -> Answer:
    made = files.xlsx(found.organisation, first=found.first, last=found.last, language=found.language)
    return _file(made, found, "xlsx", XLSX)


@link_view
def as_csv(request: HttpRequest, found: Report) -> Answer:
    """The facts of the period; `?channel=` and `?kpi=` leave those behind one count."""
    only = _only(found, request.GET.get("channel", ""), request.GET.get("kpi", ""))
    with translation.override(found.language):
        lines = list(facts_csv(found.organisation, only))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(found)}.csv"'
    return answer


def _only(found: Report, channel: str, kpi: str) -> Q:
    begin, end = bounds(found.first, found.last, found.organisation)
    if channel.isdecimal() and len(channel) < 17 and kpi:
        sent = Q(delivery__sent_at__gte=begin, delivery__sent_at__lt=end, delivery__kind="post")
        return sent & Q(channel_id=int(channel), kpi=kpi[:60])
    return Q(at__gte=begin, at__lt=end)


def _name(found: Report) -> str:
    return f"{found.organisation.slug}-{found.first}-{found.last}"


def _file(content: bytes, found: Report, ending: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="{_name(found)}.{ending}"'
    return answer
