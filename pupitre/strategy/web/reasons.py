"""The page of typed reasons: what makes the organisation go there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.rules.reasons import REASONS
from pupitre.strategy.web.frame import frame, step_view


@step_view
def page(request: DeskRequest) -> HttpResponse:
    """Reasons to tick; a weak one alone is refused, the owner may write why she goes on."""
    plan = reads.plan(request.organisation)
    sheet = Sheet({"reasons": plan.reasons, "despite": plan.despite})
    if request.method == "POST":
        given, despite = request.POST.getlist("reasons"), request.POST.get("despite", "")
        values = {"reasons": given, "despite": despite}
        kept, sheet = attempt(lambda: actions.save_reasons(given, by=request.member, despite=despite), values)
        if kept is not None:
            messages.success(request, _("Kept."))
            return redirect("strategy:why", request.organisation.slug)
    shown = {
        **frame(request, "why"), "sheet": sheet, "reasons": [(key, _(name)) for key, name in REASONS.items()],
        "may_override": may(request.member.role, "override"),
    }  # fmt: skip
    return render(request, "strategy/reasons.html", shown, status=sheet.status)
