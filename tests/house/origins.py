"""Where acts come from, plans and reports: one of each, as after some weeks of use."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from pupitre.core.models import Member
from pupitre.measurement.actions.conversions import name_event, open_door, read_tool, tell_act
from pupitre.measurement.actions.plans import register_experiment, register_holdout
from pupitre.measurement.actions.reports import make_report, plan_reports, write_lesson
from pupitre.strategy.models import Objective, Operation


def furnish_origins(by: Member, objective: Objective, now: datetime, times: int) -> None:
    today = timezone.localdate(now)
    event = name_event(objective, "Commande", 30, by=by)
    for number in range(times):
        told = {"at": today.isoformat(), "times": 3, "declared": "facebook", "last": "facebook", "id": f"c{number}"}
        tell_act(event, told, by=by)
    read_tool(event, "matomo", by=by, url="https://mesure.example", site="1", goal="2", token="une clé")
    monday = today + timedelta(days=7 - today.weekday())
    register_holdout(
        event, "Nos posts amènent-ils des commandes ?", by=by, kind="weeks", begins_on=monday, weeks=12, hoped=1.25
    )
    register_experiment(
        objective, "image", by=by, first="with", second="without", metric="replies", per_arm=20, hoped=1.9,
        begins_on=today + timedelta(days=1), ends_on=today + timedelta(days=90),
    )  # fmt: skip
    open_door(by=by)
    operation = Operation.objects.filter(organisation=by.organisation).order_by("id").first()
    if operation is None:
        days = {"begins_on": today - timedelta(days=20), "ends_on": today}
        operation = Operation.objects.create(
            organisation=by.organisation, objective=objective, kind="event", name="La galette", **days
        )
    write_lesson(operation, "Le four montré le vendredi", by=by)
    for _ in range(min(times, 3)):
        make_report(by=by, first=_month(today), last=today)
    plan_reports(by=by, rhythm="month", to="elue@levain.example")


def _month(today: date) -> date:
    return today - timedelta(days=30)
