"""The training room through the API, and so through the command line: an exercise can be run without a page."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from pupitre.core.actions import require
from pupitre.core.models import Member
from pupitre.shell.api import PROBLEMS, Id, asked_by
from pupitre.training import actions, own_numbers, skill_queries
from pupitre.training import queries as reads
from pupitre.training import schemas as say
from pupitre.training.models import Drill, GapLine, SkillLevel
from pupitre.training.rules.scenarios import scenario
from pupitre.training.rules.sorting import BOXES, check, deal
from pupitre.training.rules.tracks import tracks
from pupitre.training.wording import language

router = Router()
DRILL = {200: say.DrillOut, **PROBLEMS}


def found(request: HttpRequest, pk: int) -> Drill:
    one = reads.drills(asked_by(request).organisation).filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def shown(drill: Drill) -> dict[str, Any]:
    told, minutes = scenario(drill.scenario, drill.language), reads.minutes_played(drill, now=timezone.now())
    return {
        "id": drill.pk, "scenario": drill.scenario, "name": told.name, "place": drill.place.slug,
        "language": drill.language, "seed": drill.seed, "speed": drill.speed, "minutes": minutes,
        "ended_at": drill.ended_at, "passed": drill.passed,
        "notes": [note.text for note in told.notes if note.minute <= minutes], "sheet": drill.sheet,
    }  # fmt: skip


@router.get("/drills", operation_id="training.drills", response={200: say.DrillPage, **PROBLEMS})
def drills(
    request: HttpRequest,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Every exercise, newest first; `next` is the `before` of the next page."""
    member = asked_by(request)
    require(member, "read")
    rows = reads.drills(member.organisation)
    page = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    return {
        "items": [shown(one) for one in page[:limit]],
        "next": str(page[limit - 1].pk) if len(page) > limit else None,
    }


@router.post("/drills", operation_id="training.start", response={201: say.DrillOut, **PROBLEMS})
def start(request: HttpRequest, body: say.DrillIn) -> Status[dict[str, Any]]:
    """Begin an exercise in a walled place of its own: act there with the operations of the other rooms."""
    made = actions.start_drill(
        body.scenario, by=asked_by(request), language=body.language, speed=body.speed, seed=body.seed
    )
    return Status(201, shown(made))


@router.get("/drills/{drill_id}", operation_id="training.drill", response=DRILL)
def drill(request: HttpRequest, drill_id: Id) -> dict[str, Any]:
    """Where it stands; its sheet once it has ended."""
    require(asked_by(request), "read")
    return shown(found(request, drill_id))


@router.post("/drills/{drill_id}/speed", operation_id="training.speed", response=DRILL)
def speed(request: HttpRequest, drill_id: Id, body: say.SpeedIn) -> dict[str, Any]:
    """1 as in life, 10 or 60 times faster, 0 not at all."""
    return shown(actions.set_speed(found(request, drill_id), body.speed, by=asked_by(request)))


@router.post("/drills/{drill_id}/pass", operation_id="training.pass_time", response=DRILL)
def pass_time(request: HttpRequest, drill_id: Id, body: say.PassTimeIn) -> dict[str, Any]:
    """Jump ahead by so many minutes."""
    return shown(actions.let_pass(found(request, drill_id), body.minutes, by=asked_by(request)))


@router.post("/drills/{drill_id}/end", operation_id="training.end", response=DRILL)
def end(request: HttpRequest, drill_id: Id) -> dict[str, Any]:
    """Stop the clock and write the sheet."""
    return shown(actions.end_drill(found(request, drill_id), by=asked_by(request)))


@router.get("/training-tracks", operation_id="training.tracks", response={200: list[say.TrackOut], **PROBLEMS})
def lessons(request: HttpRequest) -> list[dict[str, Any]]:
    """Every track with its lessons, its questions, and whether the caller holds its certificate."""
    member = asked_by(request)
    require(member, "read")
    held, today = skill_queries.held(member), timezone.localdate()
    return [
        {
            "key": one.key, "name": one.name, "lead": one.lead, "role": one.role,
            "lessons": [list(lesson) for lesson in one.lessons],
            "questions": [{"text": asked.text, "choices": list(asked.choices)} for asked in one.questions],
            "until": held[one.key].until if one.key in held and held[one.key].until >= today else None,
        }
        for one in tracks(language()).values()
    ]  # fmt: skip


