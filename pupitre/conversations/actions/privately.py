"""A private answer to a public comment: where the network allows one, once for each, and for some days."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pupitre.channels.models import Channel
from pupitre.connectors.registry import UnknownNetwork, manifest
from pupitre.conversations.models import Message, Thread
from pupitre.core.rules.refusals import Conflict
from pupitre.publishing.rules import states

N_ = str
UNDONE = (states.CANCELLED, states.REFUSED, states.EXPIRED)


def private_days(thread: Thread) -> int | None:
    """For how many days a comment of this thread may be answered privately; None where it may not."""
    if thread.channel is None or not thread.public:
        return None
    try:
        return manifest(thread.channel.network).private_answer_days
    except UnknownNetwork:
        return None


def open_privately(thread: Thread, target: Message | None, said: Iterable[Message], *, now: datetime) -> bool:
    """Whether this comment still has its private answer to give; `said` holds our answers with their deliveries."""
    days = private_days(thread)
    if days is None or target is None or target.kind != "comment" or now > target.at + timedelta(days=days):
        return False
    return not any(_private_under(one, target) for one in said)


def check_private(thread: Thread, channel: Channel, target: Message, *, now: datetime) -> None:
    """Raises Conflict where this comment takes no private answer of ours, or no longer."""
    days = private_days(thread)
    if days is None or target.kind != "comment":
        raise Conflict(N_("Here a comment takes no private answer: answer in public."))
    if now > target.at + timedelta(days=days):
        raise Conflict(
            N_("Too late for a private answer: %(network)s allows it for %(days)s days after the comment."),
            params={"network": manifest(channel.network).name, "days": days},
        )
    ours = Message.objects.filter(thread=thread, ours=True, delivery__private=True).select_related("delivery")
    if any(_private_under(one, target) for one in ours):
        raise Conflict(N_("This comment has had its one private answer: answer in public, or where the person writes."))


def _private_under(ours: Message, target: Message) -> bool:
    made = ours.delivery
    if made is None or not made.private or made.state in UNDONE:
        return False
    return (made.reply_to or {}).get("id") == target.remote_id
