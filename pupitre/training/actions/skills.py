"""What each can do, and what is decided for what nobody can."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.training.models import GapLine, SkillLevel
from pupitre.training.rules.skills import LEVELS, SKILLS, WAYS

N_ = str
MOST_EUROS, MOST_HOURS = Decimal(1_000_000), Decimal(10_000)


@transaction.atomic
def set_skill(member: Member, skill: str, level: int, *, by: Member) -> SkillLevel:
    """Everybody says her own; the conductor may say it for others."""
    require(by, "train" if member.pk == by.pk else "manage_members", member)
    faults = [] if skill in SKILLS else [Fault("skill", N_("Choose one of the skills."))]
    faults += [] if level in LEVELS else [Fault("level", N_("Choose one of the levels."))]
    if faults:
        raise Refusal(N_("This cannot be written down."), faults)
    kept, _made = SkillLevel.objects.update_or_create(
        member=member, skill=skill, defaults={"level": level, "organisation": member.organisation}
    )
    record(by, "skill_set", kept, member=member.pk, level=level)
    return kept


@transaction.atomic
def decide_gap(
    skill: str, *, by: Member, way: str, who: str, euros: Decimal, hours: Decimal = Decimal(0)
) -> GapLine:  # fmt: skip
    """Learn it or buy it, who, and what it costs: one line for each skill, the last decision stands."""
    require(by, "decide_strategy")
    faults = [] if skill in SKILLS else [Fault("skill", N_("Choose one of the skills."))]
    faults += [] if way in WAYS else [Fault("way", N_("Choose: learn it or buy it."))]
    faults += [] if who.strip() else [Fault("who", N_("Say who learns, or who is paid."))]
    faults += [] if 0 <= euros < MOST_EUROS else [Fault("euros", N_("Write an amount in euros."))]
    faults += [] if 0 <= hours < MOST_HOURS else [Fault("hours", N_("Write a number of hours."))]
    if faults:
        raise Refusal(N_("This line is not complete yet."), faults)
    line, _made = GapLine.objects.update_or_create(
        organisation=by.organisation, skill=skill,
        defaults={"way": way, "who": who.strip()[:120], "euros": euros, "hours": hours, "decided_by": by,
                  "decided_on": timezone.localdate()},
    )  # fmt: skip
    record(by, "gap_decided", line, way=way, euros=str(euros))
    return line
