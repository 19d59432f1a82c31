"""What is kept of each account, the file that holds it all, and what came from elsewhere."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.archive import actions, queries
from pupitre.archive.models import Kept, KeptFile
from pupitre.archive.packing import kept_path, packed
from pupitre.channels.models import Channel
from pupitre.core.actions import require
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.library.storage import place
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
PAGE = 15
SHOWN = {"image/jpeg", "image/png", "image/gif", "image/webp"}  # the browser may draw these, and only these


@member_view
def archive(request: DeskRequest) -> HttpResponse:
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None) -> HttpResponse:
    shelves = queries.shelves(request.organisation)
    words = request.GET.get("words", "").strip()[:100]
    before = _key(request.GET.get("before", ""))
    rows = list(queries.found(request.organisation, words=words, before=before)[: PAGE + 1])
    here = sum(one.sent + one.heard for one in shelves)
    imported = Kept.objects.filter(organisation=request.organisation).count()
    context: dict[str, Any] = {
        "shelves": shelves, "rows": rows[:PAGE], "words": words, "sheet": sheet, "imported": imported,
        "title": _title(here, imported),
        "older": f"?words={words}&before={_mark(rows[PAGE - 1])}" if len(rows) > PAGE else "",
        "may_export": may(request.member.role, "set_organisation"),
        "may_close": may(request.member.role, "close_platform"),
    }  # fmt: skip
    return render(request, "archive/archive.html", context, status=sheet.status if sheet else 200)


def _title(here: int, imported: int) -> str:
    if not here + imported:
        return _("Nothing was said or heard yet.")
    words = ngettext("%(n)s message is kept as yours.", "%(n)s messages are kept as yours.", here + imported)
    return words % {"n": here + imported}


def _mark(row: Kept) -> str:
    return f"{row.at.timestamp():.6f}_{row.pk}"


def _key(text: str) -> tuple[datetime, int] | None:
    at, _sign, pk = text.partition("_")
    try:
        return datetime.fromtimestamp(float(at), timezone.get_default_timezone()), min(int(pk), 2**53)
    except (ValueError, OverflowError, OSError):
        return None


@member_view
def export(request: DeskRequest) -> HttpResponse | FileResponse:
    """The zip of one account, or of all."""
    require(request.member, "set_organisation")
    given = request.GET.get("channel", "")
    channel = mine(request, Channel, int(given)) if given.isascii() and given.isdigit() and len(given) < 17 else None
    name = f"{request.organisation.slug}-{channel.network}" if channel else f"{request.organisation.slug}-archive"
    return FileResponse(
        packed(request.organisation, channel, now=timezone.now()), as_attachment=True, filename=f"{name}.zip",
        content_type="application/zip",
    )  # fmt: skip


@require_POST
@member_view
def take_in(request: DeskRequest) -> HttpResponse:
    file = request.FILES.get("file")

    def act() -> int:
        if file is None or isinstance(file, list):
            raise Refusal(N_("Choose a file."), [Fault("file", N_("Choose a file."))])
        return actions.take_back_in(file, by=request.member) + 1  # nothing new is no refusal

    done, sheet = attempt(act, {})
    if done is None:
        return _page(request, sheet)
    new = done - 1
    text = ngettext("%(n)s message was taken in.", "%(n)s messages were taken in.", new) % {"n": new}
    messages.success(request, text if new else _("Everything in this archive was here already."))
    return redirect("archive:archive", request.organisation.slug)


@member_view
def file(request: DeskRequest, pk: int) -> FileResponse:
    """A file that came with an archive: drawn when it is an image, given otherwise."""
    one = get_object_or_404(KeptFile, pk=pk, kept__organisation=request.organisation)
    path = place(kept_path(request.organisation, one.digest))
    if not path.exists():
        raise Http404
    drawn = one.mime in SHOWN
    return FileResponse(
        path.open("rb"), content_type=one.mime if drawn else "application/octet-stream", as_attachment=not drawn,
        filename=one.digest[:12],
    )  # fmt: skip
