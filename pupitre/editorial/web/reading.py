"""What the composer shows: the sheet as typed, each channel's text with its counter and what stops it, the echo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pupitre.channels.models import Channel
from pupitre.connectors.counting import length
from pupitre.connectors.prices import PRICED, price
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.core.models import Organisation
from pupitre.core.rules.roles import may
from pupitre.editorial import queries
from pupitre.editorial.actions.promises import delivery_state
from pupitre.editorial.collision_queries import other_tracks
from pupitre.editorial.manners_queries import manners_of
from pupitre.editorial.models import Post, Variant
from pupitre.editorial.rules import words
from pupitre.editorial.rules.collisions import TRACKS
from pupitre.editorial.rules.draft import Draft, Text
from pupitre.editorial.rules.echoes import Pair
from pupitre.editorial.rules.forms import fields_of, form_of
from pupitre.editorial.rules.manners import LABELS, Speaker, advice
from pupitre.editorial.rules.notes import begun, state_of
from pupitre.editorial.rules.times import typed
from pupitre.editorial.web.shapes import shape
from pupitre.library.models import Media
from pupitre.links.queries import faults_in
from pupitre.publishing.rules.late import ON
from pupitre.shell.drawings import RING_LENGTH, pixels
from pupitre.shell.web.access import DeskRequest
from pupitre.shell.web.sheet import Sheet, said
from pupitre.strategy.models import Objective, Voice
from pupitre.strategy.queries import objectives, voices

SHOWN_MEDIA = 12


def draft_of(post: Post) -> Draft:
    """A kept post as it would be typed again."""
    names = ("title", "relation", "expression", "reaction", "mode", "approach", "echo_reason", "label", "minutes")
    return Draft(
        **{name: getattr(post, name) for name in names},
        objective_id=post.objective_id,
        voice_id=post.voice_id,
        springs=tuple(post.springs),
        brief=post.brief,
        media_ids=tuple(item.pk for item in queries.media_of(post)),
        texts=tuple(Text(v.channel_id, v.text, v.due_at, form_of(v.form)) for v in post.variants.all()),
    )


def values_of(draft: Draft, *, zone: str) -> dict[str, object]:
    """The form's fields for a draft."""
    values: dict[str, object] = {
        name: getattr(draft, name) for name in ("title", *words.CLOSED_LISTS, "echo_reason", "label", "minutes")
    }
    values |= {"objective": draft.objective_id or "", "voice": draft.voice_id or "", "springs": list(draft.springs)}
    for text in draft.texts:
        values[f"text-{text.channel_id}"] = text.text
        values[f"due-{text.channel_id}"] = typed(text.due_at, zone=zone)
        values |= fields_of(text.form, text.channel_id)
        values[f"until-{text.channel_id}"] = typed(text.form.late.not_after, zone=zone)
    return values | dict(draft.brief)


@dataclass(frozen=True, slots=True)
class Known:
    """What a post may serve and who may speak."""

    objectives: Sequence[Objective]
    voices: Sequence[Voice]

    @classmethod
    def of(cls, organisation: Organisation) -> "Known":
        return cls(list(objectives(organisation)), list(voices(organisation)))


def composer_context(
    request: DeskRequest,
    draft: Draft,
    *,
    sheet: Sheet,
    post: Post | None = None,
    known: Known | None = None,
    images: Sequence[Media] | None = None,
) -> dict[str, Any]:
    """Everything the page and its live part need, in at most nine queries."""
    here = request.organisation
    places = {channel.pk: channel for channel in queries.everywhere(here)}
    if images is None:
        images = queries.pickable(here, draft.media_ids, latest=SHOWN_MEDIA)
    reading = queries.read_draft(here, draft, now=timezone.now(), places=places, shown=images)
    kept = {v.channel_id: v for v in post.variants.all()} if post else {}
    known = known or Known.of(here)
    voice = next((one for one in known.voices if one.pk == draft.voice_id), None)
    clashes = _clashes(here, draft, known, post)
    texts = [
        _shown(places[text.channel_id], text, kept.get(text.channel_id), reading, voice, clashes)
        for text in draft.texts
        if text.channel_id in places
    ]
    for one in texts:
        wrong = {name for name, _words in one["faults"]} | set(sheet.faults)
        one["late_open"] = one["form"].late != ON or bool(wrong & {one["until_name"], one["late_name"]})
    ready = [one for one in texts if one["ready"]]
    taken = {text.channel_id for text in draft.texts}
    return {
        "sheet": sheet, "post": post, "draft": draft, "texts": texts, "ready": len(ready),
        "all_promised": all(one["promised"] for one in texts),
        "free": [_free(channel) for pk, channel in places.items() if pk not in taken],
        "echoes": _echoes(reading.pairs, places), "copies": len({pair.second for pair in reading.pairs if pair.copied}),
        "may_approve": may(request.member.role, "approve"), "may_write": may(request.member.role, "write"),
        "link_faults": [
            (said(one), one.examples) for one in faults_in(here, "\n".join(text.text for text in draft.texts))
        ],
        "first_due": min((text.due_at for text in draft.texts if text.due_at), default=None),
        **_choices(draft, known, images),
    }  # fmt: skip


