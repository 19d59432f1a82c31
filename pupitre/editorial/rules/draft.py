"""A post as it is written, before it is kept: the same for the page, the API and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from pupitre.core.rules.refusals import Fault
from pupitre.editorial.rules.forms import PLAIN, Form, nonsense, typed_form
from pupitre.editorial.rules.manners import LABELS
from pupitre.editorial.rules.times import moment
from pupitre.editorial.rules.words import BRIEF, CLOSED_LISTS, SPRINGS

N_ = str
MAX_TITLE = 120
MAX_TEXT = 20_000
MAX_BRIEF = 500
MAX_MINUTES = 6_000


@dataclass(frozen=True, slots=True)
class Text:
    """What one channel will say, and when."""

    channel_id: int
    text: str = ""
    due_at: datetime | None = None
    form: Form = PLAIN


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a person decides about a post. `brief` holds the six questions and `use`, what the reader does."""

    title: str = ""
    objective_id: int | None = None
    voice_id: int | None = None
    relation: str = "proximity"
    expression: str = "text"
    reaction: str = "none"
    mode: str = "conversation"
    approach: str = "attract"
    springs: tuple[str, ...] = ()
    brief: Mapping[str, str] = field(default_factory=dict)
    media_ids: tuple[int, ...] = ()
    alts: Mapping[int, str] = field(default_factory=dict)
    echo_reason: str = ""
    label: str = ""
    minutes: int = 20
    texts: tuple[Text, ...] = ()

    def named(self) -> str:
        """Its title, else its first words."""
        first = next((text.text for text in self.texts if text.text.strip()), "")
        words = " ".join((self.title.strip() or first.strip()).split())
        return words if len(words) <= MAX_TITLE else words[: MAX_TITLE - 1].rstrip() + "…"


def shape_faults(draft: Draft) -> list[Fault]:
    """What makes a draft unreadable. An unfinished draft is kept as it is; only nonsense is refused."""
    faults = [] if draft.named() else [Fault("title", N_("Give it a name, or write its first text."))]
    faults += [
        Fault(name, N_("Choose one of the answers."))
        for name, known in CLOSED_LISTS.items()
        if getattr(draft, name) not in known
    ]
    if draft.label not in LABELS:
        faults.append(Fault("label", N_("Choose one of the answers.")))
    if len(draft.springs) > 2 or not set(draft.springs) <= set(SPRINGS):
        faults.append(Fault("springs", N_("Choose two springs at most.")))
    if not 0 <= draft.minutes <= MAX_MINUTES:
        faults.append(Fault("minutes", N_("Write a number of minutes from 0 to 6,000.")))
    faults += [
        Fault(f"text-{text.channel_id}", N_("This text is too long to be kept: 20,000 characters at most."))
        for text in draft.texts
        if len(text.text) > MAX_TEXT
    ]
    return [*faults, *(fault for text in draft.texts for fault in nonsense(text.form, channel_id=text.channel_id))]


def read(values: Mapping[str, str], *, springs: Sequence[str], media: Sequence[str], zone: str) -> tuple[
    Draft, list[Fault]
]:  # fmt: skip
    """A draft from a form's fields: `text-<channel>` and `due-<channel>` hold the variants, `alt-<media>` the words."""
    faults: list[Fault] = []
    texts = []
    for channel_id in channels_in(values):
        due_at = moment(values.get(f"due-{channel_id}", ""), zone=zone, field=f"due-{channel_id}")
        if isinstance(due_at, Fault):
            faults.append(due_at)
            due_at = None
        until = moment(values.get(f"until-{channel_id}", ""), zone=zone, field=f"until-{channel_id}")
        if isinstance(until, Fault):
            faults.append(until)
            until = None
        form = typed_form(values, channel_id)
        form = replace(form, late=replace(form.late, not_after=until))
        texts.append(Text(channel_id, _lines(values.get(f"text-{channel_id}", "")), due_at, form))
    minutes = values.get("minutes", "20").strip() or "0"
    if not minutes.isdecimal():
        faults.append(Fault("minutes", N_("Write a number of minutes from 0 to 6,000.")))
    draft = Draft(
        title=values.get("title", "").strip()[:MAX_TITLE],
        objective_id=_number(values.get("objective", "")),
        voice_id=_number(values.get("voice", "")),
        **{name: values.get(name) or getattr(Draft(), name) for name in CLOSED_LISTS},
        springs=tuple(springs),
        brief={key: values[key].strip()[:MAX_BRIEF] for key in (*BRIEF, "use") if values.get(key, "").strip()},
        media_ids=tuple(dict.fromkeys(number for one in media if (number := _number(one)))),
        alts={int(key[4:]): words for key, words in values.items() if key[:4] == "alt-" and _number(key[4:])},
        label=values.get("label", ""),
        echo_reason=values.get("echo_reason", "").strip()[:300],
        minutes=int(minutes[:6]) if minutes.isdecimal() else 0,
        texts=tuple(texts),
    )
    return draft, faults


def channels_in(values: Mapping[str, str]) -> list[int]:
    """The channels a form holds a text for, in its order."""
    return [number for key in values if key.startswith("text-") and (number := _number(key[5:]))]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 17 else None


def _lines(text: str) -> str:
    """Browsers send carriage returns; networks count them."""
    return text.replace("\r\n", "\n").strip()
