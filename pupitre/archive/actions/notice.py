"""A network is silent: a word for the places that still speak, drafted in the organisation's language."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from pupitre.channels.models import Channel
from pupitre.channels.queries import channels
from pupitre.connectors.registry import UnknownNetwork, manifest, speaks_first
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict
from pupitre.editorial import actions as editorial
from pupitre.editorial.models import Post
from pupitre.editorial.rules.draft import Draft, Text

N_ = str


@transaction.atomic
def draft_notice(channel: Channel, *, by: Member) -> Post:
    """A draft for every open account of another owner that answers, one's own site among them; nothing is sent.

    Raises Conflict when the network answers, or when no other place can speak.
    """
    require(by, "write", channel)
    if channel.outage_since is None:
        raise Conflict(N_("This network answers: there is nothing to announce."))
    there = [one for one in channels(channel.organisation) if _can_tell(one, channel)]
    if not there:
        raise Conflict(N_("No other account of yours can speak now: open one that belongs to somebody else."))
    place = _name(channel)
    with translation.override(channel.organisation.language):
        title = _("%(place)s is out: where to reach us") % {"place": place}
        words = _(
            "%(place)s is out at the moment. What we had to say there, we say here; write to us here too. Nothing is"
            " lost: we will answer there once it is back."
        ) % {"place": place}
    post = editorial.save_post(None, Draft(title=title, texts=tuple(Text(one.pk, words) for one in there)), by=by)
    record(by, "notice_drafted", channel, post=post.pk)
    return post


def _can_tell(one: Channel, silent: Channel) -> bool:
    """Whether this account speaks of itself, answers, and does not fall with the silent one."""
    if one.pk == silent.pk or one.state != "connected" or one.outage_since is not None:
        return False
    try:
        return speaks_first(one.network) and (not _owner(one) or _owner(one) != _owner(silent))
    except UnknownNetwork:
        return False


def _owner(channel: Channel) -> str:
    return manifest(channel.network).owner_group


def _name(channel: Channel) -> str:
    try:
        return manifest(channel.network).name if channel.network != "manual" else str(channel)
    except UnknownNetwork:
        return str(channel)
