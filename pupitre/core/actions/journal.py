"""Permission and trace: the first and the last line of every action."""

from django.db.models import Model
from django.utils import timezone

from pupitre.core.models import AuditEntry, Certificate, Member
from pupitre.core.rules.refusals import NotAllowed, NotFound
from pupitre.core.rules.roles import REACHING_OUT, may

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
    if verb in REACHING_OUT and by.organisation.walled:
        raise NotAllowed(N_("This is an exercise: nothing is connected to the outside."))
    _require_certificate(by, verb)
    scopes = getattr(by, "scopes", None)  # set when a personal token speaks
    if scopes is not None and verb not in scopes:
        raise NotAllowed(N_("This token does not carry the right “%(verb)s”."), params={"verb": verb})


def _require_certificate(by: Member, verb: str) -> None:
    """What the organisation wants to be learnt first; nothing is read when it asks for nothing."""
    track = by.organisation.locked.get(verb)
    if track is None:
        return
    held = Certificate.objects.filter(member=by, track=track, until__gte=timezone.localdate())
    if not held.exists():
        raise NotAllowed(N_("Your organisation asks for a certificate first: take its lessons in the training room."))


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
