"""Comparing oneself: with somebody of one's size, for what was learned there, never to copy."""

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.models import Peer
from pupitre.strategy.rules import gate, peers

N_ = str
LEAST = 20
MOST = 2_000_000_000


@transaction.atomic
def add_peer(*, by: Member, name: str, audience: int | None, ours: int | None, learned: str) -> Peer:
    """Keep a comparison. Raises Refusal for a giant, and for a lesson that only imitates."""
    require(by, "decide_strategy")
    faults = []
    if not 2 <= len(name.strip()) <= 120:
        faults.append(Fault("name", N_("Who is it?")))
    for field, value in (("audience", audience), ("ours", ours)):
        if value is None or not 0 <= value <= MOST:
            faults.append(Fault(field, N_("Write a number.")))
    if not faults and audience is not None and ours is not None and peers.is_giant(audience, ours):
        faults.append(Fault("audience", peers.GIANT, {"times": peers.times(audience, ours)}))
    if len(learned.strip()) < LEAST:
        faults.append(Fault("learned", N_("Say a little more.")))
    elif gate.reflex("about_what", learned, language="en" if by.organisation.language == "en" else "fr"):
        faults.append(Fault("learned", peers.COPY))
    if faults or audience is None or ours is None:
        raise Refusal(N_("This comparison says nothing of you."), faults)
    kept = Peer.objects.create(
        organisation=by.organisation, name=name.strip(), audience=audience, ours=ours, learned=learned.strip()[:2000]
    )
    record(by, "peer_added", kept)
    return kept


@transaction.atomic
def remove_peer(peer: Peer, *, by: Member) -> None:
    require(by, "decide_strategy", peer)
    record(by, "peer_removed", peer)
    peer.delete()
