"""The composer: one form, kept as it is typed, checked at any time without keeping anything."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial import actions, queries
from pupitre.editorial.models import Post, Sketch
from pupitre.editorial.rules.draft import Draft, Text, channels_in, read
from pupitre.editorial.rules.forms import fields_of
from pupitre.editorial.rules.sketches import key_of
from pupitre.editorial.rules.times import moment, typed
from pupitre.editorial.sketch_queries import unfinished
from pupitre.editorial.web.history import conflicts
from pupitre.editorial.web.reading import SHOWN_MEDIA, Known, composer_context, draft_of, values_of
from pupitre.editorial.web.shapes import cut_into_parts, with_a_part_more
from pupitre.editorial.web.sketches import fields_sent, hers, new_key, set_aside, with_what_was_aside
from pupitre.library.actions import add_media
from pupitre.shell.web.access import DeskRequest, member_view
from pupitre.shell.web.sheet import Sheet, attempt, sheet_of

N_ = str


@member_view
def compose(request: DeskRequest) -> HttpResponse:
    """A new post; `?channel=` and `?due=` come from a place of the score."""
    channel = request.GET.get("channel", "")
    due_at = moment(request.GET.get("due", ""), zone=request.organisation.timezone)
    texts: tuple[Text, ...] = ()
    if channel.isascii() and channel.isdecimal() and len(channel) < 17:
        texts = (Text(int(channel), "", None if isinstance(due_at, Fault) else due_at),)
    begun = hers(request, request.GET.get("sketch", ""))
    if begun:
        return _taken_up(request, begun)
    known = Known.of(request.organisation)
    draft = Draft(texts=texts, objective_id=queries.only(known.objectives), voice_id=queries.only(known.voices))
    values = values_of(draft, zone=request.organisation.timezone) | {"sketch": new_key()}
    context = composer_context(request, draft, sheet=Sheet(values), known=known)
    context["unfinished"] = list(unfinished(request.member))
    return render(request, "editorial/composer.html", context)


def _taken_up(request: DeskRequest, begun: Sketch, post: Post | None = None) -> HttpResponse:
    """The composer as somebody left it; if the post has changed since then, with what differs."""
    sent = fields_sent(begun)
    draft, _faults = _typed(request, sent)
    context = composer_context(request, draft, sheet=Sheet(_with_hours(sent, draft)), post=post)
    context |= {"sketch": begun, "read_at": begun.revision}
    if post and begun.revision != post.revision:
        context["conflicts"] = conflicts(post, draft)
    return render(request, "editorial/composer.html", context)


@member_view
def post(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.opened(request.organisation, pk, latest=SHOWN_MEDIA)
    if found is None:
        raise Http404
    kept, images = found
    begun = hers(request, key_of(pk, ""))
    if begun:
        return _taken_up(request, begun, kept)
    draft = draft_of(kept)
    sheet = Sheet(values_of(draft, zone=request.organisation.timezone))
    context = composer_context(request, draft, sheet=sheet, post=kept, images=images)
    return render(request, "editorial/composer.html", context)


def _kept(request: DeskRequest, pk: int) -> Post:
    found = queries.in_full(request.organisation, pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: DeskRequest, draft: Draft, sheet: Sheet, *, post: Post | None = None, known: Known | None = None
) -> HttpResponse:
    context = composer_context(request, draft, sheet=sheet, post=post, known=known)
    if post and sheet.status == Conflict.status:
        context["conflicts"] = conflicts(post, draft)
    return render(request, "editorial/composer.html", context, status=sheet.status)


def _typed(request: DeskRequest, sent: QueryDict) -> tuple[Draft, list[Fault]]:
    """The form as a draft; a channel's text that was removed or added without keeping anything."""
    values = {key: str(value) for key, value in sent.items()}
    if values.get("remove", "").isdecimal():
        values.pop(f"text-{values['remove']}", None)
    added = values.get("add", "")
    if added.isascii() and added.isdecimal() and int(added[:16]) not in channels_in(values):
        values |= {f"text-{added[:16]}": "", f"due-{added[:16]}": _last_due(values)}
    return read(
        values,
        springs=sent.getlist("springs"),
        media=_ordered(sent.getlist("media"), values.get("up", "")),
        zone=request.organisation.timezone,
    )


def _with_hours(sent: QueryDict, draft: Draft) -> Any:
    """The values of the page: a text that has just been added shows the hour it was given."""
    values: Any = sent.copy()
    for text in draft.texts:
        values.setdefault(f"due-{text.channel_id}", typed(text.due_at, zone=timezone.get_current_timezone_name()))
    return values


def _ordered(media: list[str], up: str) -> list[str]:
    """The files in their order, the one whose button was pressed a place earlier."""
    at = media.index(up) if up in media else 0
    return [*media[: at - 1], up, media[at - 1], *media[at + 1 :]] if at else media


def _cut(request: DeskRequest, draft: Draft, channel_id: int) -> Draft:
    """One text cut into parts that fit its account."""
    channel = queries.everywhere(request.organisation).filter(pk=channel_id).first()
    if channel is None:
        return draft
    rule = (queries.limits(channel) or queries.UNKNOWN).text
    texts = tuple(cut_into_parts(one, rule) if one.channel_id == channel_id else one for one in draft.texts)
    return replace(draft, texts=texts)


