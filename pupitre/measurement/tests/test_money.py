"""Hours in one gesture, money as ranges, or the honest answer that it cannot be measured yet."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, NotAllowed, NotYet, Refusal
from pupitre.measurement import money as sheets
from pupitre.measurement import queries, reviews
from pupitre.measurement.actions import declare_figure, log_time
from pupitre.measurement.actions import money as acts
from pupitre.measurement.actions.reviews import review
from pupitre.measurement.models import Purchase, QuarterReview, Stopwatch, TimeEntry
from pupitre.measurement.raw import facts_csv
from pupitre.measurement.rules.quarters import Proposal, Quarter, Seen, proposal, quarter_named, quarter_of, starved
from pupitre.publishing.models import Delivery
from pupitre.strategy.models import Objective

WHY = "Marge d’une commande, d’après les comptes de 2025"
FIELDS = {"expected": "Dix questions", "happened": "Sept", "learnt": "Le soir convient", "changes": "Rien"}


def sheet(objective: Objective, rate: int | None = 24) -> sheets.Money:
    kept = sheets.with_money().get(pk=objective.pk)
    standing = queries.standing(kept, queries.curve(kept).last())
    return sheets.money(kept, standing, rate=None if rate is None else Decimal(rate), today=timezone.localdate())


def worth(objective: Objective, by: Member, **more: Any) -> None:
    told = {"low": 5, "central": "6,50", "high": 8, "basis": "declared", "assumption": WHY, "periods": 11} | more
    acts.value_unit(objective, told.pop("low"), told.pop("central"), told.pop("high"), by=by, **told)


@pytest.mark.django_db
def test_one_gesture_begins_and_another_ends(objective: Objective, claire: Member) -> None:
    watch = acts.start(objective, by=claire)
    Stopwatch.objects.filter(pk=watch.pk).update(started_at=timezone.now() - timedelta(minutes=42))
    assert acts.start(objective, by=claire).pk == watch.pk
    entry = acts.stop(by=claire, what="Photos")
    assert (entry.minutes, entry.guessed, entry.what) == (42, False, "Photos")
    with pytest.raises(NotYet):
        acts.stop(by=claire)


@pytest.mark.django_db
def test_beginning_elsewhere_ends_what_ran(objective: Objective, claire: Member) -> None:
    other = Objective.objects.create(organisation=claire.organisation, measure="Autre")
    acts.start(objective, by=claire)
    Stopwatch.objects.update(started_at=timezone.now() - timedelta(minutes=10))
    acts.start(other, by=claire)
    assert TimeEntry.objects.get().objective == objective
    assert Stopwatch.objects.get().objective == other


@pytest.mark.django_db
def test_a_watch_forgotten_overnight_is_a_guess(objective: Objective, claire: Member) -> None:
    acts.start(objective, by=claire)
    Stopwatch.objects.update(started_at=timezone.now() - timedelta(hours=20))
    entry = acts.stop(by=claire)
    assert (entry.minutes, entry.guessed) == (720, True)


@pytest.mark.django_db
def test_cost_is_hours_and_purchases_with_doubt_on_guesses(objective: Objective, claire: Member) -> None:
    log_time(objective, 600, by=claire)
    log_time(objective, 240, by=claire, guessed=True)
    acts.buy(objective, "Affiches", "138", by=claire)
    cost = sheet(objective).spent.cost
    assert cost is not None
    assert (cost.low, cost.central, cost.high) == (450.0, 474.0, 498.0)  # 10 h + 138 €, and 4 h more or less a quarter
    assert sheet(objective, rate=None).spent.cost is None


@pytest.mark.django_db
def test_return_is_a_range_or_says_why_not(objective: Objective, claire: Member) -> None:
    assert sheet(objective).why_not == "No hour was logged, or an hour has no price yet."
    log_time(objective, 4488, by=claire)
    acts.buy(objective, "Affiches", 138, by=claire)
    assert sheet(objective).why_not == "Nobody has said what one more is worth."
    worth(objective, claire)
    assert sheet(objective).why_not == "The starting point or the last figure is missing."
    declare_figure(objective, 134, by=claire, source="caisse", n=4)
    found = sheet(objective)
    assert found.roi is not None
    assert round(found.roi.central * 100) == -70  # 8 more a week, 6.50 €, 11 weeks, for 1,933 €
    assert found.roi.low == -1.0
    assert found.roi.low < found.roi.central < found.roi.high
    assert found.even == (298, 298)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"basis": "media_equivalent"}, "basis"), ({"low": 7}, "high"), ({"low": "x"}, "low"),
        ({"assumption": "?"}, "assumption"),
        ({"low": 5, "central": 5, "high": 5}, "high"), ({"periods": 0}, "periods"), ({"high": -1}, "high"),
    ],
)  # fmt: skip
def test_a_refused_value_names_its_field(
    objective: Objective, claire: Member, more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        worth(objective, claire, **more)
    assert [fault.field for fault in refused.value.faults] == [field]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "euros", "fields"), [("", "0", {"bought", "euros"}), ("Flyers", "gratuit", {"euros"})]
)
def test_a_refused_purchase_names_its_field(
    objective: Objective, claire: Member, what: str, euros: str, fields: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        acts.buy(objective, what, euros, by=claire)
    assert ({fault.field for fault in refused.value.faults}, Purchase.objects.count()) == (fields, 0)


@pytest.mark.parametrize(
    ("planned", "weeks", "said"),
    [(600, [180] * 4, True), (600, [180, 180, 180, 300], False), (600, [180] * 3, False), (0, [0] * 4, False),
     (600, [600, 180, 180, 180, 180], True)],
)  # fmt: skip
def test_ten_hours_planned_and_three_given_for_a_month_is_said(planned: int, weeks: list[int], said: bool) -> None:
    assert starved(planned, weeks) is said


@pytest.mark.django_db
def test_an_underfed_objective_is_flagged_on_its_page(objective: Objective, claire: Member) -> None:
    long_ago = timezone.now() - timedelta(days=60)
    Objective.objects.filter(pk=objective.pk).update(hours_per_week=10, created_at=long_ago)
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for weeks in range(1, 5):
        log_time(objective, 180, by=claire, on=monday - timedelta(days=7 * weeks))
    assert (sheet(objective).weeks, sheet(objective).starved) == ([180] * 4, True)
    client = Client()
    client.force_login(claire.user)
    page = client.get(reverse("measurement:objective", args=[claire.organisation.slug, objective.pk])).content.decode()
    assert "à doter, ou à abandonner" in page


QUIET = Seen(sent=12, weeks=12, least_per_week=1, longest_silence=14, silence=9, against=0, served=1)


@pytest.mark.parametrize(
    ("changed", "decision"),
    [
        ({}, "continue"), ({"sent": 0}, "stop"), ({"sent": 5}, "change"), ({"silence": 30}, "change"),
        ({"against": 1, "served": 2}, "change"), ({"against": 2, "served": 2}, "stop"),
    ],
)  # fmt: skip
def test_what_a_charter_would_decide(changed: dict[str, int], decision: str) -> None:
    found = proposal(replace(QUIET, **changed))
    assert (found.decision, bool(found.reasons)) == (decision, True)


@pytest.mark.parametrize(
    ("name", "first", "last"), [("2026-Q4", "2026-10-01", "2026-12-31"), ("2027-Q1", "2027-01-01", "2027-03-31")]
)
def test_a_quarter_has_its_days(name: str, first: str, last: str) -> None:
    quarter = quarter_named(name)
    assert quarter is not None
    assert (str(quarter.first), str(quarter.last), str(quarter_of(quarter.last))) == (first, last, name)


@pytest.mark.parametrize("name", ["", "2026", "2026-Q5", "2026-Qx", "26-Q1"])
def test_what_is_no_quarter(name: str) -> None:
    assert quarter_named(name) is None


@pytest.mark.django_db
def test_a_channel_is_seen_beside_its_charter(channel: Channel) -> None:
    quarter, today = Quarter(2026, 2), Quarter(2026, 2).last
    assert reviews.proposed(channel, quarter, today=today).decision == "stop"
    for weeks in range(13):
        at = timezone.make_aware(timezone.datetime(2026, 4, 3, 17)) + timedelta(weeks=weeks)  # type: ignore[attr-defined]
        Delivery.objects.create(
            organisation=channel.organisation, channel=channel, state="sent", text="Fournée", fingerprint=f"f{weeks}",
            due_at=at, sent_at=at, remote_id=f"r{weeks}",
        )  # fmt: skip
    seen = reviews.seen(channel, quarter, today=today)
    assert (seen.sent, seen.weeks, seen.silence) == (13, 13.0, 6)
    assert reviews.proposed(channel, quarter, today=today) == Proposal("continue", ("It keeps its charter.",))


@pytest.mark.django_db
def test_a_quarter_closes_with_its_four_fields_only(channel: Channel, claire: Member, karim: Member) -> None:
    quarter = str(quarter_of(timezone.localdate()))
    for missing in FIELDS:
        with pytest.raises(Refusal) as refused:
            review(channel, quarter, "stop", by=claire, **(FIELDS | {missing: " "}))
        assert [fault.field for fault in refused.value.faults] == [missing]
    with pytest.raises(NotAllowed):
        review(channel, quarter, "stop", by=karim, **FIELDS)
    made = review(channel, quarter, "change", by=claire, **FIELDS)
    assert (made.decision, made.proposed) == ("change", "stop")
    with pytest.raises(Conflict):
        review(channel, quarter, "change", by=claire, **FIELDS)
    assert QuarterReview.objects.count() == 1


@pytest.mark.django_db
def test_raw_figures_lead_back_to_their_facts_and_open_safely(objective: Objective, claire: Member) -> None:
    fact = declare_figure(objective, 134, by=claire, source="=HYPERLINK(1)", n=4)
    head, line = list(facts_csv(claire.organisation))
    assert head.startswith(("chiffre,moment,objectif", "fact,moment,objective"))
    assert line.startswith(f"{fact.pk},")
    assert "'=HYPERLINK(1)" in line
    assert ",134,4," in line
