"""Reports that leave by mail on their own, each once; what could not leave waits an hour and is said."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.measurement.actions.reports import LIVES, keep_report, link_of, next_due, period_before
from pupitre.measurement.models import Report, ReportSchedule
from pupitre.measurement.report_files import pdf

log = logging.getLogger("pupitre.reports")


def send_due(*, limit: int = 3) -> int:
    """Make and send the reports whose morning has come; how many were tried. Several workers may call it."""
    now, tried = timezone.now(), 0
    due = ReportSchedule.objects.filter(due_at__lte=now, stopped_at__isnull=True).select_related("organisation")
    for plan in due.order_by("due_at")[:limit]:
        wanted = plan.due_at
        if not ReportSchedule.objects.filter(pk=plan.pk, due_at=wanted).update(due_at=now + timedelta(hours=1)):
            continue  # another worker has it
        tried += 1
        try:
            _send(plan)
        except OSError as error:  # the mail server, or what stands before it
            log.warning("report schedule %s: %s", plan.pk, type(error).__name__)
            ReportSchedule.objects.filter(pk=plan.pk).update(words=str(error)[:300])
            continue
        later = next_due(timezone.localdate(wanted), plan.rhythm, plan.organisation.timezone)
        ReportSchedule.objects.filter(pk=plan.pk).update(due_at=max(later, now), sent_at=now, words="")
    return tried


def _send(plan: ReportSchedule) -> None:
    here = plan.organisation
    first, last = period_before(timezone.localdate(plan.due_at), plan.rhythm)
    known = Report.objects.filter(organisation=here, first=first, last=last, language=plan.language, made_by=None)
    report = known.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).first() or keep_report(
        here, first=first, last=last, language=plan.language, days=LIVES.days, by=None
    )
    with translation.override(plan.language):
        told = report.told
        address = f"{settings.BASE_URL}{reverse('report', args=[link_of(report)])}"
        subject = f"{told['title']}, {told['organisation']}, {told['period']}"
        said = _("The report is attached. The same page, where each figure leads to its facts:")
        body = f"{said}\n\n{address}\n\n{_('This address lives ninety days.')}\n"
        letter = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, bcc=list(plan.to))
        letter.attach(f"{here.slug}-{first}-{last}.pdf", pdf(told), "application/pdf")
        letter.send()
