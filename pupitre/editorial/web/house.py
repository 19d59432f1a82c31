"""How the house presents itself, the days that matter to it, its writing help, and what a post sells."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.channels.models import Channel
from pupitre.core.rules.roles import may
from pupitre.editorial import actions, around_queries, queries
from pupitre.editorial.models import AccountCard, IdentityKit, Post, Product, Season, WritingHelp
from pupitre.editorial.rules.identity import PARTS
from pupitre.editorial.rules.products import warning
from pupitre.editorial.web.around import amount, day_of
from pupitre.library.models import Media
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt, said

N_ = str
SHOWN = 60


@member_view
def identity(request: DeskRequest) -> HttpResponse:
    """The kit of the house, and each account beside it."""
    kit = around_queries.kit_of(request.organisation)
    values: dict[str, object] = {"name": request.organisation.name}
    if kit:
        values = {"name": kit.name, "description": kit.description, "link": kit.link, "image": kit.image_id or ""}
    return _identity(request, Sheet(values))


def _identity(request: DeskRequest, sheet: Sheet, *, chosen: int = 0) -> HttpResponse:
    here = request.organisation
    kit = around_queries.kit_of(here)
    shown = around_queries.cards(here, kit)
    astray = sum(bool(one.drifts) for one in shown)
    if kit is None:
        title = _("The house has not said yet how it presents itself.")
    elif astray:
        title = ngettext("One account does not say what we say.", "%(n)s accounts do not say what we say.", astray) % {
            "n": astray
        }
    else:
        title = _("Every account says the same of us.")
    images = [("", _("No image")), *((one.pk, one.name) for one in queries.pickable(here, (), latest=12))]
    context = {
        "title": title, "kit": kit, "sheet": sheet, "chosen": chosen, "images": images,
        "shown": [{"one": one, "drifts": [(_(PARTS[part.part]), part) for part in one.drifts]} for one in shown],
        "may_set": may(request.member.role, "set_charter"), "may_write": may(request.member.role, "write"),
    }  # fmt: skip
    return render(request, "editorial/identity.html", context, status=sheet.status)


@require_POST
@member_view
def set_kit(request: DeskRequest) -> HttpResponse:
    typed = request.POST
    number = typed.get("image", "")
    image = mine(request, Media, int(number[:18])) if number.isascii() and number.isdecimal() else None

    def keep() -> IdentityKit:
        return actions.set_kit(
            by=request.member, name=typed.get("name", ""), description=typed.get("description", ""),
            link=typed.get("link", "").strip(), image=image,
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _identity(request, sheet)
    messages.success(request, _("Kept: each account is compared with it."))
    return redirect("editorial:identity", request.organisation.slug)


@require_POST
@member_view
def read_card(request: DeskRequest, pk: int) -> HttpResponse:
    channel, typed = mine(request, Channel, pk), request.POST

    def keep() -> AccountCard:
        return actions.read_card(
            channel, by=request.member, on=timezone.localdate(), name=typed.get("name", ""),
            description=typed.get("description", ""), link=typed.get("link", ""), image=bool(typed.get("image")),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _identity(request, sheet, chosen=pk)
    messages.success(request, _("The card is kept as you read it today."))
    return redirect("editorial:identity", request.organisation.slug)


@member_view
def seasons(request: DeskRequest) -> HttpResponse:
    """Days that matter here: the score shows them."""
    return _seasons(request, Sheet())


def _seasons(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    today = timezone.localdate()
    kept = list(around_queries.seasons(request.organisation).filter(ends_on__gte=today)[:SHOWN])
    now = [one.name for one in kept if one.begins_on <= today]
    if now:
        title = _("Today: %(names)s.") % {"names": ", ".join(now[:3])}
    elif kept:
        title = _("Next: %(name)s.") % {"name": kept[0].name}
    else:
        title = _("No day of our own is written.")
    context = {"title": title, "kept": kept, "sheet": sheet, "may_set": may(request.member.role, "set_charter")}
    return render(request, "editorial/seasons.html", context, status=sheet.status)


@require_POST
@member_view
def add_season(request: DeskRequest) -> HttpResponse:
    typed = request.POST

    def keep() -> Season:
        first = day_of(typed, "begins_on")
        return actions.add_season(
            by=request.member, name=typed.get("name", ""), begins_on=first,
            ends_on=day_of(typed, "ends_on", default=first),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _seasons(request, sheet)
    messages.success(request, _("These days are on the score."))
    return redirect("editorial:seasons", request.organisation.slug)


@require_POST
@member_view
def paste_seasons(request: DeskRequest) -> HttpResponse:
    typed = request.POST
    file = request.FILES.get("file")
    text = file.read(500_000).decode("utf-8", "replace") if file else typed.get("calendar", "")[:500_000]
    done, sheet = attempt(lambda: actions.paste_seasons(by=request.member, calendar=text), typed)
    if done is None:
        return _seasons(request, sheet)
    words = ngettext("One period is on the score.", "%(n)s periods are on the score.", len(done))
    messages.success(request, words % {"n": len(done)})
    return redirect("editorial:seasons", request.organisation.slug)


@require_POST
@member_view
def remove_season(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_season(mine(request, Season, pk), by=request.member)
    return redirect("editorial:seasons", request.organisation.slug)


@member_view
def helping(request: DeskRequest) -> HttpResponse:
    """The machine that helps to write, if the house wants one."""
    kept = around_queries.help_of(request.organisation)
    return _helping(request, Sheet({"on": "1" if kept.on else "", "address": kept.address, "model": kept.model}))


def _helping(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    kept = around_queries.help_of(request.organisation)
    title = (
        _("A machine helps to write: %(model)s.") % {"model": kept.model} if kept.on else _("No machine writes here.")
    )
    context = {
        "title": title, "kept": kept, "sheet": sheet, "may_set": may(request.member.role, "set_organisation"),
    }  # fmt: skip
    return render(request, "editorial/helping.html", context, status=sheet.status)


@require_POST
@member_view
def set_help(request: DeskRequest) -> HttpResponse:
    typed = request.POST

    def keep() -> WritingHelp:
        return actions.set_help(
            by=request.member, on=bool(typed.get("on")), address=typed.get("address", "").strip(),
            model=typed.get("model", ""), key=typed.get("key", ""),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _helping(request, sheet)
    messages.success(request, _("The writing help is kept as you said."))
    return redirect("editorial:helping", request.organisation.slug)


@require_POST
@member_view
def set_product(request: DeskRequest, pk: int) -> HttpResponse:
    post, typed = mine(request, Post, pk), request.POST
    days = typed.get("fresh_days", "7")

    def keep() -> Product:
        return actions.set_product(
            post, by=request.member, name=typed.get("name", ""), address=typed.get("address", ""),
            price=amount(typed.get("price", "")), currency=typed.get("currency", "EUR") or "EUR",
            checked_on=day_of(typed, "checked_on", default=timezone.localdate()),
            fresh_days=int(days[:4]) if days.isascii() and days.isdecimal() else 0,
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _product(request, post, sheet)
    messages.success(request, _("The product is kept, with the day its price was checked."))
    return redirect("editorial:post", request.organisation.slug, pk)


@member_view
def product(request: DeskRequest, pk: int) -> HttpResponse:
    """What a post sells, where, at which price, and when somebody looked."""
    post = mine(request, Post.objects.select_related("product"), pk)
    kept = getattr(post, "product", None)
    values: dict[str, object] = {"checked_on": timezone.localdate(), "fresh_days": 7, "currency": "EUR"}
    if kept:
        values |= {name: getattr(kept, name) for name in ("name", "address", "price", "currency", "fresh_days")}
    return _product(request, post, Sheet(values))


def _product(request: DeskRequest, post: Post, sheet: Sheet) -> HttpResponse:
    kept = Product.objects.filter(post=post).first()
    title = _("%(name)s is sold through this post.") % {"name": kept.name} if kept else _("This post sells nothing.")
    old = warning(kept.name, kept.checked_on, kept.fresh_days, on=timezone.localdate()) if kept else None
    context = {
        "title": title,
        "warning": said(old) if old else "",
        "post": post,
        "kept": kept,
        "sheet": sheet,
        "may_write": may(request.member.role, "write"),
    }
    return render(request, "editorial/product.html", context, status=sheet.status)


@require_POST
@member_view
def remove_product(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_product(mine(request, Post, pk), by=request.member)
    messages.success(request, _("This post sells nothing any more."))
    return redirect("editorial:product", request.organisation.slug, pk)