def _last_due(values: dict[str, str]) -> str:
    """A text that is added starts from the hour of the one before it."""
    known = [values.get(f"due-{channel_id}", "") for channel_id in channels_in(values)]
    return known[-1] if known else ""


@require_POST
@member_view
def check(request: DeskRequest) -> HttpResponse:
    """Counters, faults and echo of what is being typed. Nothing is kept."""
    sent = with_what_was_aside(request.POST)
    draft, faults = _typed(request, sent)
    cut = request.POST.get("split", "")
    if cut.isascii() and cut.isdecimal():
        draft = _cut(request, draft, int(cut[:16]))
    post_id = request.POST.get("post", "")
    kept = _kept(request, int(post_id)) if post_id.isdecimal() and len(post_id) < 17 else None
    values = _with_hours(sent, draft)
    for text in draft.texts:
        if cut == str(text.channel_id):
            values.update({f"text-{cut}": text.text, **fields_of(text.form, text.channel_id)})
    sheet = Sheet(values)
    if faults:
        sheet.faults = sheet_of(values, Refusal("", faults)).faults
    context = composer_context(request, draft, sheet=sheet, post=kept)
    context |= {"aside": set_aside(sent), "unkept": True}
    if request.POST.get("part", "").isdecimal():
        context["texts"] = [with_a_part_more(one, request.POST["part"]) for one in context["texts"]]
    part = request.htmx and not {"add", "remove", "put_back", "part", "split", "up"} & set(request.POST)
    return render(request, "editorial/checked.html" if part else "editorial/composer.html", context)


@require_POST
@member_view
def write(request: DeskRequest) -> HttpResponse:
    return _keep(request, None)


@require_POST
@member_view
def save(request: DeskRequest, pk: int) -> HttpResponse:
    return _keep(request, _kept(request, pk))


def _keep(request: DeskRequest, kept: Post | None) -> HttpResponse:
    """Keep what was typed, then ask or approve if that was the button."""
    draft, faults = _typed(request, request.POST)
    revision = request.POST.get("revision", "")

    def keep() -> tuple[Post, Draft]:
        if faults:
            raise Refusal(N_("Some answers are missing or cannot be read."), faults)
        with_image = _with_upload(request, draft)
        read_at = int(revision) if revision.isdecimal() and len(revision) < 10 else None
        return actions.save_post(kept, with_image, by=request.member, revision=read_at), with_image

    done, sheet = attempt(keep, request.POST)
    if done is None:
        return _page(request, draft, sheet, post=_kept(request, kept.pk) if kept else None)
    written, draft = done
    actions.forget_sketch(by=request.member, post=kept, key=request.POST.get("sketch", ""))
    sheet = _then(request, written)
    if sheet.status >= 400:
        return _page(request, draft, sheet, post=_kept(request, written.pk))
    return redirect("editorial:post", request.organisation.slug, written.pk)


def _with_upload(request: DeskRequest, draft: Draft) -> Draft:
    file = request.FILES.get("file")
    if file is None:
        return draft
    added = add_media(file, by=request.member, name=str(file.name), alt=request.POST.get("file_alt", ""))
    return replace(draft, media_ids=tuple(dict.fromkeys((*draft.media_ids, added.pk))))


def _then(request: DeskRequest, written: Post) -> Sheet:
    """What the pressed button wants once the post is kept."""
    match request.POST.get("then", ""):
        case "ask":
            asked, sheet = attempt(lambda: actions.ask_approval(written, by=request.member), request.POST)
            if asked:
                words = ngettext("Approval is asked for one text.", "Approval is asked for %(n)s texts.", len(asked))
                messages.success(request, words % {"n": len(asked)})
            return sheet
        case "approve":
            return _approve_ready(request, written)
        case _:
            messages.success(request, _("Kept as a draft."))
            return Sheet(request.POST)


def _approve_ready(request: DeskRequest, written: Post) -> Sheet:
    """Each text on its own: one that is stopped does not keep the others from leaving."""
    refused, promised, agreed = Sheet(request.POST), 0, 0
    for variant in _kept(request, written.pk).variants.all():
        if variant.delivery_id and variant.approved_at:
            continue
        done, sheet = attempt(
            lambda one=variant: actions.approve(  # type: ignore[misc]
                one, by=request.member, duplicate_reason=request.POST.get("duplicate_reason", "")
            ),
            request.POST,
        )
        promised += done is not None and done.delivery_id is not None
        agreed += done is not None and done.delivery_id is None
        if done is None:
            refused.faults |= sheet.faults
            refused.examples |= sheet.examples
            refused.summary, refused.status = sheet.summary, sheet.status
    if promised:
        words = ngettext("One text is promised: it leaves at its hour.", "%(n)s texts are promised.", promised)
        messages.success(request, words % {"n": promised})
    if agreed:
        messages.success(request, _("Your agreement is kept. Somebody else must still agree."))
    return refused
