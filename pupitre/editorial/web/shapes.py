"""What the composer shows of a form: the parts of a thread with their counters, the poll, the kind."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from pupitre.channels.models import Channel
from pupitre.connectors.contract import TextRule
from pupitre.connectors.counting import length
from pupitre.editorial import queries
from pupitre.editorial.rules.draft import Text
from pupitre.editorial.rules.forms import HOURS, KINDS, Form, split
from pupitre.publishing.rules.late import RULES, WRITTEN
from pupitre.publishing.web.outbox import late_hours
from pupitre.shell.drawings import RING_LENGTH, pixels

SHOWN_OPTIONS = 4


def shape(channel: Channel, form: Form, rule: TextRule) -> dict[str, Any]:
    """The fields of one channel's form, those its account takes and those that hold something."""
    offers, pk = queries.offers(channel), channel.pk
    options = min(offers.poll[1], max(SHOWN_OPTIONS, len(form.poll) + 1)) if offers.poll else len(form.poll)
    kinds = [(key, _(words)) for key, words in KINDS.items() if key == "post" or key in offers.kinds]
    return {
        "form": form, "offers": offers, "parts": [_part(pk, n, one, rule) for n, one in enumerate(form.parts, start=1)],
        "may_thread": offers.thread or bool(form.parts), "options": [f"option-{pk}-{n + 1}" for n in range(options)],
        "kinds": kinds if len(kinds) > 1 or form.kind != "post" else [], "kind_name": f"kind-{pk}",
        "hours": [(key, _(words)) for key, words in HOURS.items() if key in offers.hours], "hours_name": f"hours-{pk}",
        "first_name": f"first-{pk}" if offers.first_comment or form.first_comment else "",
        "shaped": bool(form.told()), **_late(pk, form),
    }  # fmt: skip


def _late(channel_id: int, form: Form) -> dict[str, Any]:
    """What becomes of it if it could not leave on time: the sentence and its fields."""
    return {
        "late": form.late, "late_name": f"late-{channel_id}", "patience_name": f"patience-{channel_id}",
        "until_name": f"until-{channel_id}", "late_rules": [(one, _(RULES[one])) for one in WRITTEN],
        "late_hours": late_hours(),
    }  # fmt: skip


def _part(channel_id: int, rank: int, text: str, rule: TextRule) -> dict[str, Any]:
    used = length(text, rule)
    share = min(used / rule.limit, 1.0) if rule.limit else 0.0
    return {
        "name": f"part-{channel_id}-{rank}", "rank": rank + 1, "text": text, "used": used, "limit": rule.limit,
        "over": used > rule.limit, "dash": f"{pixels(RING_LENGTH * share)} {pixels(RING_LENGTH)}",
    }  # fmt: skip


def with_a_part_more(shown: dict[str, Any], pressed: str) -> dict[str, Any]:
    """One more empty part, open, where its button was pressed."""
    if str(shown["channel"].pk) != pressed:
        return shown
    rank = len(shown["parts"]) + 1
    limit = shown["limit"]
    empty = {"name": f"part-{pressed}-{rank}", "rank": rank + 1, "text": "", "used": 0, "limit": limit, "over": False}
    return shown | {"parts": [*shown["parts"], empty | {"dash": f"0 {pixels(RING_LENGTH)}"}], "shaped": True}


def cut_into_parts(text: Text, rule: TextRule) -> Text:
    """A text whose every part fits: the first stays the text, the others follow."""
    pieces = [piece for one in (text.text, *text.form.parts) for piece in split(one, rule)]
    return replace(text, text=pieces[0] if pieces else "", form=replace(text.form, parts=tuple(pieces[1:])))
