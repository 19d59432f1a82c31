"""What stops a variant, with a way out each time. Pure: the clock and the account's limits are arguments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pupitre.connectors.contract import Limits
from pupitre.connectors.counting import Attached
from pupitre.connectors.counting import faults as counted
from pupitre.core.rules.refusals import Fault
from pupitre.editorial.rules.forms import NOTHING, Form, Offers
from pupitre.editorial.rules.forms import PLAIN as PLAIN_FORM
from pupitre.editorial.rules.forms import stops as form_stops
from pupitre.editorial.rules.manners import Manners, stops

N_ = str
PLAIN = Manners()


@dataclass(frozen=True, slots=True)
class Place:
    """What must be known of a channel before it plays."""

    channel_id: int
    name: str
    limits: Limits
    charter: bool = True
    posture: str = "open"
    state: str = "connected"
    manners: Manners = PLAIN
    offers: Offers = NOTHING


@dataclass(frozen=True, slots=True)
class Part:
    """One variant with what its post decides for it. `copies` names the channel it repeats without a reason."""

    place: Place
    text: str
    due_at: datetime | None
    media: Sequence[Attached] = ()
    objective: bool = True
    voice: bool = True
    copies: str = ""
    label: str = ""
    form: Form = PLAIN_FORM
    films: Sequence[Fault] = ()  # what its films still lack
    unshown: str = ""  # the image that its people do not allow on that day
    unlent: str = ""  # the picture of somebody else that its author does not permit on that day


def blocking(part: Part, *, now: datetime) -> list[Fault]:
    """Everything that keeps this variant from being promised, in the order a person would put it right."""
    return [*_owed(part), *_channel(part.place), *_said(part), *_dated(part, now)]


def _owed(part: Part) -> list[Fault]:
    faults = []
    if not part.objective:
        faults.append(Fault("objective", N_("Say what this serves: choose an objective.")))
    if not part.voice:
        faults.append(Fault("voice", N_("Say who speaks: choose a voice.")))
    return faults


def _channel(place: Place) -> list[Fault]:
    field = f"text-{place.channel_id}"
    if place.state == "closed":
        return [Fault(field, N_("This channel is closed: nothing leaves from it any more."))]
    if place.state == "gone":
        return [Fault(field, N_("This network is no longer part of this installation."))]
    if not place.charter:
        return [Fault(field, N_("This channel has no charter yet: write what it is for, and for whom."))]
    if place.posture == "listen_and_reply":
        return [Fault(field, N_("This channel listens and replies: its charter says it publishes nothing."))]
    return []


def _said(part: Part) -> list[Fault]:
    field = f"text-{part.place.channel_id}"
    faults = [
        Fault("media" if one.key == "alt_missing" else field, one.message, one.numbers)
        for one in counted(part.text, part.media, part.place.limits)
    ]
    faults += [*part.films, *stops(part.text, part.place.manners, field=field, label=part.label)]
    faults += form_stops(part.form, part.media, part.place.limits, part.place.offers, channel_id=part.place.channel_id)
    for rank, text in enumerate(part.form.parts, start=1):
        faults += stops(text, part.place.manners, field=f"part-{part.place.channel_id}-{rank}")
    if part.unshown:
        faults.append(
            Fault(
                "media",
                N_("%(name)s: somebody in this image has not agreed, or no longer does."),
                {"name": part.unshown},
            )
        )
    if part.unlent:
        words = N_("%(name)s: its author has not permitted it, or no longer does.")
        faults.append(Fault("media", words, {"name": part.unlent}))
    if part.copies:
        words = N_("This is the text of %(channel)s. Rewrite it for this channel, or write the reason.")
        faults.append(Fault(field, words, {"channel": part.copies}))
    return faults


def _dated(part: Part, now: datetime) -> list[Fault]:
    field = f"due-{part.place.channel_id}"
    if part.due_at is None:
        return [Fault(field, N_("Choose a day and an hour."))]
    if part.due_at <= now:
        return [Fault(field, N_("This hour has passed. Choose one that is still to come."))]
    if part.form.late.over(now=part.due_at):
        words = N_("It says that it never leaves after a moment that comes before its hour: change one or the other.")
        return [Fault(f"until-{part.place.channel_id}", words)]
    return []
