"""Named reads of who can do what, of certificates, and of what the plan wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupitre.channels.models import Channel, Charter
from pupitre.core.models import Certificate, Member, Organisation
from pupitre.core.queries import team
from pupitre.strategy.models import Objective, Plan
from pupitre.training.models import GapLine, SkillLevel
from pupitre.training.rules import skills


@dataclass(frozen=True, slots=True)
class Person:
    """One member with her levels by skill."""

    member: Member
    levels: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Board:
    """The matrix: people, one row a skill, and the line decided for each gap."""

    people: Sequence[Person]
    rows: Sequence[skills.Row]
    lines: Mapping[str, GapLine]


def held(member: Member) -> dict[str, Certificate]:
    """The newest certificate of each track that this member has, whether it still counts or not."""
    found: dict[str, Certificate] = {}
    for one in Certificate.objects.filter(member=member).order_by("until", "id"):
        found[one.track] = one
    return found


def living(organisation: Organisation, *, today: date) -> list[Certificate]:
    """Certificates that count today, those that end first before."""
    rows = Certificate.objects.filter(organisation=organisation, until__gte=today, member__active=True)
    return list(rows.select_related("member__user").order_by("until", "id")[:200])


def plan_of(organisation: Organisation) -> skills.Plan:
    """What the strategy says that people must be able to do."""
    channels = Channel.objects.filter(organisation=organisation).exclude(state="closed").order_by("id")
    lists = list(channels.values_list("capabilities", flat=True))
    capabilities = [one for kept in lists for one in kept]
    charters = Charter.objects.filter(channel__organisation=organisation).values_list("purpose", "tone")
    objectives = list(Objective.objects.filter(organisation=organisation).values_list("subject", "change"))
    plan = Plan.objects.filter(organisation=organisation).first()
    texts = [text for row in (*charters, *objectives) for text in row]
    if plan is not None:
        texts += [plan.message, plan.tone, plan.positioning]
    return skills.Plan(
        channels=len(lists), capabilities=capabilities, texts="\n".join(texts), objectives=len(objectives),
        site=bool(plan and (plan.site_url or plan.site not in {"", "none"})),
    )  # fmt: skip


def board(organisation: Organisation) -> Board:
    """Everybody's levels beside the plan's needs."""
    here = list(team(organisation)[:60])
    levels: dict[int, dict[str, int]] = {one.pk: {} for one in here}
    rows = SkillLevel.objects.filter(organisation=organisation, member__in=here).order_by("id")
    for one in rows:
        levels[one.member_id][one.skill] = one.level
    known = [(skill, level) for kept in levels.values() for skill, level in kept.items()]
    return Board(
        [Person(one, levels[one.pk]) for one in here], skills.matrix(skills.needs(plan_of(organisation)), known),
        {line.skill: line for line in GapLine.objects.filter(organisation=organisation)},
    )  # fmt: skip
