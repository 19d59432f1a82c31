"""A client reads one post through her link, and agrees or says what must change. No account, nobody else's server."""

import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.core.rules.refusals import NotFound
from pupitre.editorial import actions, queries
from pupitre.editorial import agreeing_queries as agreeing
from pupitre.editorial.models import Guest, Variant
from pupitre.editorial.web.readings import shown_texts
from pupitre.editorial.web.throttle import address, too_often
from pupitre.library.crops import seen
from pupitre.library.storage import place
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str
READS, WRITES, STRANGERS = 120, 20, 30  # a minute
View = Callable[..., HttpResponse]


def guest_view(view: View) -> View:
    """Let in who holds a living link, in her language and in the organisation's hours; not too often."""

    @wraps(view)
    def wrapped(request: HttpRequest, link: str, *args: Any, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        guest = agreeing.guest_of(link, now=now)
        if guest is None:
            if too_often("stranger", address(request), most=STRANGERS, now=now):
                return _sealed(render(request, "editorial/guest_wait.html", status=429))
            return _sealed(render(request, "editorial/guest_closed.html", status=404))
        most = WRITES if request.method == "POST" else READS
        asked = request.GET.get("lang", "")
        with (
            timezone.override(zoneinfo.ZoneInfo(guest.organisation.timezone)),
            translation.override(asked if asked in {"fr", "en"} else guest.language),
        ):
            if too_often(str(request.method), guest.key, most=most, now=now):
                return _sealed(render(request, "editorial/guest_wait.html", status=429))
            answer = _sealed(view(request, guest, *args, **kwargs))
            answer.headers["Content-Language"] = translation.get_language() or "fr"
            return answer

    return wrapped


def _sealed(answer: HttpResponse) -> HttpResponse:
    """Not indexed, not kept by anything on the way, and its address told to nobody."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer


@guest_view
def page(request: HttpRequest, guest: Guest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, guest)
    variant = _variant(guest, request.POST.get("variant", ""))
    done, sheet = attempt(lambda: _speak(request, guest, variant), request.POST)
    if done is None:
        return _page(request, guest, sheet, chosen=variant.pk)
    lang = request.GET.get("lang", "")
    query = f"?lang={lang}&said={done}" if lang in {"fr", "en"} else f"?said={done}"
    return redirect(f"{reverse('guest', args=[agreeing.link_of(guest)])}{query}#text-{variant.pk}")


def _speak(request: HttpRequest, guest: Guest, variant: Variant) -> str:
    words, digest = request.POST.get("words", ""), request.POST.get("digest", "")
    match request.POST.get("then", ""):
        case "agree":
            actions.guest_agrees(guest, variant, digest=digest)
            return "agree"
        case "change":
            actions.guest_asks_change(guest, variant, words, digest=digest)
            return "change"
        case "remark":
            actions.guest_remarks(guest, variant, words, about=request.POST.get("about", ""))
            return "remark"
    raise NotFound


def _variant(guest: Guest, typed: str) -> Variant:
    asked = Variant.objects.select_related("post__organisation", "channel").filter(
        post_id=guest.post_id, asked_at__isnull=False
    )
    found = asked.filter(pk=int(typed[:15])).first() if typed.isascii() and typed.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, guest: Guest, sheet: Sheet | None = None, *, chosen: int = 0) -> HttpResponse:
    post = actions.guest_reads(guest)
    variants = [one for one in post.variants.all() if one.asked_at or one.approved_at]
    kept = agreeing.reviews(post)
    mine = [one for one in kept if one.guest_id == guest.pk]
    texts = shown_texts(post, variants, rules=agreeing.rules_of(guest.organisation), kept=kept, reading=None)
    for one in texts:
        one["proof"] = [line for line in one["proof"] if line["review"].guest_id == guest.pk]
        one["remarks"] = [line for line in one["remarks"] if line["review"].guest_id == guest.pk]
        one["mine"] = next(
            (r.verdict for r in reversed(mine) if r.verdict in agreeing.SPOKEN
             and r.version.channel_id == one["channel"].pk and r.version.digest == one["standing"].digest), "",
        )  # fmt: skip
    context = {
        "guest": guest, "organisation": None, "house": guest.organisation, "post": post, "texts": texts,
        "sheet": sheet, "chosen": chosen, "link": agreeing.link_of(guest), "media": queries.media_of(post),
        "title": _title(texts), "said": request.GET.get("said", ""), "lang": translation.get_language(),
        "asked_lang": request.GET.get("lang", ""),
    }  # fmt: skip
    return render(request, "editorial/guest.html", context, status=sheet.status if sheet else 200)


def _title(texts: Sequence[Mapping[str, Any]]) -> str:
    left = sum(not one["mine"] and not one["promised"] for one in texts)
    if left:
        return ngettext("One text waits for your agreement.", "%(n)s texts wait for your agreement.", left) % {
            "n": left
        }
    if any(one["mine"] for one in texts):
        return _("You have answered for every text.")
    return _("Nothing is asked of you for now.")


@guest_view
def image(request: HttpRequest, guest: Guest, pk: int, network: str) -> HttpResponse:
    """An image of this post as one network shows it, and no other."""
    attached = guest.post.attachments.select_related("media").filter(media_id=pk).first()
    path = place(attached.media.path) if attached else None
    if attached is None or path is None or not path.exists():
        raise Http404
    answer = HttpResponse(seen(attached.media, network), content_type=attached.media.mime)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
