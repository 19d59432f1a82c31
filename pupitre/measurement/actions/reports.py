"""Reports: made once, read through a link that ends, sent by mail on a rhythm; and what a campaign taught."""

import re
import secrets
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core import signing
from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member, Organisation
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.measurement.models import Lesson, Report, ReportSchedule
from pupitre.measurement.report import contents
from pupitre.strategy.models import Operation

N_ = str
SALT = "measurement.report"
LIVES = timedelta(days=90)
RHYTHMS = {"month": N_("Each month"), "quarter": N_("Each quarter")}
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
MOST_PEOPLE = 20


@transaction.atomic
def make_report(
    *, by: Member, first: date, last: date, language: str = "", days: int = LIVES.days
) -> Report:  # fmt: skip
    """Freeze what a period brought; the link to it lives `days` days. Both days are included."""
    require(by, "declare_figure")
    faults = []
    if not first <= last <= first + timedelta(days=400):
        faults.append(Fault("last", N_("A period of thirteen months at most.")))
    if first > timezone.localdate():
        faults.append(Fault("first", N_("This period has not begun.")))
    if not 1 <= days <= 365:
        faults.append(Fault("days", N_("Between one day and a year.")))
    chosen = language or by.user.language
    if chosen not in {"fr", "en"}:
        faults.append(Fault("language", N_("Choose French or English.")))
    if faults:
        raise Refusal(N_("This report cannot be made."), faults)
    made = keep_report(by.organisation, first=first, last=last, language=chosen, days=days, by=by)
    record(by, "report_made", made)
    return made


def keep_report(
    organisation: Organisation, *, first: date, last: date, language: str, days: int, by: Member | None
) -> Report:  # fmt: skip
    now = timezone.now()
    return Report.objects.create(
        organisation=organisation, first=first, last=last, language=language, made_by=by, made_at=now,
        told=contents(organisation, first=first, last=last, language=language), key=secrets.token_urlsafe(18),
        expires_at=now + timedelta(days=days),
    )  # fmt: skip


@transaction.atomic
def close_report(report: Report, *, by: Member) -> Report:
    """Its link dies at once; the report stays among ours."""
    require(by, "declare_figure", report)
    report.revoked_at = report.revoked_at or timezone.now()
    report.save(update_fields=["revoked_at"])
    record(by, "report_closed", report)
    return report


def link_of(report: Report) -> str:
    """What the address of this report holds."""
    return signing.Signer(salt=SALT, sep=".").sign(report.key)


def report_of(link: str, *, now: datetime) -> Report | None:
    """The report this link was made for, unless it was forged, closed or has ended."""
    try:
        key = signing.Signer(salt=SALT, sep=".").unsign(link)
    except signing.BadSignature:
        return None
    return (
        Report.objects.filter(key=key, revoked_at__isnull=True, expires_at__gt=now)
        .select_related("organisation")
        .first()
    )


def period_before(day: date, rhythm: str) -> tuple[date, date]:
    """The whole month, or quarter, that ended before this day."""
    months = 1 if rhythm == "month" else 3
    begin = date(day.year, day.month - (day.month - 1) % months, 1)
    last = begin - timedelta(days=1)
    return date(last.year, last.month - (last.month - 1) % months, 1), last


def next_due(day: date, rhythm: str, zone: str) -> datetime:
    """Seven in the morning of the first day after the period that holds this day."""
    months = 1 if rhythm == "month" else 3
    month = day.month - (day.month - 1) % months + months
    first = date(day.year + (month > 12), (month - 1) % 12 + 1, 1)
    return datetime.combine(first, time(7), ZoneInfo(zone))


@transaction.atomic
def plan_reports(*, by: Member, rhythm: str, to: str, language: str = "") -> ReportSchedule:
    """Send the report of each month or quarter to these people, the morning after it ends."""
    require(by, "set_organisation")
    people = list(dict.fromkeys(part.strip() for part in re.split(r"[,;\s]+", to) if part.strip()))
    faults = []
    if rhythm not in RHYTHMS:
        faults.append(Fault("rhythm", N_("Choose one of the answers.")))
    if not people or len(people) > MOST_PEOPLE or not all(MAIL.fullmatch(one) for one in people):
        faults.append(Fault("to", N_("Write mail addresses, twenty at most, separated by commas.")))
    chosen = language or by.user.language
    if chosen not in {"fr", "en"}:
        faults.append(Fault("language", N_("Choose French or English.")))
    if faults:
        raise Refusal(N_("This sending cannot be planned."), faults)
    today = timezone.localdate(timezone=ZoneInfo(by.organisation.timezone))
    made = ReportSchedule.objects.create(
        organisation=by.organisation, rhythm=rhythm, language=chosen, to=people, by=by,
        due_at=next_due(today, rhythm, by.organisation.timezone),
    )  # fmt: skip
    record(by, "reports_planned", made, people=len(people))
    return made


@transaction.atomic
def stop_reports(schedule: ReportSchedule, *, by: Member) -> ReportSchedule:
    require(by, "set_organisation", schedule)
    schedule.stopped_at = schedule.stopped_at or timezone.now()
    schedule.save(update_fields=["stopped_at"])
    record(by, "reports_stopped", schedule)
    return schedule


@transaction.atomic
def write_lesson(operation: Operation, text: str, *, by: Member) -> Lesson:
    """What a campaign taught, in a person's words."""
    require(by, "declare_figure", operation)
    if len(text.strip()) < 3:
        why = N_("Say what was learnt.")
        raise Refusal(why, [Fault("text", why)])
    told = {"organisation": by.organisation, "text": text.strip()[:5000], "by": by}
    made, _ = Lesson.objects.update_or_create(operation=operation, defaults=told)
    record(by, "lesson_written", made)
    return made
