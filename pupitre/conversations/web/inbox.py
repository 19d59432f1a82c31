"""The list of people who wait, by when an answer is due; one conversation; search; what was said elsewhere."""

from datetime import datetime, time, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pupitre.conversations import actions, care_queries, queries
from pupitre.conversations.actions.bulk import GESTURES
from pupitre.conversations.care_queries import bulk_entry
from pupitre.conversations.conducting import conducted
from pupitre.conversations.models import Message, SavedReply, Thread
from pupitre.conversations.rules.answers import filled
from pupitre.conversations.rules.priorities import KIND_NAMES
from pupitre.conversations.search import SHOWN, found
from pupitre.conversations.web.thread import last_said, spoken, thread_context
from pupitre.shell import rail
from pupitre.shell.web.access import DeskRequest, member_view, mine
from pupitre.shell.web.sheet import Sheet, attempt

PAGE = 25
BESIDE = 12  # beside an open conversation
KEPT = ("kind", "only", "channel")


@member_view
def inbox(request: DeskRequest) -> HttpResponse:
    """Everyone who waits, by when an answer is due."""
    return show_list(request)


def show_list(request: DeskRequest, bulking: Sheet | None = None) -> HttpResponse:
    """The list's own page; a refused gesture comes back with its reason."""
    context = list_context(request) | _around(request) | {"bulking": bulking, "done": _done(request)}
    context["gestures"] = [(key, _(name)) for key, name in GESTURES.items()]
    return render(request, "conversations/inbox.html", context, status=bulking.status if bulking else 200)


def _done(request: DeskRequest) -> dict[str, Any] | None:
    """What was just done to several at once, so that it can be taken back."""
    entry = bulk_entry(request.member, queries.number(request.GET.get("done", "")))
    if entry is None:
        return None
    return {"pk": entry.pk, "count": len(entry.detail["done"]), "left": entry.detail["left"]}


def list_context(
    request: DeskRequest, *, chosen: Thread | None = None, said: list[Message] | None = None
) -> dict[str, Any]:
    """The list beside the thread: filtered, cut in sections, paged by key; and who should answer each."""
    here, now = request.organisation, timezone.now()
    only, kind, after = (request.GET.get(name, "") for name in ("only", "kind", "after"))
    channel = queries.number(request.GET.get("channel", ""))
    kept = queries.kept(queries.waiting(here), by=request.member, kind=kind, only=only, channel=channel)
    size = PAGE if chosen is None else BESIDE
    page = list(queries.remembering(queries.after(kept, after), now=now)[: size + 1])
    last = last_said(said or [])
    shown = [*page[:size], *([chosen] if chosen else [])]
    texts = {chosen.pk: last.text} if chosen and last else {}
    desk = conducted(here, shown, now=now, texts=texts)
    rows = [
        {
            "thread": thread, "proposed": desk.proposed[thread.pk],
            "clock": queries.clock_of(thread, now=now, pauses=False, organisation=here),
        }
        for thread in page[:size]
    ]  # fmt: skip
    more = len(page) > size
    return {
        "sections": _sections(rows, now), "chosen": chosen.pk if chosen else None, "desk": desk,
        "kinds": _kinds(kind), "only": only, "kind": kind,
        "whole": reverse("conversations:inbox", args=[here.slug]), "narrowed": bool(only or kind or after),
        "older": _older(request, page[size - 1]) if more else "",
    }  # fmt: skip


def _around(request: DeskRequest) -> dict[str, Any]:
    """What only the list's own page says: how many wait, who is paused, what was closed today."""
    here = request.organisation
    waiting = queries.count_waiting(here)
    rail.remember("conversations", request.member, waiting)
    first = not request.GET.get("after")
    return {
        "waiting": waiting, "many": waiting > queries.COUNTED, "counted": queries.COUNTED,
        "paused": list(queries.paused(here)[:8]) if first else [],
        "causes": list(care_queries.causes_now(here, now=timezone.now())[:3]) if first else [],
        "closed": list(queries.closed_today(here, since=_midnight())[:8]) if first else [],
    }  # fmt: skip


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min))


def _older(request: DeskRequest, last: Thread) -> str:
    return f"?{_kept_query(request, after=queries.key_of(last))}"


def _kept_query(request: DeskRequest, **more: str) -> str:
    """The filters in force, for the next address."""
    return urlencode({key: request.GET[key][:60] for key in KEPT if request.GET.get(key)} | more)


def _kinds(chosen: str) -> list[tuple[str, str, bool]]:
    return [(kind, _(name), kind == chosen) for kind, name in KIND_NAMES.items()]


def _sections(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Late, before noon, today, later: by when an answer is due, in local time."""
    noon = _midnight() + timedelta(hours=12)
    evening = _midnight() + timedelta(days=1)
    names = [_("Late"), _("Before noon"), _("Today"), _("Later")]
    found: list[list[dict[str, Any]]] = [[], [], [], []]
    for row in rows:
        due = row["thread"].due_at
        index = 3 if due is None or due >= evening else 0 if due < now else 1 if due < noon else 2
        found[index].append(row)
    return [{"name": name, "rows": part} for name, part in zip(names, found, strict=True) if part]


@member_view
def thread(request: DeskRequest, pk: int) -> HttpResponse:
    """One conversation; `?reply=` begins the answer with a saved one."""
    here = found_thread(request, pk)
    chosen = queries.number(request.GET.get("reply", ""))
    if chosen is None:
        return show(request, here)
    saved = mine(request, SavedReply, chosen)
    name = here.contact.name if here.contact else ""
    return show(request, here, reply=Sheet({"text": filled(saved.text, name=name, house=here.organisation.name)}))


def found_thread(request: DeskRequest, pk: int) -> Thread:
    """A thread of this organisation with what its page says, or 404."""
    return cast(Thread, mine(request, cast(Any, queries.remembering(queries.whole(), now=timezone.now())), pk))


def show(request: DeskRequest, thread: Thread, **sheets: Sheet | None) -> HttpResponse:
    """One conversation with the list beside it; refused sheets come back with what was typed."""
    said = spoken(thread)
    context = list_context(request, chosen=thread, said=said)
    context |= thread_context(request, thread, said=said, desk=context["desk"]) | sheets
    context["kept"] = _kept_query(request)
    refused = [sheet.status for sheet in sheets.values() if sheet is not None and sheet.status >= 400]
    return render(request, "conversations/thread.html", context, status=refused[0] if refused else 200)


@member_view
def search(request: DeskRequest) -> HttpResponse:
    """Full text, accents folded, newest first."""
    words = request.GET.get("q", "").strip()[:200]
    before = queries.number(request.GET.get("before", ""))
    hits = found(request.organisation, words, before=before) if words else []
    older = f"?{urlencode({'q': words, 'before': hits[-1].pk})}" if len(hits) == SHOWN else ""
    return render(request, "conversations/search.html", {"words": words, "hits": hits, "older": older})


@member_view
def add(request: DeskRequest) -> HttpResponse:
    """A call, a letter, a word at the counter."""
    values = request.POST.dict()
    sheet = Sheet(values)
    if request.method == "POST":
        kept, sheet = attempt(
            lambda: actions.add_by_hand(
                by=request.member, text=values.get("text", ""), author_name=values.get("author_name", "")
            ),
            values,
        )
        if kept is not None:
            messages.success(request, _("The conversation is open: its clock runs."))
            return redirect("conversations:thread", request.organisation.slug, kept.pk)
    return render(request, "conversations/add.html", {"sheet": sheet}, status=sheet.status)
