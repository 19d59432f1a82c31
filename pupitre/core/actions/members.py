"""Members: who they are, what they may do, who conducts and who stands in."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from pupitre.core.actions.journal import record, require
from pupitre.core.actions.organisations import _person_faults
from pupitre.core.models import Member, User
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.core.rules.roles import Role

N_ = str


@transaction.atomic
def add_member(
    *, by: Member, name: str, email: str, password: str, role: str = Role.EDITOR, title: str = "",
    hours_per_week: Decimal | float = 0,
) -> Member:  # fmt: skip
    """A new person with a first password she will change. Raises Refusal with the faults of each field."""
    require(by, "manage_members")
    faults = _person_faults(name, email, password)
    if role not in set(Role) or role == Role.OWNER:
        faults.append(Fault("role", N_("Choose a role.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    user = User.objects.create_user(email.strip(), password, name=name.strip(), language=by.organisation.language)
    member = Member.objects.create(
        organisation=by.organisation, user=user, role=role, title=title, hours_per_week=Decimal(str(hours_per_week))
    )
    record(by, "member_added", member, role=role)
    return member


@transaction.atomic
def update_member(
    member: Member, *, by: Member, role: str | None = None, title: str | None = None,
    hours_per_week: Decimal | float | None = None, active: bool | None = None,
) -> Member:  # fmt: skip
    """Change a member. The conductor keeps a role that may conduct and cannot be made inactive."""
    require(by, "manage_members", member)
    if role is not None:
        if role not in set(Role) or (role == Role.OWNER) != (member.role == Role.OWNER):
            raise Refusal(N_("Choose a role."), [Fault("role", N_("Choose a role."))])
        if member.conductor and role not in {Role.OWNER, Role.CONDUCTOR}:
            raise Conflict(N_("The conductor conducts: appoint another conductor first."))
        member.role = role
    if active is False and member.conductor:
        raise Conflict(N_("The conductor conducts: appoint another conductor first."))
    member.active = member.active if active is None else active
    member.title = member.title if title is None else title
    member.hours_per_week = member.hours_per_week if hours_per_week is None else Decimal(str(hours_per_week))
    member.save()
    record(by, "member_changed", member)
    return member


@transaction.atomic
def appoint_conductor(member: Member, *, by: Member) -> Member:
    """One conductor, always: the former one keeps the role but no longer conducts."""
    require(by, "manage_members", member)
    if not member.active:
        raise Conflict(N_("An inactive member cannot conduct."))
    Member.objects.filter(organisation=by.organisation, conductor=True).exclude(pk=member.pk).update(conductor=False)
    if member.role != Role.OWNER:
        member.role = Role.CONDUCTOR
    member.conductor = True
    member.save(update_fields=["role", "conductor"])
    record(by, "conductor_appointed", member)
    return member


@transaction.atomic
def set_deputy(member: Member, deputy: Member | None, *, by: Member) -> Member:
    """Who stands in when this member is away."""
    require(by, "manage_members", member)
    if deputy is not None:
        require(by, "manage_members", deputy)
        reason = N_("Choose somebody else as deputy.")
        if deputy.pk == member.pk:
            raise Refusal(reason, [Fault("deputy", reason)])
    member.deputy = deputy
    member.save(update_fields=["deputy"])
    record(by, "deputy_set", member, deputy=deputy.pk if deputy else None)
    return member


@transaction.atomic
def set_absence(member: Member, until: date | None, *, by: Member) -> Member:
    """Away until a day included, or back (None). Everyone may say it of herself."""
    require(by, "read" if by.pk == member.pk else "manage_members", member)
    member.absent_until = until
    member.save(update_fields=["absent_until"])
    record(by, "absence", member, until=until.isoformat() if until else None)
    return member
