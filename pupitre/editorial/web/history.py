"""Every version of a post's texts, what changed from one to the next, and one click to bring one back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.rules.roles import may
from pupitre.editorial import actions
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.models import Post, Variant, Version
from pupitre.editorial.rules.draft import Draft
from pupitre.editorial.rules.forms import form_of
from pupitre.editorial.rules.worddiff import Piece, differences
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import attempt

PAGE = 20


@member_view
def history(request: DeskRequest, pk: int) -> HttpResponse:
    post = mine(request, Post, pk, dropped_at__isnull=True)
    before = request.GET.get("before", "")
    kept = agreeing.versions(post)
    page = list((kept.filter(id__lt=int(before[:18])) if before.isascii() and before.isdecimal() else kept)[: PAGE + 1])
    earlier = agreeing.before(page)
    current = {one.channel_id: whole(one) for one in post.variants.all()}
    context = {
        "post": post, "versions": [_row(one, earlier.get(one.pk), current) for one in page[:PAGE]],
        "older": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/history.html", context)


def _row(version: Version, earlier: Version | None, current: dict[int, str]) -> dict[str, Any]:
    now = whole(version)
    pieces = differences(whole(earlier), now) if earlier else [Piece("kept", now)]
    images = earlier is not None and earlier.media != version.media
    return {
        "version": version, "pieces": pieces, "first": earlier is None, "images": images,
        "same": current.get(version.channel_id) == now, "here": version.channel_id in current,
    }  # fmt: skip


def whole(said: Version | Variant) -> str:
    """Every word of it: the text, the parts, the options, the first comment."""
    return form_of(said.form).whole(said.text)


@require_POST
@member_view
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    version = mine(request, Version.objects.select_related("post__organisation", "channel"), pk)
    done, sheet = attempt(lambda: actions.restore(version, by=request.member), request.POST)
    if done is None:
        messages.error(request, sheet.summary)
    else:
        messages.success(request, _("The text is as it was then. What stood there is kept as a version too."))
    return redirect("editorial:history", request.organisation.slug, version.post_id)


def conflicts(post: Post, draft: Draft) -> Sequence[dict[str, Any]]:
    """For each text that two people wrote: from what is kept now to what was just typed."""
    kept = {one.channel_id: one for one in post.variants.all()}
    typed = {text.channel_id: text.form.whole(text.text) for text in draft.texts}
    return [
        {"channel": one.channel, "pieces": differences(whole(one), typed[channel_id])}
        for channel_id, one in kept.items()
        if channel_id in typed and typed[channel_id] != whole(one)
    ]
