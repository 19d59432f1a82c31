"""One's own comfort and one's own keys to the API."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.core.models import ApiToken
from pupitre.core.rules.roles import RIGHTS, may
from pupitre.desk import actions
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt


@member_view
def comfort(request: DeskRequest) -> HttpResponse:
    """Language, theme, density, type, shortcuts: the person's, in every organisation."""
    if request.method == "POST":
        actions.set_comfort(request.member, **request.POST.dict())
        messages.success(request, _("Kept."))
        return redirect("desk:account", request.organisation.slug)
    return _page(request)


def _page(request: DeskRequest, sheet: Sheet | None = None, *, fresh: str = "") -> HttpResponse:
    tokens = ApiToken.objects.filter(member=request.member, revoked_at__isnull=True).order_by("id")
    context = {
        "sheet": sheet, "tokens": tokens, "fresh": fresh,
        "scopes": [(verb, _(words)) for verb, words in RIGHTS.items() if may(request.member.role, verb)],
        "languages": [("fr", "Français"), ("en", "English")],
        "themes": [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
        "densities": [("calm", _("Calm")), ("tight", _("Tight"))],
    }  # fmt: skip
    return render(request, "desk/account.html", context, status=sheet.status if sheet else 200)


@require_POST
@member_view
def make_key(request: DeskRequest) -> HttpResponse:
    """The key is shown once, in this answer, and never again."""
    values = {"name": request.POST.get("name", ""), "scopes": request.POST.getlist("scopes")}
    made, sheet = attempt(
        lambda: actions.make_token(str(values["name"]), by=request.member, scopes=request.POST.getlist("scopes")),
        values,
    )
    return _page(request, sheet if made is None else None, fresh=made[1] if made else "")


@require_POST
@member_view
def revoke_key(request: DeskRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, member=request.member, pk=pk)
    actions.revoke_token(token, by=request.member)
    messages.success(request, _("This key opens nothing any more."))
    return redirect("desk:account", request.organisation.slug)
