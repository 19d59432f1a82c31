"""The writing help: named by the house, asked by a person, never believed: what it says is a marked proposal."""

from django.db import transaction

from pupitre.channels.connections import http
from pupitre.channels.models import Channel
from pupitre.channels.vault import seal, unseal
from pupitre.connectors.contract import Failed
from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Conflict, Fault, Refusal
from pupitre.editorial.models import WritingHelp
from pupitre.editorial.rules.helping import Asked, asked_of, proposed

N_ = str
PATIENCE = 40.0  # seconds: a machine of one's own is slow


@transaction.atomic
def set_help(*, by: Member, on: bool, address: str, model: str, key: str = "") -> WritingHelp:
    """Name the machine that helps to write, or turn it off. An empty key leaves the one that is kept."""
    require(by, "set_organisation")
    faults = []
    if on and (not address.startswith(("https://", "http://")) or " " in address):
        faults.append(Fault("address", N_("Write the address of the interface, with https:// and up to /v1")))
    if on and not model.strip():
        faults.append(Fault("model", N_("Name the model that answers.")))
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    kept, _made = WritingHelp.objects.get_or_create(organisation=by.organisation)
    kept.on, kept.address, kept.model = on, address.strip().rstrip("/")[:300], model.strip()[:120]
    kept.sealed = seal(key.strip()) if key.strip() else kept.sealed
    kept.save()
    record(by, "writing_help_set", kept, on=on)
    return kept


def suggest(channel: Channel, text: str, *, by: Member, wish: str = "") -> str:
    """What the machine would say on this channel, from this text. Nothing is kept; the caller marks it as generated.

    Conflict while no help is on; Refusal when the machine cannot be reached or says nothing.
    """
    require(by, "write", channel)
    help_ = WritingHelp.objects.filter(organisation_id=by.organisation_id, on=True).first()
    if help_ is None:
        raise Conflict(N_("No writing help is on: the settings of the score name one."))
    charter = getattr(channel, "charter", None)
    asked = Asked(
        text, str(channel), wish, by.organisation.language, purpose=charter.purpose if charter else "",
        audience=charter.audience if charter else "", tone=charter.tone if charter else "",
    )  # fmt: skip
    key = unseal(help_.sealed) if help_.sealed else None
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = http().call(
            "POST", f"{help_.address}/chat/completions", json=asked_of(asked, model=help_.model), headers=headers,
            writes=False, timeout=PATIENCE, max_bytes=500_000,
        )  # fmt: skip
        said = proposed(answer.json()) if answer.ok else ""
    except Failed:
        said = ""
    if not said:
        raise Refusal(N_("The writing help did not answer. Your text is as it was."))
    with transaction.atomic():
        record(by, "help_asked", help_, channel=channel.pk)
    return said
