"""The signed address of an invitation: nothing secret is kept, and no address can be made without the house's key."""

from django.core import signing
from django.urls import reverse

from pupitre.strategy.models import Invitation

_signer = signing.Signer(salt="strategy.invitation", sep=".")


def path_of(invitation: Invitation) -> str:
    """The address, without its host."""
    return reverse("invited", args=[_signer.sign(str(invitation.pk))])


def invitation_of(token: str) -> Invitation | None:
    """The invitation this address was made for, whatever its state; None for an address nobody made."""
    try:
        pk = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.filter(pk=pk).select_related("organisation", "by__user").first()
