"""Groups are entered with a posture, hours and an exit; experts with their evidence and its basis."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, NotYet, Refusal
from pupitre.relations.models import Contact, Expertise, Group, GroupNote
from pupitre.relations.rules.hubs import OUTCOMES, Hub, expert_faults, faults
from pupitre.relations.rules.words import RELATIONS
from pupitre.strategy.models import Objective

N_ = str
TEXTS = {
    "name": 120, "place": 120, "url": 500, "openness": 10, "posture": 10, "aim": 300, "rules": 8000, "plan": 4000,
    "cadence": 120, "exit": 300,
}  # fmt: skip


@transaction.atomic
def keep_group(
    group: Group | None, *, by: Member, hours: Decimal, review_on: date | None, moderators: Sequence[Member] = (),
    expert: Member | None = None, objective: Objective | None = None, **told: str,
) -> Group:  # fmt: skip
    """Enter a group, or correct what is said of it. `hours` a week. Raises Refusal beside each field that lacks."""
    require(by, "note", group)
    said = {key: str(told.get(key, "")).strip()[:longest] for key, longest in TEXTS.items()}
    hub = Hub(
        **{key: said[key] for key in ("name", "place", "openness", "posture", "aim", "rules", "cadence", "exit")},
        hours=hours, review_on=review_on, moderators=len(moderators),
    )  # fmt: skip
    wrong = faults(hub, today=timezone.localdate())
    if said["url"] and not said["url"].startswith(("https://", "http://")):
        wrong.append(Fault("url", N_("Write an address that begins with https://")))
    if wrong:
        raise Refusal(N_("A group takes time and people: say which before entering it."), wrong)
    group = group or Group(organisation=by.organisation)
    for key, value in said.items():
        setattr(group, key, value)
    assert review_on is not None
    group.hours_per_week, group.review_on, group.expert, group.objective = hours, review_on, expert, objective
    group.save()
    group.moderators.set(moderators)
    record(by, "group_kept", group)
    return group


@transaction.atomic
def leave_group(group: Group, *, by: Member, because: str) -> Group:
    """Leave, and say why: the next person who proposes it reads this first."""
    require(by, "note", group)
    if group.left_on is not None:
        raise NotYet(N_("This group has been left already."))
    if len(because.strip()) < 10:
        text = N_("Say why you leave, in one sentence.")
        raise Refusal(text, [Fault("because", text)])
    group.left_on, group.left_because = timezone.localdate(), because.strip()[:300]
    group.save(update_fields=["left_on", "left_because"])
    record(by, "group_left", group)
    return group


@transaction.atomic
def note_group(group: Group, *, by: Member, text: str) -> GroupNote:
    """What we brought there, what we learnt."""
    require(by, "note", group)
    if not text.strip():
        words = N_("Write what happened there.")
        raise Refusal(words, [Fault("text", words)])
    made = GroupNote.objects.create(
        organisation=group.organisation, group=group, text=text.strip()[:4000], on=timezone.localdate(), by=by
    )
    record(by, "group_noted", group)
    return made


@transaction.atomic
def shelve_expert(
    contact: Contact, *, by: Member, topic: str, evidence: str, basis: str, basis_words: str, hoped: str = "",
    step: str = "", step_on: date | None = None,
) -> Expertise:  # fmt: skip
    """Keep what somebody knows. Refused without evidence and without a basis to keep it."""
    require(by, "note", contact)
    wrong = expert_faults(topic=topic, evidence=evidence, basis=basis, basis_words=basis_words)
    if hoped not in RELATIONS:
        wrong.append(Fault("hoped", N_("Choose one of these.")))
    if contact.objected_on is not None:
        raise NotYet(N_("This person objected: only she can come back on it."))
    if wrong:
        raise Refusal(N_("Nobody is kept on the shelf without evidence and a basis."), wrong)
    made = Expertise.objects.create(
        organisation=contact.organisation, contact=contact, topic=topic.strip()[:120],
        evidence=evidence.strip()[:500], basis=basis, basis_words=basis_words.strip()[:300], hoped=hoped,
        step=step.strip()[:200], step_on=step_on,
    )  # fmt: skip
    record(by, "expert_shelved", contact)
    return made


@transaction.atomic
def settle_expert(one: Expertise, *, by: Member, outcome: str, words: str) -> Expertise:
    """What came of it: the shelf is for working together, not for collecting people."""
    require(by, "note", one)
    if outcome not in OUTCOMES:
        raise Refusal(N_("Choose one of these."), [Fault("outcome", N_("Choose one of these."))])
    one.outcome, one.outcome_words, one.outcome_on = outcome, words.strip()[:300], timezone.localdate()
    one.save(update_fields=["outcome", "outcome_words", "outcome_on"])
    record(by, "expert_settled", one.contact)
    return one


@transaction.atomic
def unshelve_expert(one: Expertise, *, by: Member) -> None:
    """Take somebody off the shelf; nothing is kept of it."""
    require(by, "note", one)
    contact = one.contact
    one.delete()
    record(by, "expert_unshelved", contact)
