"""What if, through the API: the same deduction under one changed circumstance."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from pupitre.core.rules.refusals import Fault, NotYet
from pupitre.shell.api import PROBLEMS
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.api_doors import reader
from pupitre.strategy.catalogue import load
from pupitre.strategy.deduction import whatif
from pupitre.strategy.rules.steps import ITEMS

N_ = str
router = Router()


class ScenarioOut(Schema):
    """`key` is closes, half, double, leader, films or alone; platforms by catalogue id; hours a week then."""

    key: str
    platform: str
    now: list[str]
    then: list[str]
    gained: list[str]
    lost: list[str]
    hours: float


@router.get("/strategy/what_if", operation_id="strategy.what_if", response={200: list[ScenarioOut], **PROBLEMS})
def what_if(request: HttpRequest) -> tuple[whatif.Scenario, ...]:
    """Each circumstance beside today; 409 with what is missing while an earlier step is incomplete."""
    organisation, today = reader(request).organisation, timezone.localdate()
    channels = reads.path(organisation, today=today)[-1]
    if channels.state == "locked":
        faults = [Fault(item, ITEMS[item][1]) for item in channels.missing]
        raise NotYet(N_("Channels come last: earlier steps are not complete."), faults)
    return whatif.scenarios(reads.case_of(organisation), load(), today=today)
