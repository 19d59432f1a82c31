"""Reports: frozen, in both languages, each figure leading to its facts, sent once, closed at once."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.measurement.actions import declare_figure
from pupitre.measurement.actions import reports as acts
from pupitre.measurement.models import Fact, Report, ReportSchedule
from pupitre.measurement.report_files import drawings, pdf
from pupitre.measurement.sending import send_due
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective, Operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(claire: Member, objective: Objective, channel: Channel) -> Report:
    """A year of Fridays, and messages counted: views, and likes that only flatter."""
    now = timezone.now()
    for week in range(40):
        declare_figure(objective, 126 + week % 9, by=claire, source="caisse", n=4, at=now - timedelta(weeks=40 - week))
    for number in range(30):
        sent = Delivery.objects.create(
            organisation=claire.organisation, channel=channel, state="sent", text=f"Fournée {number}",
            fingerprint=str(number), due_at=now, sent_at=now - timedelta(days=number * 10), remote_id=str(number),
        )  # fmt: skip
        common = {"organisation": claire.organisation, "delivery": sent, "channel": channel, "objective": objective}
        for hour, value in ((2, 40), (1, 100)):
            Fact.objects.create(**common, kpi="views", value=value, source="network", at=now - timedelta(hours=hour))
        Fact.objects.create(**common, kpi="likes", value=7, source="network", at=now)
    Operation.objects.create(
        organisation=claire.organisation, objective=objective, kind="event", name="La galette",
        begins_on=now.date() - timedelta(days=400), ends_on=now.date() - timedelta(days=390),
    )  # fmt: skip
    last = timezone.localdate()
    return acts.make_report(by=claire, first=last - timedelta(days=399), last=last, language="fr")


def test_every_number_leads_to_its_facts(year: Report, client: Client) -> None:
    page = client.get(reverse("report", args=[acts.link_of(year)])).content.decode()
    one = year.told["objectives"][0]

    assert f'href="#fact-{one["fact"]}"' in page
    assert f'id="fact-{one["fact"]}"' in page
    [counted] = [part for part in year.told["channels"][0]["counts"] if part["kpi"] == "views"]
    assert "".join(filter(str.isdigit, counted["total"])) == "3000"  # the last count of each message, not all of them
    assert "likes" not in [part["kpi"] for part in year.told["channels"][0]["counts"]]
    facts = client.get(
        reverse("report_csv", args=[acts.link_of(year)]), {"channel": year.told["channels"][0]["id"], "kpi": "views"}
    )
    lines = b"".join(facts.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 1 + 60


def test_both_languages_and_the_same_drawing_in_page_and_pdf(year: Report, claire: Member, client: Client) -> None:
    english = acts.make_report(by=claire, first=year.first, last=year.last, language="en")
    assert (year.told["title"], english.told["title"]) == ("Ce que la période a apporté", "What the period brought")
    page = client.get(reverse("report", args=[acts.link_of(english)])).content.decode()
    assert "The method" in page
    assert "La méthode" not in page
    line = year.told["objectives"][0]["curve"]["line"]
    assert line in drawings(year.told)[0]
    assert line in page
    for one in (year, english):
        made = pdf(one.told)
        assert made.startswith(b"%PDF")
        assert len(made) > 10_000
    sheets = client.get(reverse("report_xlsx", args=[acts.link_of(year)]))
    names = ZipFile(BytesIO(sheets.content)).read("xl/workbook.xml").decode()
    assert "Faits" in names
    assert "Méthode" in names


def test_a_campaign_has_every_box_and_says_which_are_empty(year: Report, claire: Member, objective: Objective) -> None:
    [campaign] = year.told["campaigns"]

    assert len(campaign["boxes"]) == 7
    assert not campaign["result"]
    assert all(box["lines"] or box["empty"] for box in campaign["boxes"])
    acts.write_lesson(Operation.objects.get(), "Montrer le four", by=claire)
    again = acts.make_report(by=claire, first=year.first, last=year.last)
    assert again.told["campaigns"][0]["lesson"] == "Montrer le four"


def test_a_link_dies_when_it_is_closed_ended_or_forged(year: Report, claire: Member, client: Client) -> None:
    address = reverse("report", args=[acts.link_of(year)])
    assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(reverse("report", args=[f"{year.key}.faux"])).status_code == 404
    Report.objects.filter(pk=year.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    Report.objects.filter(pk=year.pk).update(expires_at=timezone.now() + timedelta(days=1))
    acts.close_report(year, by=claire)
    assert client.get(reverse("report_pdf", args=[acts.link_of(year)])).status_code == 404


def test_a_report_leaves_by_mail_once(year: Report, claire: Member, monkeypatch: Any) -> None:
    plan = acts.plan_reports(by=claire, rhythm="month", to="elue@levain.example, Karim@levain.example", language="en")
    assert send_due() == 0
    ReportSchedule.objects.filter(pk=plan.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert send_due() == 1
    assert send_due() == 0

    [letter] = mail.outbox
    assert set(letter.bcc) == {"elue@levain.example", "Karim@levain.example"}
    assert letter.attachments[0][2] == "application/pdf"
    assert "/report/" in letter.body
    assert ReportSchedule.objects.get(pk=plan.pk).due_at > timezone.now() + timedelta(hours=12)


def test_a_mail_that_cannot_leave_is_said_and_tried_again(year: Report, claire: Member, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    plan = acts.plan_reports(by=claire, rhythm="quarter", to="elue@levain.example")
    ReportSchedule.objects.filter(pk=plan.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    assert send_due() == 1

    kept = ReportSchedule.objects.get(pk=plan.pk)
    assert kept.words
    assert timezone.now() < kept.due_at < timezone.now() + timedelta(hours=2)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"to": "personne"}, "to"), ({"rhythm": "day"}, "rhythm"), ({"language": "de"}, "language")],
)
def test_a_sending_that_makes_no_sense_is_refused(claire: Member, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        acts.plan_reports(by=claire, **({"rhythm": "month", "to": "a@b.example"} | given))
    assert [fault.field for fault in refused.value.faults] == [field]
