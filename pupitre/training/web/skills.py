"""Who can do what, beside what the plan wants: each gap becomes a line with its cost."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import Member
from pupitre.core.rules.roles import may
from pupitre.shell.web.access import DeskRequest, chosen, member_view
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.training import actions
from pupitre.training import skill_queries as reads
from pupitre.training.rules.skills import LEVELS, SKILLS, WAYS
from pupitre.training.rules.tracks import tracks
from pupitre.training.web.frame import frame, number
from pupitre.training.wording import language


@member_view
def skills(request: DeskRequest) -> HttpResponse:
    return show(request)


def show(request: DeskRequest, sheet: Sheet | None = None, *, about: str = "") -> HttpResponse:
    board = reads.board(request.organisation)
    lessons = {one.skill: one for one in tracks(language()).values()}
    may_set_others = may(request.member.role, "manage_members")
    rows = [
        {"row": row, "name": _(SKILLS[row.skill]), "why": _(row.why) if row.why else "", "best": _(LEVELS[row.best]),
         "line": board.lines.get(row.skill), "track": lessons.get(row.skill),
         "sheet": sheet if sheet and about == row.skill else None,
         "levels": [(one.member, one.levels.get(row.skill, 0)) for one in board.people]}
        for row in board.rows
    ]  # fmt: skip
    lines = list(board.lines.values())
    context = frame(request, "skills") | {
        "rows": rows, "people": [one.member for one in board.people],
        "gaps": sum(row.gap and row.skill not in board.lines for row in board.rows),
        "euros": sum((line.euros for line in lines), Decimal(0)),
        "hours": sum((line.hours for line in lines), Decimal(0)), "lines": len(lines),
        "who": [(str(one.member.pk), one.member.user.name) for one in board.people
                if may_set_others or one.member.pk == request.member.pk],
        "skills": [(key, _(name)) for key, name in SKILLS.items()],
        "levels": [(str(key), f"{key} · {_(name)}") for key, name in LEVELS.items()],
        "ways": [(key, _(name)) for key, name in WAYS.items()],
        "sheet": sheet if sheet and not about else Sheet({"member": str(request.member.pk)}),
        "may_train": may(request.member.role, "train"), "may_decide": may(request.member.role, "decide_strategy"),
    }  # fmt: skip
    return render(request, "training/skills.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def skill(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    done, sheet = attempt(
        lambda: actions.set_skill(
            chosen(request, Member.objects.select_related("organisation"), "member"),
            posted.get("skill", ""),
            number(posted.get("level")),
            by=request.member,
        ),
        posted.dict(),
    )
    if done is None:
        return show(request, sheet)
    messages.success(request, _("The level is written down."))
    return redirect("training:skills", request.organisation.slug)


@require_POST
@member_view
def gap(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    done, sheet = attempt(
        lambda: actions.decide_gap(
            posted.get("skill", ""), by=request.member, way=posted.get("way", ""), who=posted.get("who", ""),
            euros=_amount(posted.get("euros")), hours=_amount(posted.get("hours") or "0"),
        ),
        posted.dict(),
    )  # fmt: skip
    if done is None:
        return show(request, sheet, about=posted.get("skill", "") if posted.get("skill") in SKILLS else "")
    messages.success(request, _("Decided: the line is in the plan."))
    return redirect("training:skills", request.organisation.slug)


def _amount(typed: str | None) -> Decimal:
    """What was typed, or a number that the action refuses."""
    try:
        found = Decimal((typed or "").strip().replace(",", ".").replace("\u202f", "").replace(" ", "")[:12])
    except InvalidOperation:
        return Decimal(-1)
    return found if found.is_finite() else Decimal(-1)
