"""The rules of the house, and the balance of what was said."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.core.rules.roles import may
from pupitre.editorial import actions
from pupitre.editorial import manners_queries as manners
from pupitre.editorial.models import HouseRules
from pupitre.editorial.rules.words import SPRINGS
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt

N_ = str


@member_view
def rules(request: DeskRequest) -> HttpResponse:
    kept = manners.rules_of(request.organisation)
    values = {
        "avoid": "\n".join(kept.avoid), "own_sites": "\n".join(kept.own_sites), "emoji_most": kept.emoji_most,
        "strict": "on" if kept.strict else "", "push_ceiling": kept.push_ceiling,
        "election_from": kept.election_from or "", "election_to": kept.election_to or "",
    }  # fmt: skip
    return _page(request, Sheet(values))


def _page(request: DeskRequest, sheet: Sheet) -> HttpResponse:
    found = manners.balance(request.organisation, now=timezone.now())
    context = {
        "sheet": sheet, "may_set": may(request.member.role, "set_charter"), "balance": found,
        "title": _title(found), "springs": [(_(SPRINGS[key]), found.springs[key]) for key in SPRINGS],
        "push": round(100 * found.push / found.posts) if found.posts else 0,
        "talk": round(100 * found.talk.share),
        "service_missing": found.posts >= manners.ENOUGH and not found.springs["service"],
    }  # fmt: skip
    return render(request, "editorial/rules.html", context, status=sheet.status)


def _title(found: manners.Balance) -> str:
    if not found.posts:
        return _("Nothing was said for four weeks.")
    if found.tap:
        words = _("Most posts only lead to our own site: %(n)s of %(posts)s.")
        return words % {"n": found.own_links, "posts": found.posts}
    if found.talk.hint:
        return _("We speak of ourselves a good deal: %(share)s %% of the words that say who.") % {
            "share": round(100 * found.talk.share)
        }
    if found.push_over:
        return _("%(n)s posts out of %(posts)s push.") % {"n": found.push, "posts": found.posts}
    return ngettext("One post in four weeks, in balance.", "%(n)s posts in four weeks, in balance.", found.posts) % {
        "n": found.posts
    }


@require_POST
@member_view
def set_rules(request: DeskRequest) -> HttpResponse:
    typed = request.POST

    def number(name: str) -> int:
        words = typed.get(name, "")
        return int(words[:4]) if words.isascii() and words.isdecimal() else -1

    def day(name: str) -> date | None:
        words = typed.get(name, "").strip()
        try:
            return date.fromisoformat(words) if words else None
        except ValueError:
            text = N_("Write a date, such as 2027-11-24.")
            raise Refusal(text, [Fault(name, text)]) from None

    def keep() -> HouseRules:
        return actions.set_rules(
            by=request.member, avoid=typed.get("avoid", "").splitlines(), emoji_most=number("emoji_most"),
            strict=bool(typed.get("strict")), own_sites=typed.get("own_sites", "").splitlines(),
            push_ceiling=number("push_ceiling"), election_from=day("election_from"), election_to=day("election_to"),
        )  # fmt: skip

    done, sheet = attempt(keep, typed)
    if done is None:
        return _page(request, sheet)
    messages.success(request, _("The rules are kept: every text that waits follows them."))
    return redirect("editorial:rules", request.organisation.slug)
