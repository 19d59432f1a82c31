"""Typed reasons, the promise of care, and the signature asked again each year."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import AuditEntry, Member, Task
from pupitre.core.rules.refusals import NotAllowed, NotFound, Refusal
from pupitre.strategy import actions, jobs
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.deduction.case import REASONS as DEDUCED
from pupitre.strategy.deduction.case import WEAK_REASONS
from pupitre.strategy.models import Objective, Plan
from pupitre.strategy.rules.reasons import REASONS, WEAK, is_weak

DESPITE = "Le siège l’impose à toutes ses boutiques avant Noël."
CARE = {"kind": "care", "reply_hours": "4", "care_hours": "9:00-12:30, 14:00-18:00"}


def test_the_page_and_the_deduction_know_the_same_reasons() -> None:
    assert (tuple(REASONS), WEAK) == (DEDUCED, WEAK_REASONS)


@pytest.mark.parametrize(
    ("given", "weak"),
    [
        (["imitation"], True), (["fashion", "imitation"], True), (["imitation", "measured_demand"], False),
        (["internal_need"], False), ([], False),
    ],
)  # fmt: skip
def test_imitation_and_fashion_alone_are_weak(given: list[str], weak: bool) -> None:
    assert is_weak(given) is weak


@pytest.mark.parametrize(
    ("given", "despite", "field"),
    [([], "", "reasons"), (["rain"], "", "reasons"), (["fashion"], "", "reasons"), (["fashion"], "ordre", "despite")],
)
def test_a_refused_reason_says_where(claire: Member, given: list[str], despite: str, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.save_reasons(given, by=claire, despite=despite)

    assert [fault.field for fault in refused.value.faults] == [field]
    assert not Plan.objects.exists()


def test_the_owner_goes_on_in_writing_and_the_deduction_hears_it(claire: Member, objective: Objective) -> None:
    actions.save_reasons(["fashion"], by=claire, despite=DESPITE)

    entry = AuditEntry.objects.get(verb="weak_reasons_overridden")
    assert (entry.reason, entry.detail) == (DESPITE, {"reasons": ["fashion"]})
    assert reads.case_of(claire.organisation).reasons == ()
    actions.save_reasons(["customer_need", "fashion"], by=claire, despite=DESPITE)
    assert Plan.objects.get().despite == ""
    assert reads.case_of(claire.organisation).reasons == ("customer_need", "fashion")


def test_a_conductor_who_does_not_own_cannot_go_on(claire: Member, karim: Member) -> None:
    karim.role = "conductor"
    karim.save()

    with pytest.raises(NotAllowed):
        actions.save_reasons(["fashion"], by=karim, despite=DESPITE)


@pytest.mark.parametrize("lacking", ["reply_hours", "care_hours", "replier"])
def test_care_without_its_promise_is_refused(claire: Member, lucie: Member, objective: Objective, lacking: str) -> None:
    typed: dict[str, Any] = CARE | {"replier": lucie}
    del typed[lacking]

    with pytest.raises(Refusal) as refused:
        actions.save_objective(objective, by=claire, **typed)

    assert [fault.field for fault in refused.value.faults] == [lacking]
    objective.refresh_from_db()
    assert objective.kind == "local_sales"


def test_care_with_its_promise_is_kept_and_told_to_the_deduction(
    claire: Member, lucie: Member, objective: Objective
) -> None:
    actions.save_objective(objective, by=claire, **CARE, replier=lucie, track="b2b")

    objective.refresh_from_db()
    assert (objective.reply_hours, objective.care_hours["4"], objective.replier, objective.track) == (
        4, [["09:00", "12:30"], ["14:00", "18:00"]], lucie, "b2b",
    )  # fmt: skip
    case = reads.case_of(claire.organisation)
    assert case.objectives[0].care_terms == {"reply_target", "opening_hours", "named_repliers"}


@pytest.mark.parametrize(
    ("typed", "field"), [({"reply_hours": "soon"}, "reply_hours"), ({"care_hours": "soon"}, "care_hours"),
                         ({"track": "dogs"}, "track")]
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    claire: Member, objective: Objective, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        actions.save_objective(objective, by=claire, **typed)

    assert [fault.field for fault in refused.value.faults] == [field]


def test_nobody_from_elsewhere_is_named(claire: Member, stranger: Member, objective: Objective) -> None:
    with pytest.raises(NotFound):
        actions.save_objective(objective, by=claire, **CARE, replier=stranger)


def test_a_signature_over_a_year_old_is_asked_again_once(client: Client, claire: Member) -> None:
    today = timezone.localdate()
    plan = Plan.objects.create(organisation=claire.organisation, signed_name="Jeanne", signed_on=today)
    client.force_login(claire.user)
    url = reverse("strategy:why", args=[claire.organisation.slug])

    plan.signed_on = today - timedelta(days=365)
    plan.save()
    assert (jobs.ask_signatures(), Task.objects.count()) == (0, 0)
    assert client.get(url).context["too_old"] is False
    plan.signed_on = today - timedelta(days=366)
    plan.save()
    jobs.ask_signatures()
    jobs.ask_signatures()

    assert Task.objects.get().subject == "signature:plan"
    shown = client.get(url)
    assert shown.context["too_old"] is True
    assert shown.content.decode().count("plus d’un an") == 1


def test_the_pages_ask_why_and_lose_nothing(
    client: Client, claire: Member, lucie: Member, stranger: Member, objective: Objective
) -> None:
    client.force_login(claire.user)
    slug = claire.organisation.slug
    reasons, why = reverse("strategy:reasons", args=[slug]), reverse("strategy:objective", args=[slug, objective.pk])

    refused = client.post(reasons, {"reasons": ["fashion"], "despite": ""})
    kept = client.post(reasons, {"reasons": ["fashion", "customer_need"]})
    unpromised = client.post(why, {"kind": "care", "reply_hours": "4", "care_hours": "8:00-9:00"})
    promised = client.post(why, CARE | {"replier": str(lucie.pk)})
    borrowed = client.post(why, CARE | {"replier": str(stranger.pk)})

    statuses = [answer.status_code for answer in (refused, kept, unpromised, promised, borrowed)]
    assert statuses == [422, 302, 422, 302, 404]
    assert "8:00-9:00" in unpromised.content.decode()
    client.force_login(stranger.user)
    assert client.get(reasons).status_code == 404
