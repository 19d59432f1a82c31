"""What is typed and not kept yet: kept at each pause, shown again, thrown away; and what was put away, brought back."""

import re
from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.editorial import actions, queries, sketch_queries
from pupitre.editorial.models import Post, Sketch
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt

PAGE = 30
ASIDE = "gone-"  # before the name of a field whose channel was taken out


def new_key() -> str:
    """The name of a page that has no post yet."""
    return token_urlsafe(9)


def fields_sent(sketch: Sketch) -> QueryDict:
    """The fields of a sketch, as a browser would send them."""
    sent = QueryDict(mutable=True)
    for name, value in sketch.fields:
        sent.appendlist(name, value)
    sent["sketch"] = sketch.key
    return sent


def hers(request: DeskRequest, key: str) -> Sketch | None:
    """What she was typing on that page; nobody else's, and nothing for who does not write."""
    return sketch_queries.sketch(request.member, key) if may(request.member.role, "write") else None


def with_what_was_aside(sent: QueryDict) -> QueryDict:
    """The form as sent; the text that was taken out is in again when its button was pressed."""
    if "put_back" not in sent:
        return sent
    whole = sent.copy()
    for name in [one for one in sent if one.startswith(ASIDE)]:
        whole[name.removeprefix(ASIDE)] = whole.pop(name)[-1]
    return whole


def set_aside(sent: QueryDict) -> list[tuple[str, str]]:
    """The fields of the channel that is being taken out, under another name: one gesture brings them back."""
    removed = sent.get("remove", "")
    if not (removed.isascii() and removed.isdecimal()):
        return [(name, str(sent[name])) for name in sent if name.startswith(ASIDE) and "put_back" not in sent]
    own = re.compile(rf"(?!alt-)[a-z]+-{removed}(-\d+)?")
    return [(f"{ASIDE}{name}", str(sent[name])) for name in sent if own.fullmatch(name)]


@require_POST
@member_view
def typing(request: DeskRequest) -> HttpResponse:
    """Keep the form as it stands, without judging it; answers when, and where a reload finds it again."""
    named, read_at, key = (request.POST.get(name, "") for name in ("post", "revision", "sketch"))
    post = mine(request, queries.posts(request.organisation), _whole(named)) if named else None
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]

    def keep() -> Sketch:
        revision = _whole(read_at) if read_at else None
        return actions.keep_sketch(fields, by=request.member, post=post, key=key, revision=revision)

    done, sheet = attempt(keep, request.POST)
    if done is None:
        return render(request, "editorial/kept.html", {"words": sheet.summary}, status=sheet.status)
    slug = request.organisation.slug
    there = reverse("editorial:post", args=[slug, post.pk]) if post else reverse("editorial:compose", args=[slug])
    there += "" if post else f"?sketch={done.key}"
    if not request.htmx:
        return redirect(there)
    answer = render(request, "editorial/kept.html", {"at": timezone.now()})
    answer["HX-Replace-Url"] = there
    return answer


def _whole(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


@require_POST
@member_view
def throw_away(request: DeskRequest) -> HttpResponse:
    """Forget what was being typed, on a post or on a page that has none."""
    named, slug = request.POST.get("post", ""), request.organisation.slug
    post = mine(request, queries.posts(request.organisation), _whole(named)) if named else None
    key = request.POST.get("sketch", "")
    done, sheet = attempt(lambda: actions.forget_sketch(by=request.member, post=post, key=key), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
    elif done:
        messages.success(request, _("What was being typed is thrown away."))
    return redirect("editorial:post", slug, post.pk) if post else redirect("editorial:compose", slug)


@member_view
def away(request: DeskRequest) -> HttpResponse:
    """Posts that were put away, the last first, each with the gesture that brings it back."""
    put = queries.put_away(request.organisation)
    before = request.GET.get("before", "")
    page = list((put.filter(pk__lt=_whole(before)) if _whole(before) else put)[: PAGE + 1])
    context = {
        "posts": page[:PAGE], "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/away.html", context)


@require_POST
@member_view
def bring_back(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk)
    done, sheet = attempt(lambda: actions.bring_back_post(post, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
        return redirect("editorial:away", request.organisation.slug)
    messages.success(request, _("The post is back, as a draft. What was agreed must be agreed again."))
    return redirect("editorial:post", request.organisation.slug, pk)
