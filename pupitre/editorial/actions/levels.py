"""The levels of the house: who must agree before a text leaves."""

from django.db import transaction

from pupitre.channels.models import Channel
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotFound, Refusal
from pupitre.editorial.models import ApprovalLevel
from pupitre.editorial.rules.levels import LEVELS
from pupitre.strategy.models import Voice

N_ = str


@transaction.atomic
def set_level(level: str, *, by: Member, channel: Channel | None = None, voice: Voice | None = None) -> ApprovalLevel:
    """Who must agree for this channel, for this voice, or in general when neither is given."""
    require(by, "set_charter", channel)
    require(by, "set_charter", voice)
    if channel is not None and voice is not None:
        raise Refusal(N_("Choose a channel or a voice, not both."), [Fault("voice", N_("Leave one of the two empty."))])
    if level not in LEVELS:
        raise Refusal(N_("Choose one of the answers."), [Fault("level", N_("Choose one of the answers."))])
    kept, _ = ApprovalLevel.objects.update_or_create(
        organisation=by.organisation, channel=channel, voice=voice, defaults={"level": level}
    )
    record(by, "level_set", kept, channel=channel and channel.pk, voice=voice and voice.pk, level=level)
    return kept


@transaction.atomic
def remove_level(level: ApprovalLevel, *, by: Member) -> None:
    """This place follows the general level again."""
    require(by, "set_charter", level)
    if level.organisation_id != by.organisation_id:
        raise NotFound
    record(by, "level_removed", level)
    level.delete()
