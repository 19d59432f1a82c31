"""Pages of people who have no account: what is kept of them and what they agreed to, and a question to answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pupitre.core.rules.refusals import Refusal
from pupitre.relations import chain_queries as reads
from pupitre.relations import links, queries
from pupitre.relations.actions import chains, consents, rights
from pupitre.relations.models import Contact
from pupitre.relations.rules import words
from pupitre.shell.web.sheet import attempt

N_ = str
PROOF = "said on her own page"


def hers(request: HttpRequest, token: str) -> HttpResponse:
    """A person's own page: she agrees, takes back, objects; she sees who searched and was shown her."""
    contact = links.whose(token)
    if contact is None:
        raise Http404
    with translation.override(contact.organisation.language):
        if request.method == "POST":
            done, sheet = attempt(lambda: _say(contact, request), {})
            words_ = _("Done, from this second on.") if done else sheet.summary
            (messages.success if done else messages.error)(request, words_)
            return redirect("hers", token)
        return render(request, "relations/hers.html", _hers(contact))


def _say(contact: Contact, request: HttpRequest) -> bool:
    purpose, act = request.POST.get("purpose", ""), request.POST.get("act", "")
    if act == "object":
        rights.object_to(contact, by=None)
    elif act == "agree":
        consents.come_back(contact)
        consents.accept(contact, purpose, by=None, proof=PROOF)
    elif act == "withdraw":
        for row in contact.consents.filter(purpose=purpose, state="accepted"):
            consents.withdraw(row, by=None)
    else:
        raise Refusal(N_("Choose one of these."))
    return True


def _hers(contact: Contact) -> dict[str, object]:
    today = timezone.localdate()
    living = {
        row.purpose for row in contact.consents.filter(state="accepted")
        if queries.consent_state(row, contact, today=today).value == "accepted"
    }  # fmt: skip
    return {
        "person": contact, "told": rights.told(contact)["person"], "objected": contact.objected_on,
        "purposes": [(key, _(label), key in living) for key, label in words.PURPOSES.items()],
        "searches": list(reads.seen_in(contact)[:20]),
    }  # fmt: skip


def asked(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody is asked: to introduce, or to be introduced. She may say no, or nothing: it looks the same."""
    found = links.question(token)
    if found is None:
        raise Http404
    one, person = found
    with translation.override(one.organisation.language):
        if request.method == "POST":
            done, sheet = attempt(
                lambda: chains.answer_request(one, yes=request.POST.get("answer") == "yes", person=person), {}
            )
            if done is None:
                messages.error(request, sheet.summary)
            return redirect("asked", token)
        return render(request, "relations/asked.html", _asked(request, person, token))


def _asked(request: HttpRequest, person: Contact, token: str) -> dict[str, object]:
    found = links.question(token)
    assert found is not None
    one = found[0]
    turn = chains.whose_turn(one)
    is_open = turn == person.pk and reads.seen_by_asked(one, now=timezone.now()).value != "closed_quietly"
    after = reads.last_yes(one) == person.pk and turn not in (0, person.pk)
    return {
        "one": one, "person": person, "open": is_open, "target": person.pk == one.target_id,
        "met": one.step in reads.ENDED and person.pk == one.target_id,
        "next": request.build_absolute_uri(links.asked(one, turn)) if after else "",
    }  # fmt: skip
