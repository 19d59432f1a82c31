"""What an objective costs and is worth, and the last quarter of a channel."""

from datetime import date

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.measurement.actions.money import buy, start, value_unit
from pupitre.measurement.models import QuarterReview
from pupitre.strategy.models import Objective


def money(by: Member, objective: Objective, channel: Channel, today: date) -> None:
    """A purchase, a value with its assumption, a watch that runs, a review of another year."""
    buy(objective, "Affiches", "138", by=by)
    value_unit(
        objective, "5", "6.50", "8", by=by, basis="declared", assumption="Marge d'une commande moyenne", periods=11
    )
    start(objective, by=by)
    QuarterReview.objects.create(
        organisation=by.organisation, channel=channel, quarter=f"{today.year - 1}-Q1", decision="continue",
        proposed="change", expected="Dix questions", happened="Sept", learnt="Le soir convient",
        changes="Rien", by=by,
    )  # fmt: skip
