"""The form of what one channel says: a thread, a poll, a story, a first comment, what becomes of it late. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pupitre.connectors.contract import Limits, TextRule
from pupitre.connectors.counting import Attached, length
from pupitre.connectors.counting import faults as counted
from pupitre.core.rules.refusals import Fault
from pupitre.publishing.rules.late import HOURS as LATE_HOURS
from pupitre.publishing.rules.late import ON, WRITTEN, Late

N_ = str
KINDS = {"post": N_("A post"), "story": N_("A story, for a day"), "reel": N_("A reel")}
HOURS = {1: N_("One hour"), 6: N_("Six hours"), 24: N_("A day"), 72: N_("Three days"), 168: N_("A week")}
MAX_PARTS = 24
MAX_OPTIONS = 12
MAX_OPTION = 100
MAX_PART = 20_000
SENTENCE = re.compile(r"(?<=[.!?…])[\u00a0\u202f]?[»”\")]?\s+|\n+")


@dataclass(frozen=True, slots=True)
class Form:
    """What goes with the first text: further parts of a thread, options to vote for, its kind, its first comment,
    and what becomes of it all if it could not leave on time."""

    kind: str = "post"
    parts: tuple[str, ...] = ()
    poll: tuple[str, ...] = ()
    poll_hours: int = 24
    first_comment: str = ""
    late: Late = ON

    def told(self) -> dict[str, Any]:
        """What is kept: only what differs from a plain post."""
        kept: dict[str, Any] = {"kind": self.kind} if self.kind != "post" else {}
        if self.parts:
            kept["parts"] = list(self.parts)
        if self.poll:
            kept |= {"poll": list(self.poll), "poll_hours": self.poll_hours}
        if self.first_comment:
            kept["first_comment"] = self.first_comment
        if self.late.rule != ON.rule:
            kept |= {"late": str(self.late.rule), "late_hours": self.late.hours}
        return kept | ({"not_after": self.late.not_after.isoformat()} if self.late.not_after else {})

    def extras(self) -> dict[str, str]:
        """What the outbox hands to the network beside the texts."""
        kept = {"kind": self.kind} if self.kind != "post" else {}
        if self.poll:
            kept["poll_seconds"] = str(self.poll_hours * 3600)
        return kept | ({"first_comment": self.first_comment} if self.first_comment else {})

    def whole(self, text: str) -> str:
        """Everything that is said, in its order."""
        return "\n\n".join(one for one in (text, *self.parts, *self.poll, self.first_comment) if one)


PLAIN = Form()


def form_of(kept: Mapping[str, Any]) -> Form:
    """A form again from what `told` gave."""
    return Form(
        kept.get("kind", "post"), tuple(kept.get("parts", ())), tuple(kept.get("poll", ())),
        int(kept.get("poll_hours", 24)), kept.get("first_comment", ""), _late(kept),
    )  # fmt: skip


def _late(kept: Mapping[str, Any]) -> Late:
    rule, until = kept.get("late", ON.rule), kept.get("not_after")
    hours = ON.hours if rule == ON.rule else int(kept.get("late_hours", ON.hours))
    return Late(rule, hours, datetime.fromisoformat(until) if isinstance(until, str) else until)


@dataclass(frozen=True, slots=True)
class Offers:
    """What an account takes beside a plain post."""

    thread: bool = False
    poll: tuple[int, int] | None = None
    hours: tuple[int, ...] = ()  # of a poll; empty where the network decides
    kinds: tuple[str, ...] = field(default_factory=tuple)
    first_comment: bool = False


NOTHING = Offers()


def nonsense(form: Form, *, channel_id: int) -> list[Fault]:
    """What makes a form unreadable; an unfinished one is kept as it is."""
    faults = []
    if form.kind not in KINDS:
        faults.append(Fault(f"kind-{channel_id}", N_("Choose one of the answers.")))
    if len(form.parts) > MAX_PARTS or any(len(one) > MAX_PART for one in form.parts):
        faults.append(Fault(f"part-{channel_id}-1", N_("This thread is too long to be kept: 25 parts at most.")))
    if len(form.poll) > MAX_OPTIONS or any(len(one) > MAX_OPTION for one in form.poll):
        faults.append(Fault(f"option-{channel_id}-1", N_("This poll cannot be kept: 12 short options at most.")))
    if form.poll_hours not in HOURS:
        faults.append(Fault(f"hours-{channel_id}", N_("Choose one of the answers.")))
    if form.late.rule not in WRITTEN or form.late.hours not in LATE_HOURS:
        faults.append(Fault(f"late-{channel_id}", N_("Choose one of the answers.")))
    if len(form.first_comment) > MAX_PART:
        faults.append(Fault(f"first-{channel_id}", N_("This text is too long to be kept: 20,000 characters at most.")))
    return faults


def stops(form: Form, media: Sequence[Attached], limits: Limits, offers: Offers, *, channel_id: int) -> list[Fault]:
    """What keeps this account from taking the form."""
    faults = [*_thread(form, limits, offers, channel_id), *_poll(form, media, limits, offers, channel_id)]
    faults += _kind(form, media, offers, channel_id)
    if form.first_comment:
        name = f"first-{channel_id}"
        if not offers.first_comment:
            faults.append(Fault(name, N_("This network takes no first comment of ours: leave it empty.")))
        faults += [Fault(name, one.message, one.numbers) for one in counted(form.first_comment, (), limits)[:1]]
    return faults


def _thread(form: Form, limits: Limits, offers: Offers, channel_id: int) -> list[Fault]:
    if form.parts and not offers.thread:
        return [Fault(f"part-{channel_id}-1", N_("This network has no threads: keep one text."))]
    text_only = Limits(limits.text)
    return [
        Fault(f"part-{channel_id}-{rank}", one.message, one.numbers)
        for rank, text in enumerate(form.parts, start=1)
        for one in counted(text, (), text_only)
    ]


def _poll(form: Form, media: Sequence[Attached], limits: Limits, offers: Offers, channel_id: int) -> list[Fault]:
    if not form.poll:
        return []
    name = f"option-{channel_id}-1"
    if offers.poll is None:
        return [Fault(name, N_("This network has no polls."))]
    least, most = offers.poll
    faults = []
    if not least <= len(form.poll) <= most:
        words = N_("A poll has %(least)s to %(most)s options here.")
        faults.append(Fault(name, words, {"least": least, "most": most}))
    if len({one.casefold() for one in form.poll}) < len(form.poll):
        faults.append(Fault(name, N_("Two options of this poll say the same.")))
    for rank, option in enumerate(form.poll, start=1):
        if len(option) > limits.poll_option_limit:
            words = N_("This option is too long: %(used)s for %(limit)s allowed.")
            numbers = {"used": len(option), "limit": limits.poll_option_limit}
            faults.append(Fault(f"option-{channel_id}-{rank}", words, numbers))
    if media:
        faults.append(Fault(name, N_("A poll leaves without image: remove one or the other.")))
    return faults


def _kind(form: Form, media: Sequence[Attached], offers: Offers, channel_id: int) -> list[Fault]:
    if form.kind == "post":
        return []
    name = f"kind-{channel_id}"
    if form.kind not in offers.kinds:
        return [Fault(name, N_("This network does not take this form by itself."))]
    if form.parts or form.poll:
        return [Fault(name, N_("A story or a reel has neither thread nor poll."))]
    films = sum(one.mime.startswith("video/") for one in media)
    if form.kind == "reel" and (films, len(media)) != (1, 1):
        return [Fault(name, N_("A reel is one film, and nothing else."))]
    if form.kind == "story" and len(media) != 1:
        return [Fault(name, N_("A story is one image or one film."))]
    return []


def split(text: str, rule: TextRule) -> list[str]:
    """The text in parts that each fit, cut between sentences; a sentence that is too long is cut between words."""
    parts: list[str] = []
    here = ""
    for piece in _pieces(text, rule):
        joined = f"{here}{piece}"
        if here.strip() and length(joined.strip(), rule) > rule.limit:
            parts.append(here.strip())
            here = piece
        else:
            here = joined
    return [*parts, here.strip()] if here.strip() else parts


def _pieces(text: str, rule: TextRule) -> list[str]:
    """Sentences with the space after them; words where a sentence alone is too long; letters where a word is."""
    found: list[str] = []
    at = 0
    for end in [*(one.end() for one in SENTENCE.finditer(text)), len(text)]:
        sentence, at = text[at:end], end
        if length(sentence.strip(), rule) <= rule.limit:
            found.append(sentence)
            continue
        for word in re.findall(r"\S+\s*|\s+", sentence):
            fits = length(word.strip(), rule) <= rule.limit
            found += [word] if fits else [word[start : start + rule.limit] for start in range(0, len(word), rule.limit)]
    return found


def typed_form(values: Mapping[str, str], channel_id: int) -> Form:
    """From a page's fields: `part-<channel>-<n>`, `option-<channel>-<n>`, `kind-`, `hours-`, `late-`,
    `patience-` and `first-<channel>`. The moment it never passes, in somebody's time zone, is the caller's to read."""
    hours = values.get(f"hours-{channel_id}", "")
    rule, patience = values.get(f"late-{channel_id}", "") or ON.rule, values.get(f"patience-{channel_id}", "")
    waits = int(patience[:4]) if patience.isascii() and patience.isdecimal() and rule != ON.rule else ON.hours
    return Form(
        kind=values.get(f"kind-{channel_id}", "") or "post", parts=_ranked(values, f"part-{channel_id}-"),
        poll=tuple(" ".join(one.split()) for one in _ranked(values, f"option-{channel_id}-")),
        poll_hours=int(hours[:4]) if hours.isascii() and hours.isdecimal() else 24,
        first_comment=values.get(f"first-{channel_id}", "").replace("\r\n", "\n").strip(),
        late=Late(rule, waits),
    )  # fmt: skip


def _ranked(values: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """What is written under this prefix, in the order of its numbers; an emptied field is gone."""
    keys = [key for key in values if key.startswith(prefix) and key[len(prefix) :].isdecimal()]
    found = (values[key].replace("\r\n", "\n").strip() for key in sorted(keys, key=lambda key: int(key[len(prefix) :])))
    return tuple(one for one in found if one)


def fields_of(form: Form, channel_id: int) -> dict[str, object]:
    """The same fields for a form that is kept."""
    values: dict[str, object] = {f"part-{channel_id}-{n}": one for n, one in enumerate(form.parts, start=1)}
    values |= {f"option-{channel_id}-{n}": one for n, one in enumerate(form.poll, start=1)}
    values |= {f"kind-{channel_id}": form.kind, f"hours-{channel_id}": form.poll_hours}
    values |= {f"late-{channel_id}": form.late.rule, f"patience-{channel_id}": form.late.hours}
    return values | {f"first-{channel_id}": form.first_comment}
