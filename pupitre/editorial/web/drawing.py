"""What the score's drawing needs, ready to print: percentages, pixels, sentences."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.editorial.rules import layout
from pupitre.editorial.rules.collisions import TRACKS, Collision
from pupitre.editorial.rules.times import typed
from pupitre.editorial.score_queries import Played, Staff, Window
from pupitre.shell.drawings import percent
from pupitre.shell.templatetags.signs import note_words
from pupitre.shell.templatetags.words import day, hour
from pupitre.shell.web.access import DeskRequest

LABEL = 22  # letters of a title that stand beside its note


def drawing(request: DeskRequest, shown: Window, *, now: datetime, first_staff: int = 0) -> dict[str, Any]:
    """The staves from `first_staff` on, at most twelve, with their notes, silences, echoes and the line of now."""
    staves = shown.staves[first_staff : first_staff + layout.MOST_STAVES]
    rows = {staff.channel.pk: row for row, staff in enumerate(staves)}
    played = {one.id: one for one in shown.played if one.channel_id in rows}
    notes = [_note(one, rows[one.channel_id], shown) for one in played.values()]
    placed = layout.place(layout.gathered(notes, days=shown.days))
    return {
        "height": layout.height(len(staves)),
        "staves": [_head(request, staff, row, shown) for row, staff in enumerate(staves)],
        "notes": [_drawn(request, one, played[one.note.key]) for one in placed] if shown.days == 7 else [],
        "heads": _heads(placed) if shown.days != 7 else "",
        "days": _days(shown, now),
        "now_x": percent(100 * _at(now, shown)) if shown.start <= now < shown.end else "",
        "capsules": _capsules(list(played.values()), rows, shown),
        "silences": [_silence(staff, row, shown) for row, staff in enumerate(staves) if staff.silence],
        "collisions": [_collision(one, shown) for one in shown.collisions],
        "other_staves": max(len(shown.staves) - first_staff - len(staves), 0),
        "next_staff": first_staff + len(staves), "first_staff": first_staff, "days_count": shown.days,
    }  # fmt: skip


def _at(moment: datetime, shown: Window) -> float:
    """0 to 1 inside the window, a day always as wide as another, even when the clocks change."""
    local = moment.astimezone(shown.start.tzinfo).replace(tzinfo=None)
    return (local - shown.start.replace(tzinfo=None)) / timedelta(days=shown.days)


def _note(one: Played, row: int, shown: Window) -> layout.Note:
    label = one.title if len(one.title) <= LABEL else one.title[: LABEL - 1].rstrip() + "…"
    return layout.Note(
        one.id, row, _at(one.due_at, shown), one.relation, one.expression, one.state, label, one.minutes, one.frozen
    )


def _drawn(request: DeskRequest, placed: layout.Placed, one: Played) -> dict[str, Any]:
    note, zone = placed.note, request.organisation.timezone
    alone = note.count == 1
    return {
        "note": note, "x": percent(100 * placed.x), "y": placed.y, "tail": placed.tail,
        "label_y": None if placed.label_y is None else placed.label_y - placed.y,
        "href": f"../notes/{one.id}/" if alone else f"list/?from={typed(one.due_at, zone=zone)[:10]}",
        "due": typed(one.due_at, zone=zone) if alone and one.movable else "", "id": one.id if alone else "",
        "words": sentence(one) if alone else _("%(n)s notes this day") % {"n": note.count},
    }  # fmt: skip


def _heads(placed: Sequence[layout.Placed]) -> SafeString:
    """A month's heads, gathered by look so that a full one stays light: percentages and keys we made ourselves."""
    groups: dict[str, list[str]] = {}
    for one in placed:
        note, x = one.note, percent(100 * one.x)
        full = " head-full" if note.state in {"approved", "sent"} else ""
        marks = groups.setdefault(f"head note-{note.relation} note-{note.state}{full}", [])
        marks.append(f'<use href="#m-{note.expression}" x="{x}" y="{one.y}"/>')
        if note.count > 1:
            groups.setdefault("score-count", []).append(f'<text x="{x}" y="{one.y - 9}">{note.count}</text>')
    return SafeString("".join(f'<g class="{look}">{"".join(marks)}</g>' for look, marks in groups.items()))


