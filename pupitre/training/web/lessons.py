"""Lessons, their questions, the certificates they give, and the rights that ask for one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import LOCKABLE, RIGHTS, ROLE_NAMES, Role, may
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt
from pupitre.training import actions
from pupitre.training import skill_queries as reads
from pupitre.training.rules.tracks import Mark, Track, tracks
from pupitre.training.web.frame import frame, number
from pupitre.training.wording import language


@member_view
def lessons(request: DeskRequest) -> HttpResponse:
    """Every track; one of them with its lessons and questions when the address names it."""
    key = request.GET.get("track", "")
    if not key:
        return show(request)
    found = tracks(language()).get(key)
    if found is None:
        raise Http404
    return one_track(request, found)


def show(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    today, known = timezone.localdate(), tracks(language())
    held = reads.held(request.member)
    locked = request.organisation.locked
    context = frame(request, "lessons") | {
        "tracks": [
            {
                "track": one, "role": _(ROLE_NAMES[Role(one.role)]), "held": held.get(one.key),
                "counts": one.key in held and held[one.key].until >= today,
                "rights": [_(RIGHTS[right]) for right, asked in locked.items() if asked == one.key],
                "url": f"{reverse('training:lessons', args=[request.organisation.slug])}?track={one.key}",
            }
            for one in known.values()
        ],
        "mine": sum(one.until >= today for one in held.values()),
        "living": [(one, known[one.track].name) for one in reads.living(request.organisation, today=today)
                   if one.track in known],
        "rights": [(key, _(RIGHTS[key])) for key in LOCKABLE],
        "asked": [("", _("no certificate")), *((one.key, one.name) for one in known.values())],
        "may_lock": may(request.member.role, "manage_members"), "sheet": sheet,
    }  # fmt: skip
    return render(request, "training/lessons.html", context, status=sheet.status if sheet else 200)


def one_track(
    request: DeskRequest, track: Track, *, sheet: Sheet | None = None, marks: list[Mark] | None = None
) -> HttpResponse:
    held = reads.held(request.member).get(track.key)
    typed: Any = sheet.values if sheet else {}
    context = frame(request, "lessons") | {
        "track": track, "sheet": sheet or Sheet(), "marks": marks or [], "held": held,
        "right": sum(one.right for one in marks or ()),
        "counts": held is not None and held.until >= timezone.localdate(),
        "questions": [
            {"name": f"q{rank}", "text": one.text, "number": rank + 1,
             "choices": [(str(at), said) for at, said in enumerate(one.choices)],
             "mark": marks[rank] if marks else None, "typed": str(typed.get(f"q{rank}", "")),
             "fault": sheet.faults.get(f"q{rank}", "") if sheet else ""}
            for rank, one in enumerate(track.questions)
        ],
        "may_train": may(request.member.role, "train"),
    }  # fmt: skip
    return render(request, "training/track.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def quiz(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    key = posted.get("track", "")
    track = tracks(language()).get(key)
    typed = [number(posted.get(f"q{rank}")) for rank in range(len(track.questions) if track else 0)]
    answers = [one if one >= 0 else None for one in typed]
    done, sheet = attempt(
        lambda: actions.pass_quiz(key, answers, by=request.member, language=language()), posted.dict()
    )
    if track is None:
        return show(request, sheet)
    if done is None:
        return one_track(request, track, sheet=sheet)
    if done.certificate is not None:
        messages.success(request, _("Passed: the certificate counts from today."))
    return one_track(request, track, sheet=Sheet(posted.dict()), marks=list(done.marks))


@require_POST
@member_view
def lock(request: DeskRequest) -> HttpResponse:
    posted = request.POST
    done, sheet = attempt(
        lambda: actions.lock(posted.get("right", ""), posted.get("track", ""), by=request.member), posted.dict()
    )
    if done is None:
        return show(request, sheet)
    messages.success(request, _("Kept: it is asked from now on."))
    return redirect("training:lessons", request.organisation.slug)
