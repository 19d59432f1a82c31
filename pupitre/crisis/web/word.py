"""The word of the house: its versions, who speaks, what is missing, and where it leaves."""

from datetime import timedelta

from django.db.models import Prefetch
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.crisis import actions
from pupitre.crisis import queries as reads
from pupitre.crisis.models import Crisis, Statement
from pupitre.crisis.rules.holding import PARTS, holding, parts
from pupitre.crisis.web.frame import act, frame, local_input, moment
from pupitre.publishing.models import Delivery
from pupitre.shell.templatetags.words import hour
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet

NEXT = timedelta(hours=1)
SHOWN = 8


@member_view
def word(request: DeskRequest, pk: int) -> HttpResponse:
    return show(request, mine(request, reads.cases(), pk))


def show(request: DeskRequest, crisis: Crisis, **sheets: Sheet) -> HttpResponse:
    facts = list(crisis.facts.order_by("id").values_list("status", "text"))
    known = [text for status, text in facts if status == "confirmed"]
    doubts = [text for status, text in facts if status == "checking"]
    versions = list(
        crisis.statements.select_related("voice", "written_by__user", "read_by__user").prefetch_related(
            Prefetch("deliveries", Delivery.objects.select_related("channel"))
        )[:SHOWN]
    )
    last = versions[0] if versions else None
    next_at = timezone.localtime(timezone.now() + NEXT).replace(second=0, microsecond=0)
    proposed = last.text if last else holding(
        crisis.organisation.language, confirmed=known, checking=doubts, hour=hour(next_at),
        sorry=crisis.situation in {"ours", "accident"},
    )  # fmt: skip
    said = parts(last.text, confirmed=known) if last else {}
    context = frame(request, crisis, "word") | {
        "versions": versions, "last": last if last and last.published_at is None else None,
        "speaker": reads.spokesperson(request.organisation, now=timezone.now()) if crisis.closed_at is None else None,
        "parts": [(_(name), said.get(key, False)) for key, name in PARTS.items()] if last else [],
        "channels": [(str(one.pk), str(one)) for one in channels(request.organisation) if one.state == "connected"],
        "sheet": sheets.get("write", Sheet({"text": proposed, "next_at": local_input(next_at)})),
        "leaving": sheets.get("publish", Sheet()), "from_facts": last is None,
    }  # fmt: skip
    status = max((sheet.status for sheet in sheets.values()), default=200)
    return render(request, "crisis/word.html", context, status=status)


@require_POST
@member_view
def write(request: DeskRequest, pk: int) -> HttpResponse:
    crisis, posted = mine(request, reads.cases(), pk), request.POST

    def do() -> Statement:
        at = moment(request, "next_at") if posted.get("next_at", "").strip() else None
        return actions.write_statement(crisis, posted.get("text", ""), by=request.member, next_at=at)

    return act(request, crisis, do, show=show, sheet="write", done=_("Kept as a new version."), to="word")


@require_POST
@member_view
def read_over(request: DeskRequest, pk: int) -> HttpResponse:
    statement = mine(request, Statement, pk)
    return act(
        request, statement.crisis, lambda: actions.read_over(statement, by=request.member), show=show, sheet="publish",
        done=_("Read over."), to="word",
    )  # fmt: skip


@require_POST
@member_view
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    statement, posted = mine(request, Statement, pk), request.POST
    return act(
        request, statement.crisis,
        lambda: actions.publish(
            statement, _chosen(request, posted), by=request.member, alone=posted.get("alone", "")
        ),
        show=show, sheet="publish", done=_("It leaves now, where people speak of it."), to="word",
    )  # fmt: skip


def _chosen(request: DeskRequest, posted: QueryDict) -> list[Channel]:
    wanted = set(posted.getlist("channels"))
    return [one for one in channels(request.organisation) if str(one.pk) in wanted]
