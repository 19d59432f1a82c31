"""Permission and trace: the first and the last line of every action."""

from django.db.models import Model

from pupitre.core.models import AuditEntry, Member
from pupitre.core.rules.refusals import NotAllowed, NotFound
from pupitre.core.rules.roles import may

N_ = str


def require(by: Member, verb: str, subject: Model | None = None) -> None:
    """Refuse unless this member may do this, and the subject belongs to her organisation.

    Raises NotFound for another organisation's subject (a stranger learns nothing), NotAllowed for the role.
    """
    owner_id = getattr(subject, "organisation_id", by.organisation_id)
    if owner_id != by.organisation_id:
        raise NotFound
    if not may(by.role, verb):
        raise NotAllowed(N_("Your role does not allow this. The conductor can do it or change your role."))
    scopes = getattr(by, "scopes", None)  # set when a personal token speaks
    if scopes is not None and verb not in scopes:
        raise NotAllowed(N_("This token does not carry the right “%(verb)s”."), params={"verb": verb})


def record(by: Member | None, verb: str, subject: Model, *, reason: str = "", **detail: object) -> AuditEntry:
    """Write one line of the journal. `detail` must be JSON."""
    organisation_id: int = by.organisation_id if by else subject.organisation_id  # type: ignore[attr-defined]
    return AuditEntry.objects.create(
        organisation_id=organisation_id,
        member=by,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_name=str(subject)[:200],
        reason=reason,
        detail=detail,
    )
