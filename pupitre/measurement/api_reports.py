"""Reports through the API."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from pupitre.core.actions import require
from pupitre.measurement.actions import reports as acts
from pupitre.measurement.models import Lesson, Report, ReportSchedule
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.strategy.models import Operation

router = Router()


class WrittenReportIn(Schema):
    first: date
    last: date
    language: str = Field("", max_length=5)
    days: int = Field(90, ge=1, le=365)


class ReportOut(Schema):
    """`link` is the last part of the address /report/<link>/; empty when the link is dead."""

    id: int
    first: date
    last: date
    language: str
    expires_at: datetime
    link: str


class ReportFullOut(ReportOut):
    told: dict[str, Any]


class ScheduleIn(Schema):
    rhythm: str = Field(max_length=10)
    to: str = Field(max_length=2000)
    language: str = Field("", max_length=5)


class ScheduleOut(Schema):
    id: int
    rhythm: str
    language: str
    people: int
    due_at: datetime


class LessonIn(Schema):
    text: str = Field(max_length=5000)


class LessonOut(Schema):
    text: str


def _told(report: Report) -> dict[str, Any]:
    living = report.revoked_at is None and report.expires_at > timezone.now()
    names = ("first", "last", "language", "expires_at")
    more = {"id": report.pk, "link": acts.link_of(report) if living else ""}
    return {name: getattr(report, name) for name in names} | more


def _report(request: HttpRequest, pk: int) -> Report:
    found = Report.objects.filter(organisation=asked_by(request).organisation, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _plan(plan: ReportSchedule) -> dict[str, Any]:
    names = ("rhythm", "language", "due_at")
    return {name: getattr(plan, name) for name in names} | {"id": plan.pk, "people": len(plan.to)}


@router.get("/reports", operation_id="measurement.reports", response={200: list[ReportOut], **PROBLEMS})
def reports(request: HttpRequest) -> list[dict[str, Any]]:
    """The hundred newest."""
    require(asked_by(request), "read")
    kept = Report.objects.filter(organisation=asked_by(request).organisation).defer("told").order_by("-made_at", "-id")
    return [_told(one) for one in kept[:100]]


@router.post("/reports", operation_id="measurement.make_report", response={201: ReportOut, **PROBLEMS})
def make_report(request: HttpRequest, body: WrittenReportIn) -> Status[dict[str, Any]]:
    """Freeze what a period brought."""
    return Status(201, _told(acts.make_report(by=asked_by(request), **body.dict())))


@router.post("/reports/plans", operation_id="measurement.plan_reports", response={201: ScheduleOut, **PROBLEMS})
def plan_reports(request: HttpRequest, body: ScheduleIn) -> Status[dict[str, Any]]:
    """Send it by mail each month or quarter."""
    return Status(201, _plan(acts.plan_reports(by=asked_by(request), **body.dict())))


STOPPED = {200: ScheduleOut, **PROBLEMS}


@router.post("/reports/plans/{schedule_id}/stop", operation_id="measurement.stop_reports", response=STOPPED)
def stop_reports(request: HttpRequest, schedule_id: Id) -> dict[str, Any]:
    plan = ReportSchedule.objects.filter(organisation=asked_by(request).organisation, pk=schedule_id).first()
    if plan is None:
        raise Http404
    return _plan(acts.stop_reports(plan, by=asked_by(request)))


@router.get("/reports/{report_id}", operation_id="measurement.report", response={200: ReportFullOut, **PROBLEMS})
def report(request: HttpRequest, report_id: Id) -> dict[str, Any]:
    """One report with everything it says."""
    require(asked_by(request), "read")
    found = _report(request, report_id)
    return _told(found) | {"told": found.told}


@router.post(
    "/reports/{report_id}/close", operation_id="measurement.close_report", response={200: ReportOut, **PROBLEMS}
)
def close_report(request: HttpRequest, report_id: Id) -> dict[str, Any]:
    return _told(acts.close_report(_report(request, report_id), by=asked_by(request)))


TAUGHT = {200: LessonOut, **PROBLEMS}


@router.post("/operations/{operation_id}/lesson", operation_id="measurement.write_lesson", response=TAUGHT)
def write_lesson(request: HttpRequest, operation_id: Id, body: LessonIn) -> Lesson:
    """What a campaign taught."""
    operation = Operation.objects.filter(organisation=asked_by(request).organisation, pk=operation_id).first()
    if operation is None:
        raise Http404
    return acts.write_lesson(operation, body.text, by=asked_by(request))
