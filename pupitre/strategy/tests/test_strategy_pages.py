"""From an empty strategy to a signed decision file, page by page, without a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pupitre.core.models import AuditEntry, Member
from pupitre.strategy import actions, document
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.deduction.case import Case
from pupitre.strategy.models import Deduction, Finding, Hearing, Objective, Override, Plan, Public

STEPS = ("why", "problem", "publics", "message", "means", "relations", "channels")
WHY = {
    "reason": "Les familles passent en grande surface parce qu’elles ne savent pas ce qu’il nous reste à 18 h.",
    "subject": "De ce qui sort du four, à quelle heure, et comment c’est fait.",
    "presence": "Nos habitués demandent au téléphone s’il reste du pain : dix appels par soir.",
    "kind": "local_sales",
    "change": "Faire passer les commandes du vendredi soir de 126 à 145 par semaine",
    "audience": "Les familles qui habitent à moins de trois kilomètres",
    "measure": "Commandes du vendredi comptées à la caisse",
    "baseline": "126",
    "target": "145",
    "due_on": "",
}
PROBLEM = {
    "problem": "Pourquoi les familles du quartier vont-elles ailleurs le vendredi ?",
    "evidence": "Dix appels par soir, comptés en octobre",
    "sector": "boulangerie",
}
MESSAGE = {
    "positioning": "La seule boulangerie du quartier qui cuit encore à 18 h.",
    "message": "À 18 h, le pain sort du four pour ceux qui rentrent.",
    "tone": "vous, simple, précis",
}
MEANS = {"hours_per_week": "4", "repliers": "2", "site": "ok", "photos": "good", "video": "none", "writing": "some"}


@pytest.fixture
def desk(client: Client, claire: Member) -> Client:
    client.force_login(claire.user)
    return client


def address(name: str, *args: object) -> str:
    return reverse(f"strategy:{name}", args=["boulangerie-levain-fils", *args])


@pytest.fixture
def complete(claire: Member, objective: Objective) -> Member:
    """A bakery whose every step before channels is written."""
    actions.save_plan(by=claire, **PROBLEM, **MESSAGE, **MEANS)
    actions.save_public(by=claire, name="Les familles qui habitent à moins de trois kilomètres", place="quartier")
    return claire


def test_the_slug_is_the_one_the_tests_write(claire: Member) -> None:
    assert claire.organisation.slug == "boulangerie-levain-fils"


def test_everything_is_readable_and_locked_at_first(desk: Client) -> None:
    found = {step: desk.get(address(step)).status_code for step in STEPS}
    assert found == {"why": 200, **dict.fromkeys(STEPS[1:], 409)}


def test_start_leads_to_the_first_step_that_is_not_done(desk: Client, objective: Objective) -> None:
    assert desk.get(address("start")).headers["Location"] == address("problem")


def test_from_empty_to_a_signed_pdf(desk: Client) -> None:
    due = (timezone.localdate() + timedelta(days=150)).isoformat()

    assert desk.post(address("why"), {**WHY, "due_on": due}).headers["Location"] == address("problem")
    assert desk.post(address("problem"), PROBLEM).headers["Location"] == address("publics")
    assert desk.post(address("publics"), {"name": WHY["audience"], "place": "quartier"}).status_code == 302
    assert desk.post(address("message"), MESSAGE).headers["Location"] == address("means")
    assert desk.post(address("means"), MEANS).headers["Location"] == address("relations")
    assert desk.post(address("channels")).status_code == 302
    page = desk.get(address("channels"))
    assert page.status_code == 200
    assert "Instagram" in page.content.decode()
    assert desk.post(address("sign"), {"signed_name": "Jeanne Levain"}).headers["Location"] == address("file")
    for language in ("fr", "en"):
        made = desk.get(address("pdf"), {"lang": language})
        assert (made.status_code, made.headers["Content-Type"], made.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_a_refused_answer_keeps_what_was_typed_and_gives_two_examples(desk: Client) -> None:
    page = desk.post(address("why"), {**WHY, "presence": "Être présents, comme les deux autres boulangeries."})

    shown = page.content.decode()
    assert page.status_code == 422
    assert "comme les deux autres boulangeries" in shown
    assert "126" in shown
    assert not Objective.objects.exists()


def test_an_incomplete_objective_is_kept_and_says_what_is_missing(desk: Client) -> None:
    desk.post(address("new_objective"), {"reason": WHY["reason"]})
    page = desk.get(address("why"))
    assert Objective.objects.get().reason == WHY["reason"]
    assert page.context["missing"] != []


def test_channels_cannot_be_deduced_before_their_turn(desk: Client, objective: Objective) -> None:
    assert desk.post(address("channels")).status_code == 409
    assert not Deduction.objects.exists()


def test_going_back_marks_the_deduction_to_recompute(desk: Client, complete: Member) -> None:
    kept = actions.deduce_channels(by=complete)
    assert not reads.is_stale(kept)

    actions.save_plan(by=complete, hours_per_week="12")

    assert reads.is_stale(kept)
    states = {s.key: s.state for s in reads.path(complete.organisation, today=timezone.localdate())}
    assert states["channels"] == "stale"
    assert desk.get(address("channels")).context["stale"] is True


def test_the_strategy_file_names_no_platform_and_gives_the_same_case(complete: Member) -> None:
    text = reads.strategy_file(complete.organisation)
    assert not [n for n in ("instagram", "facebook", "linkedin", "tiktok", "whatsapp") if n in text.lower()]
    assert isinstance(reads.case_of(complete.organisation), Case)
    assert reads.case_of(complete.organisation).hours == 4.0


def test_weights_one_chose_reach_the_deduction(desk: Client, complete: Member, objective: Objective) -> None:
    before = reads.case_of(complete.organisation).objectives[0].relation
    desk.post(address("relations"), {"objective": objective.pk, "visibility": 80, "expertise": 20, "proximity": 0})
    after = reads.case_of(complete.organisation).objectives[0].relation
    assert before is None
    assert after == pytest.approx({"visibility": 0.8, "expertise": 0.2, "proximity": 0.0})


def test_only_the_owner_goes_against_a_refusal_and_in_writing(desk: Client, complete: Member, karim: Member) -> None:
    from pupitre.core.rules.refusals import NotAllowed, Refusal

    actions.deduce_channels(by=complete)
    with pytest.raises(NotAllowed):
        actions.override("tiktok", by=karim, reason="Nous avons embauché une vidéaste pour six mois.")
    with pytest.raises(Refusal):
        actions.override("tiktok", by=complete, reason="envie")
    with pytest.raises(Refusal):
        actions.override("googleplus", by=complete, reason="Nos anciens clients y étaient nombreux autrefois.")
    desk.post(address("override"), {"platform": "tiktok", "override_reason": "Nous avons embauché une vidéaste."})

    assert Override.objects.get().platform == "tiktok"
    assert AuditEntry.objects.filter(verb="refusal_overridden", reason__contains="vidéaste").count() == 1


def test_one_signs_only_what_is_fresh(complete: Member) -> None:
    from pupitre.core.rules.refusals import NotYet

    with pytest.raises(NotYet):
        actions.sign_plan(by=complete, name="Jeanne Levain")
    actions.deduce_channels(by=complete)
    actions.sign_plan(by=complete, name="Jeanne Levain", dissent="Karim aurait attendu mars.")

    kept = Plan.objects.get()
    assert (kept.signed_name, kept.dissent) == ("Jeanne Levain", "Karim aurait attendu mars.")


def test_a_signature_lasts_a_year(complete: Member) -> None:
    actions.deduce_channels(by=complete)
    kept = actions.sign_plan(by=complete, name="Jeanne Levain")
    assert kept.signed_on is not None
    there = {
        d: reads.written(complete.organisation, today=kept.signed_on + timedelta(days=d))["signed"] for d in (365, 366)
    }
    assert there == {365: True, 366: False}


def test_a_fact_without_evidence_is_refused_and_one_without_outcome_stays_to_decide(
    desk: Client, complete: Member
) -> None:
    line = {"box": "weakness", "text": "Personne ne répond le dimanche"}
    assert desk.post(address("findings"), {**line, "evidence": "", "outcome": ""}).status_code == 422
    assert (
        desk.post(address("findings"), {**line, "evidence": "14 avis sans réponse", "outcome": ""}).status_code == 302
    )
    today = timezone.localdate()
    assert reads.written(complete.organisation, today=today)["findings"] is False

    row = Finding.objects.get()
    desk.post(address("findings"), {**line, "evidence": row.evidence, "outcome": "rien", "finding": row.pk})

    assert reads.written(complete.organisation, today=today)["findings"] is True


def test_who_was_heard_is_named_in_the_file(desk: Client, complete: Member) -> None:
    desk.post(
        address("heard"), {"group": "served", "heard_name": "Mme Perrin", "said": "Je ne sais jamais s'il en reste."}
    )
    told = document.contents(complete.organisation, language="fr", today=timezone.localdate())
    assert Hearing.objects.count() == 1
    assert "Mme Perrin" in str(told)


def test_the_file_follows_sostac_and_carries_refusals_costs_and_signature(complete: Member) -> None:
    actions.deduce_channels(by=complete)
    actions.sign_plan(by=complete, name="Jeanne Levain")
    for language in ("fr", "en"):
        told = document.contents(complete.organisation, language=language, today=timezone.localdate())
        assert [s["letter"] for s in told["sections"]] == ["S", "O", "S", "T", "A", "C"]
        text = str(told)
        assert "LinkedIn" in text
        assert "Jeanne Levain" in text
        assert len(document.pdf(complete.organisation, language=language, today=timezone.localdate())) > 10_000


def test_what_if_shows_each_circumstance(desk: Client, complete: Member) -> None:
    page = desk.get(address("what_if"))
    assert page.status_code == 200
    lost = {tuple(row["lost"]) for row in page.context["rows"]}
    assert ("Instagram",) in lost


def test_the_yaml_file_can_be_read_back(desk: Client, complete: Member) -> None:
    answer = desk.get(address("export"))
    assert answer.headers["Content-Type"].startswith("application/yaml")
    assert b"boulangerie" in answer.content


def test_a_public_has_a_name_of_its_own(desk: Client, objective: Objective, claire: Member) -> None:
    actions.save_plan(by=claire, **PROBLEM)
    assert desk.post(address("publics"), {"name": "Tout le monde"}).status_code in (409, 422)
    assert not Public.objects.exists()


@pytest.mark.parametrize("page", [*STEPS, "findings", "heard", "what_if", "file", "take_in", "pdf", "export", "start"])
def test_a_stranger_finds_nothing(client: Client, complete: Member, stranger: Member, page: str) -> None:
    client.force_login(stranger.user)
    assert client.get(address(page)).status_code == 404


@pytest.mark.parametrize("page", STEPS[1:])
def test_an_editor_reads_and_does_not_write(client: Client, complete: Member, karim: Member, page: str) -> None:
    client.force_login(karim.user)
    assert client.get(address(page)).status_code == 200
    refused = client.post(address(page), {"problem": "Une autre question, assez longue ?"})
    assert refused.status_code in (302, 403)
    assert Plan.objects.get().problem == PROBLEM["problem"]


def test_pages_ask_few_questions_of_the_database(
    desk: Client, complete: Member, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        desk.get(address("channels"))


def test_a_file_is_taken_in_from_a_page_or_says_its_line(desk: Client, complete: Member) -> None:
    refused = desk.post(address("take_in"), {"file": "nom: x\nsectr: y\n"})
    assert (refused.status_code, "sectr" in refused.content.decode()) == (422, True)
    text = reads.strategy_file(complete.organisation).replace("hours: 4", "hours: 9")
    assert desk.post(address("take_in"), {"file": text}).status_code == 302
    assert reads.case_of(complete.organisation).hours == 9.0


def test_a_beginner_reads_what_each_question_waits_for(desk: Client) -> None:
    page = desk.get(address("why")).content.decode()
    assert page.count('class="hint" id="field-reason-hint"') == 1
    assert {f'id="field-{name}-hint"' in page for name in ("reason", "subject", "presence")} == {True}
    assert "Se faire connaître d’un public nommé" in page


@pytest.mark.parametrize(("written", "said"), [({}, "0 point sur 10"), (PROBLEM, "1 point sur 10")])
def test_the_meter_counts_in_french(desk: Client, claire: Member, written: dict[str, str], said: str) -> None:
    actions.save_plan(by=claire, **written)
    assert said in desk.get(address("why")).content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_kinds_are_named_in_the_language_of_the_screen(desk: Client, claire: Member) -> None:
    claire.user.language = "en"
    claire.user.save()
    assert "Sell in the neighbourhood" in desk.get(address("why"), headers={"accept-language": "en"}).content.decode()


def test_the_page_and_the_file_say_the_same_hours(complete: Member, desk: Client) -> None:
    actions.deduce_channels(by=complete)
    told = re.compile(r"demanderait (\d+ h \d+|\d+ (?:h|min)) de plus")
    spaces = str.maketrans({"\xa0": " ", "\u202f": " "})
    pages = [desk.get(address(name)).content.decode().translate(spaces) for name in ("channels", "file")]
    shown = [told.findall(page) for page in pages]
    assert shown[0] == shown[1] != []
