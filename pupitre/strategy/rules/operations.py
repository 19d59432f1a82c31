"""Operations: what an organisation does for one objective over some weeks, on networks and elsewhere. Pure.

Each type brings a checklist: what, by which role, how many days from the first day. It is a start, edited afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

N_ = str
KINDS: Mapping[str, str] = {
    "post": N_("A post"), "reply": N_("Replies"), "mail": N_("A letter"), "site": N_("The site"),
    "shop": N_("The counter"), "press": N_("The press"), "event": N_("A meeting in person"),
    "partner": N_("A partner"), "phone": N_("The telephone"), "team": N_("The team"), "paid": N_("A paid notice"),
}  # fmt: skip
SOCIAL = frozenset({"post", "reply"})
LONGEST_DAYS = 370


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: days from the first day (negative before it), and the role that does it."""

    kind: str
    text: str
    role: str
    days: int


@dataclass(frozen=True, slots=True)
class Type:
    name: str
    items: tuple[Item, ...]


TELL = Item("team", N_("Tell the team what will be said, before anybody else."), "conductor", -7)
ANSWER = Item("reply", N_("Keep an hour a day to reply."), "responder", 0)
COUNT = Item("team", N_("Count what was expected, and write what was learned."), "conductor", 14)
TYPES: Mapping[str, Type] = {
    "launch": Type(N_("A launch"), (
        TELL,
        Item("site", N_("Write the page that explains it, with its price and its limits."), "editor", -5),
        Item("mail", N_("Write to those who already trust you."), "editor", -1),
        Item("post", N_("Show it, and say for whom it was made."), "editor", 0),
        Item("shop", N_("Let people try it where they come."), "responder", 0),
        ANSWER, COUNT,
    )),
    "promotion": Type(N_("A promotion"), (
        Item("team", N_("Write the conditions, the quantity and the end."), "conductor", -10),
        Item("shop", N_("Put the conditions where one pays."), "responder", -1),
        Item("mail", N_("Write to regulars first."), "editor", -1),
        Item("post", N_("Say it once, with its end."), "editor", 0),
        ANSWER, COUNT,
    )),
    "fair": Type(N_("A trade fair"), (
        Item("event", N_("Fix ten meetings before leaving."), "conductor", -21),
        Item("partner", N_("Ask who may introduce you there."), "conductor", -14),
        Item("post", N_("Say which question you come with."), "editor", -5),
        Item("event", N_("Be there, and note what is asked."), "conductor", 0),
        Item("mail", N_("Write to each person met, within the week."), "editor", 5),
        COUNT,
    )),
    "hiring": Type(N_("A hiring campaign"), (
        Item("site", N_("Publish the post with its pay and its hours."), "conductor", -3),
        Item("team", N_("Ask who would tell their work in their own words."), "conductor", -3),
        Item("partner", N_("Send it to schools and to former colleagues."), "editor", 0),
        Item("post", N_("Let somebody of the trade tell a day."), "editor", 1),
        Item("reply", N_("Answer each applicant within a week."), "responder", 1),
        COUNT,
    )),
    "relation": Type(N_("Customer relation"), (
        Item("team", N_("List the ten questions asked most."), "responder", -7),
        Item("site", N_("Answer them on the site."), "editor", 0),
        Item("phone", N_("Give the same answers on the telephone."), "responder", 0),
        Item("post", N_("Publish one answer a week."), "editor", 3),
        ANSWER, COUNT,
    )),
    "dealers": Type(N_("A network of dealers"), (
        Item("partner", N_("Ask each dealer what is missing to sell well."), "conductor", -14),
        Item("mail", N_("Send them texts and images they may change."), "editor", -3),
        Item("event", N_("Meet them, at least once."), "conductor", 0),
        Item("post", N_("Show a dealer’s work, with their agreement."), "editor", 3),
        ANSWER, COUNT,
    )),
    "campaign": Type(N_("An information campaign"), (
        TELL,
        Item("site", N_("Write the page that says everything, in plain words."), "editor", -5),
        Item("press", N_("Send it to the local press."), "conductor", -2),
        Item("post", N_("Say the one thing to remember."), "editor", 0),
        Item("event", N_("Explain it where people are."), "conductor", 7),
        ANSWER, COUNT,
    )),
    "prospecting": Type(N_("Prospecting"), (
        Item("team", N_("Name twenty organisations that have the problem you solve."), "conductor", -10),
        Item("partner", N_("Ask who knows somebody there."), "conductor", -7),
        Item("site", N_("Publish a case, with its figures and its agreement."), "editor", -2),
        Item("post", N_("Ask a question that they ask themselves."), "editor", 0),
        Item("phone", N_("Call, once, those who answered."), "conductor", 7),
        COUNT,
    )),
}  # fmt: skip


def checklist(kind: str, *, begins_on: date, today: date) -> tuple[tuple[Item, date], ...]:
    """Each item of a type with its day; what should have been done already is for today."""
    return tuple((item, max(today, begins_on + timedelta(days=item.days))) for item in TYPES[kind].items)
