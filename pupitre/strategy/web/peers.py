"""With whom one compares oneself: somebody of one's size, for what was learned there."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pupitre.shell.web.access import DeskRequest, mine
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, operation_queries
from pupitre.strategy.models import Peer
from pupitre.strategy.rules import peers as rules
from pupitre.strategy.web.frame import frame, step_view
from pupitre.strategy.web.operations import number


@step_view
def page(request: DeskRequest) -> HttpResponse:
    sheet = Sheet()
    if request.method == "POST":
        values = request.POST.dict()
        kept, sheet = attempt(
            lambda: actions.add_peer(
                by=request.member, name=values.get("name", ""), learned=values.get("learned", ""),
                audience=_count(values.get("audience", "")), ours=_count(values.get("ours", "")),
            ), values,
        )  # fmt: skip
        if kept is not None:
            return redirect("strategy:peers", request.organisation.slug)
    context = {"rows": operation_queries.peers(request.organisation), "times": rules.TIMES}
    shown = {**frame(request, "problem"), "sheet": sheet, **context}
    return render(request, "strategy/peers.html", shown, status=sheet.status)


@require_POST
@step_view
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_peer(mine(request, Peer, pk), by=request.member)
    return redirect("strategy:peers", request.organisation.slug)


def _count(text: str) -> int | None:
    return number("".join(text.split()))