def _choices(draft: Draft, known: Known, images: Sequence[Media]) -> dict[str, Any]:
    chosen = [item for item in images if item.pk in draft.media_ids]
    chosen.sort(key=lambda item: draft.media_ids.index(item.pk))
    latest = [item for item in images if item.pk not in draft.media_ids]
    return {
        "chosen": [(item, draft.alts.get(item.pk, item.alt)) for item in chosen], "latest": latest,
        "objectives": [("", _("Choose")), *((o.pk, str(o)) for o in known.objectives)],
        "voices": [(voice.pk, voice.name) for voice in known.voices],
        "voice": next((voice for voice in known.voices if voice.pk == draft.voice_id), None),
        **{f"{name}s": named(answers) for name, answers in words.CLOSED_LISTS.items()},
        "labels": named(LABELS), "springs": named(words.SPRINGS),
        "brief": [(key, _(label), draft.brief.get(key, "")) for key, label in words.BRIEF.items()],
        "use": draft.brief.get("use", ""),
    }  # fmt: skip


def named(known: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(key, _(label)) for key, label in known.items()]


def _free(channel: Channel) -> tuple[Channel, bool]:
    """A channel that could speak too, and whether it publishes at all."""
    return channel, channel.posture != "listen_and_reply"


def _shown(
    channel: Channel, text: Text, variant: Variant | None, reading: queries.Reading, voice: Voice | None,
    clashes: Mapping[int, str],
) -> dict[str, Any]:  # fmt: skip
    rule = (queries.limits(channel) or queries.UNKNOWN).text
    used = length(text.text, rule)
    state = delivery_state(variant) if variant else ""
    written = (text.text, text.due_at, text.form.told())
    as_read = variant is not None and (variant.text, variant.due_at, variant.form) == written
    promised = bool(variant and variant.delivery_id and state != "cancelled" and as_read)
    faults: Sequence[Any] = () if promised else reading.faults[channel.pk]
    share = min(used / rule.limit, 1.0) if rule.limit else 0.0
    return {
        "channel": channel, "text": text.text, "due_at": text.due_at, "variant": variant,
        "text_name": f"text-{channel.pk}", "due_name": f"due-{channel.pk}", "used": used, "limit": rule.limit,
        "price": _priced(channel, text.text),
        "over": used > rule.limit, "dash": f"{pixels(RING_LENGTH * share)} {pixels(RING_LENGTH)}",
        "faults": [(fault.field, said(fault)) for fault in faults],
        "promised": promised, "gone": begun(state), "ready": not faults and not promised,
        "advice": [*_advice(channel, text, reading, voice), *([clashes[channel.pk]] if channel.pk in clashes else [])],
        "state": state_of(state, variant.asked_at) if variant and as_read else "draft",
        "marked": _marked(channel.pk, text.text, reading.pairs), **shape(channel, text.form, rule),
        **({"late": variant.delivery.late} if promised and variant and variant.delivery else {}),
    }  # fmt: skip


def _advice(channel: Channel, text: Text, reading: queries.Reading, voice: Voice | None) -> list[str]:
    """What is worth another look, in sentences."""
    here = channel.organisation
    elected = voice is not None and voice.kind == "executive" and here.kind == "public_body"
    found = advice(
        text.text, manners_of(channel), on=text.due_at.date() if text.due_at else None, field="",
        speaker=Speaker(personal=voice is not None and voice.pronoun == "i", elected=elected),
    )  # fmt: skip
    return [said(one) for one in found]


def _clashes(here: Organisation, draft: Draft, known: Known, post: Post | None) -> dict[int, str]:
    """By channel, what else it says on that day and to whom, when that is another track than this post's."""
    mine = next((one.track for one in known.objectives if one.pk == draft.objective_id), "")
    if not mine or len({one.track for one in known.objectives}) < 2:
        return {}
    found = other_tracks(here, draft.texts, track=mine, besides=post)
    said_to = _("That day this channel also speaks to %(people)s: “%(title)s”. Two logics on one day blur each other.")
    return {pk: said_to % {"people": _(TRACKS[track]), "title": title} for pk, (track, title) in found.items()}


def _priced(channel: Channel, text: str) -> str:
    """What the network asks for this text, said before it leaves; empty where sending is free."""
    try:
        asked = price(manifest(channel.network).costs, text)
    except UnknownNetwork:
        return ""
    return "" if asked is None else _(PRICED) % {"dollars": number_format(round(asked, 3))}


def _marked(channel_id: int, text: str, found: Sequence[Pair]) -> list[tuple[str, bool]]:
    """The text in pieces; true for what repeats another channel word for word."""
    copy = next((pair for pair in found if pair.second == channel_id and pair.copied), None)
    pieces: list[tuple[str, bool]] = []
    at = 0
    for passage in sorted(copy.passages if copy else (), key=lambda p: p.start):
        if passage.start >= len(text):  # in a further part
            break
        if passage.start > at:
            pieces.append((text[at : passage.start], False))
        pieces.append((text[max(at, passage.start) : passage.end], True))
        at = max(at, passage.end)
    return [*pieces, (text[at:], False)]


def _echoes(found: Sequence[Pair], known: Mapping[int, Channel]) -> list[dict[str, Any]]:
    """Every pair; a channel that copies is told once, of the first it repeats."""
    told: set[int] = set()
    shown = []
    for pair in found:
        shown.append(_echo(pair, known) | {"told": pair.copied and pair.second not in told})
        if pair.copied:
            told.add(pair.second)
    return shown


def _echo(pair: Pair, known: Mapping[int, Channel]) -> dict[str, Any]:
    tones = {"copy": "rub", "close": "attention", "adapted": "kept", "translation": "kept", "empty": ""}
    return {
        "label": f"{known[pair.first]}, {known[pair.second]}", "share": pair.share, "tone": tones[pair.finding],
        "translation": pair.finding == "translation", "copied": pair.copied, "first": str(known[pair.first]),
        "second": str(known[pair.second]),
    }  # fmt: skip
