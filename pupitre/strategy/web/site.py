"""The organisation's own site: visited when asked, point by point, with what the last visits saw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.strategy import actions, site_queries
from pupitre.strategy import plan_queries as reads
from pupitre.strategy.web.frame import frame, step_view


@step_view
def page(request: DeskRequest) -> HttpResponse:
    """The last visit and a form for another; a site that does not answer is a result."""
    sheet = Sheet({"url": reads.plan(request.organisation).site_url})
    if request.method == "POST":
        values = request.POST.dict()
        kept, sheet = attempt(lambda: actions.check_site(values.get("url", ""), by=request.member), values)
        if kept is not None:
            messages.success(request, _("The site was visited. The deduction takes it into account."))
            return redirect("strategy:site", request.organisation.slug)
    visits = site_queries.checks(request.organisation)
    last = visits[0] if visits else None
    points = site_queries.points(last) if last else []
    context = {
        "last": last, "points": points, "earlier": visits[1:],
        "lacks": sum(one.blocking and one.state == "no" for one in points),
    }  # fmt: skip
    return render(request, "strategy/site.html", {**frame(request, "means"), "sheet": sheet, **context},
                  status=sheet.status)  # fmt: skip