@router.post("/training-tracks/quiz", operation_id="training.quiz", response={200: say.QuizOut, **PROBLEMS})
def quiz(request: HttpRequest, body: say.QuizIn) -> dict[str, Any]:
    """Answer the questions of a track; three right answers of four give a dated certificate."""
    done = actions.pass_quiz(body.track, body.answers, by=asked_by(request), language=language())
    return {
        "passed": done.certificate is not None, "until": done.certificate.until if done.certificate else None,
        "marks": [{"right": one.right, "why": one.question.why} for one in done.marks],
    }  # fmt: skip


@router.post("/training-rights", operation_id="training.lock", response={200: say.LockedOut, **PROBLEMS})
def lock(request: HttpRequest, body: say.LockIn) -> dict[str, Any]:
    """A right asks for a living certificate from now on; an empty track asks for nothing."""
    return {"locked": actions.lock(body.right, body.track, by=asked_by(request)).locked}


@router.get("/training-skills", operation_id="training.skills", response={200: say.SkillsOut, **PROBLEMS})
def skills(request: HttpRequest) -> dict[str, Any]:
    """Who can do what, beside what the plan wants."""
    member = asked_by(request)
    require(member, "read")
    board = skill_queries.board(member.organisation)
    return {
        "rows": [
            {"skill": row.skill, "wanted": bool(row.why), "why": _(row.why) if row.why else "", "best": row.best,
             "gap": row.gap}
            for row in board.rows
        ],
        "lines": list(board.lines.values()),
        "levels": {one.member.pk: dict(one.levels) for one in board.people},
    }  # fmt: skip


@router.post("/training-skills", operation_id="training.skill", response={200: say.SkillOut, **PROBLEMS})
def skill(request: HttpRequest, body: say.SkillIn) -> SkillLevel:
    """What one can do; the conductor may say it for others (`to_id`)."""
    by = asked_by(request)
    who = by
    if body.to_id is not None:
        other = Member.objects.filter(organisation=by.organisation, pk=body.to_id).first()
        if other is None:
            raise Http404
        who = other
    return actions.set_skill(who, body.skill, body.level, by=by)


@router.post("/training-gaps", operation_id="training.gap", response={200: say.GapLineOut, **PROBLEMS})
def gap(request: HttpRequest, body: say.GapIn) -> GapLine:
    """Learn it or buy it, who, and what it costs."""
    return actions.decide_gap(
        body.skill, by=asked_by(request), way=body.way, who=body.who, euros=body.euros, hours=body.hours
    )


@router.get("/training-sorting", operation_id="training.deal", response={200: say.DealOut, **PROBLEMS})
def dealt(request: HttpRequest, number: Annotated[int, Query(ge=0, lt=1000)] = 1) -> dict[str, Any]:
    """Six measures to put in their box; the same number deals the same six."""
    require(asked_by(request), "read")
    here = language()
    cards = [{"key": one.key, "name": getattr(one.name, here), "formula": getattr(one.formula, here)}
             for one in deal(number)]  # fmt: skip
    return {"deal": number, "measures": cards, "boxes": {key: _(name) for key, name in BOXES.items()}}


@router.post("/training-sorting", operation_id="training.sort", response={200: list[say.SortedOut], **PROBLEMS})
def sort(request: HttpRequest, body: say.SortIn) -> list[dict[str, Any]]:
    """Where each measure belongs, and what it does not say."""
    require(asked_by(request), "read")
    here = language()
    return [
        {
            "key": one.measure.key,
            "box": one.measure.box,
            "right": one.right,
            "silent": getattr(one.measure.silent, here),
        }
        for one in check(body.deal, body.boxes)
    ]


OWN = {200: list[say.OwnNumberOut], **PROBLEMS}


@router.get("/training-numbers", operation_id="training.own_numbers", response=OWN)
def numbers(request: HttpRequest) -> list[dict[str, Any]]:
    """What is often said of networks, beside what our own rooms have counted."""
    member = asked_by(request)
    require(member, "read")
    return [
        {"said": _(one.said), "think": _(one.think), "n": one.n,
         "found": _(one.found.text) % one.found.params if one.found else ""}
        for one in own_numbers.cards(member.organisation, now=timezone.now())
    ]  # fmt: skip
