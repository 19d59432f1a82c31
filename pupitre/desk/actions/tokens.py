"""Personal keys to the API: shown once, kept as a hash."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import ApiToken, Member
from pupitre.core.rules.refusals import Fault, NotFound, Refusal
from pupitre.core.rules.roles import PERMISSIONS, Role
from pupitre.shell.api import PREFIX, digest, new_token

N_ = str


@transaction.atomic
def make_token(
    name: str, *, by: Member, scopes: Sequence[str] = (), expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A key for oneself, with some of one's own rights. Returns the row and the key itself, which is not kept."""
    require(by, "read")
    own = PERMISSIONS[Role(by.role)]
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Name this key, so that you recognise it later.")))
    if set(scopes) - own:
        faults.append(Fault("scopes", N_("A key cannot do more than you.")))
    if faults:
        raise Refusal(N_("This key cannot be made."), faults)
    token = new_token()
    kept = ApiToken.objects.create(
        member=by, name=name.strip()[:80], prefix=token[: len(PREFIX) + 4], digest=digest(token),
        scopes=sorted(set(scopes)), expires_at=expires_at,
    )  # fmt: skip
    record(by, "token_made", kept, scopes=kept.scopes)
    return kept, token


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Member) -> ApiToken:
    if token.member_id != by.pk:
        raise NotFound
    token.revoked_at = token.revoked_at or timezone.now()
    token.save(update_fields=["revoked_at"])
    record(by, "token_revoked", token)
    return token