def sentence(one: Played) -> str:
    """The note in full: "mardi 24 novembre, 11 h 30 : image, proximité, approuvée, La fournée"."""
    said = note_words(one.expression, one.relation, one.state, frozen=one.frozen)
    voice = _("voice of %(name)s") % {"name": one.voice} if one.voice else ""
    return ", ".join(part for part in (day(one.due_at), hour(one.due_at), voice, said, one.title) if part)


def _head(request: DeskRequest, staff: Staff, row: int, shown: Window) -> dict[str, Any]:
    charter = getattr(staff.channel, "charter", None)
    count, most = len(staff.played), round(charter.most_per_week * shown.days / 7) if charter else 0
    first = layout.line_y(row, "visibility")
    return {
        "channel": staff.channel, "lines": layout.staff_lines(row), "tacet": staff.tacet, "charter": charter,
        "voices": ", ".join(dict.fromkeys(one.voice for one in staff.played if one.voice)),
        "minutes": sum(one.minutes for one in staff.played), "count": count, "most": most,
        "flood": bool(charter and count > most), "empty": not staff.played and not staff.silence and not staff.tacet,
        "first": first, "last": first + 2 * layout.GAP, "middle": first + layout.GAP,
    }  # fmt: skip


def _days(shown: Window, now: datetime) -> list[dict[str, Any]]:
    today = timezone.localtime(now).date()
    found = []
    for number in range(shown.days):
        date = shown.start.date() + timedelta(days=number)
        found.append(
            {
                "date": date, "x": percent(100 * number / shown.days),
                "middle": percent(100 * (number + 0.5) / shown.days),
                "width": percent(100 / shown.days), "today": date == today, "monday": date.weekday() == 0,
            }
        )  # fmt: skip
    return found


def _capsules(played: Sequence[Played], rows: dict[int, int], shown: Window) -> list[dict[str, Any]]:
    copies = [(one.post_id, rows[one.channel_id], _at(one.due_at, shown), one.echo) for one in played if one.copied]
    found = []
    for staves, x, share in layout.clusters(copies, within=1 / 24 / shown.days * 2):
        top = layout.line_y(staves[0], "visibility") - 16
        found.append(
            {
                "x": percent(100 * x), "y": top, "count": len(staves), "share": round(share * 100),
                "height": layout.line_y(staves[-1], "proximity") + 16 - top,
                "post": next(one.post_id for one in played if one.copied and rows[one.channel_id] == staves[0]),
            }
        )  # fmt: skip
    return found


def _collision(one: Collision, shown: Window) -> dict[str, Any]:
    first, second = one.tracks[:2]
    channel = next(staff.channel for staff in shown.staves if staff.channel.pk == one.channel_id)
    return {"channel": channel, "day": one.day, "post": one.post_id, "first": _(TRACKS[first]),
            "second": _(TRACKS[second])}  # fmt: skip


def _silence(staff: Staff, row: int, shown: Window) -> dict[str, Any]:
    quiet = staff.silence
    assert quiet is not None
    start, end = max(_at(quiet.start, shown), 0.02), min(_at(quiet.end, shown), 0.98)
    end = max(end, start + 0.06)
    return {
        "channel": staff.channel, "days": quiet.days, "longest": staff.channel.charter.longest_silence,
        "x1": percent(100 * start), "x2": percent(100 * end), "width": percent(100 * (end - start)),
        "middle": percent(100 * (start + end) / 2), "y": layout.line_y(row, "expertise"),
        "top": layout.line_y(row, "visibility") - 18, "last": layout.line_y(row, "proximity"), "over": quiet.over,
        "roomy": end - start > 0.3 and (shown.days > 7 or not staff.played),
    }  # fmt: skip
