"""The strategy of the furnished bakery: one row of each of its kinds."""

from datetime import date

from pupitre.core.models import Member, Organisation
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.actions import invite, plan_operation
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction.report import as_json
from pupitre.strategy.models import (
    Deduction,
    Finding,
    Floor,
    Hearing,
    Objective,
    Override,
    Peer,
    Plan,
    Problem,
    Public,
    SiteCheck,
    Voice,
)


def furnish_plan(here: Organisation, by: Member, voice: Voice, today: date) -> None:
    Plan.objects.get_or_create(organisation=here, defaults={"problem": "Comment dire ce qui reste ?"})
    Problem.objects.create(
        organisation=here, question="Qui sait que l’on recrute au fournil ?", evidence="Deux départs"
    )
    Public.objects.create(organisation=here, name="Les familles du quartier")
    Finding.objects.create(organisation=here, box="strength", text="Le fournil est visible", evidence="Vitrine")
    invite(by=by, kind="consultation", name="Lucie, à la boutique", group="support", questions=["Que demande-t-on ?"])
    Hearing.objects.create(organisation=here, group="sales", name="Lucie", said="On demande l’heure.", heard_on=today)
    found, catalogue = reads.recommendation(here, today=today), load()
    Deduction.objects.create(
        organisation=here, made_from=reads.strategy_file(here), made_on=today, catalogue_version=catalogue.version,
        answer={language: as_json(found, catalogue=catalogue, language=language) for language in ("fr", "en")},
    )  # fmt: skip
    Override.objects.create(organisation=here, platform="x", reason="Un client y vit", by=by)
    points = [{"key": "reachable", "state": "yes", "said": "The site answers.", "params": {}}]
    SiteCheck.objects.create(organisation=here, url="https://levain.example/", points=points, stands=True, by=by)
    for event in ("complaint", "crisis"):
        Floor.objects.create(organisation=here, event=event, voice=voice, responsible=by)
    objective, learned = Objective.objects.filter(organisation=here).order_by("id")[0], "On y dit ce qui reste, à 18 h."
    operation = plan_operation(
        by=by, kind="launch", name="Le seigle", objective=objective, begins_on=today, ends_on=today, after="Claire"
    )
    operation.steps.update(text="Prévenir l’équipe du fournil")
    Peer.objects.create(organisation=here, name="Le fournil d’en face", audience=900, ours=400, learned=learned)
