"""The quarter of each channel: what its charter would decide, what people decide, and the four fields."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.core.rules.roles import may
from pupitre.measurement import reviews as reads
from pupitre.measurement.actions.reviews import DECISIONS
from pupitre.measurement.actions.reviews import review as close
from pupitre.measurement.rules.quarters import quarter_of
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

SHOWN = 12


@member_view
def reviews(request: DeskRequest) -> HttpResponse:
    """Every channel of this quarter, and the reviews closed so far."""
    quarter = quarter_of(timezone.localdate())
    closed = list(reads.reviews(request.organisation)[:40])
    done = {one.channel_id for one in closed if one.quarter == str(quarter)}
    rows = [(channel, channel.pk in done) for channel in channels(request.organisation)[:SHOWN]]
    context = {"quarter": quarter, "rows": rows, "closed": closed, "decisions": _decisions()}
    return render(request, "measurement/reviews.html", context)


@member_view
def review(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, Channel, pk))


def _page(request: DeskRequest, channel: Channel, sheet: Sheet | None = None) -> HttpResponse:
    today = timezone.localdate()
    quarter = quarter_of(today)
    found = reads.proposed(channel, quarter, today=today)
    past = list(reads.reviews(request.organisation).filter(channel=channel)[:8])
    context = {
        "channel": channel, "quarter": quarter, "proposal": found, "past": past, "decisions": _decisions(),
        "word": _(DECISIONS[found.decision]), "reasons": [_(reason) for reason in found.reasons],
        "closed": next((one for one in past if one.quarter == str(quarter)), None),
        "may_close": may(request.member.role, "set_charter"), "sheet": sheet or Sheet({"decision": found.decision}),
    }  # fmt: skip
    return render(request, "measurement/review.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def close_review(request: DeskRequest, pk: int) -> HttpResponse:
    channel, values = mine(request, Channel, pk), request.POST.dict()
    told = {name: values.get(name, "") for name in ("expected", "happened", "learnt", "changes")}
    quarter = str(quarter_of(timezone.localdate()))
    made, sheet = attempt(
        lambda: close(channel, quarter, values.get("decision", ""), by=request.member, **told), values
    )
    if made is None:
        return _page(request, channel, sheet)
    messages.success(request, _("The quarter is closed, with its lesson."))
    return redirect("measurement:reviews", request.organisation.slug)


def _decisions() -> list[tuple[str, str]]:
    return [(key, _(word)) for key, word in DECISIONS.items()]
