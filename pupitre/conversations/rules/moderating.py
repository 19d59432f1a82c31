"""What may be hidden, and for what: never a criticism. Pure."""

import hashlib
import json
from collections.abc import Mapping

N_ = str
HIDEABLE = {"abuse", "spam", "other"}
USUAL: tuple[tuple[str, str], ...] = (
    (N_("Insults and hate"), N_("Words that attack a person for what she is, insults, threats.")),
    (N_("Somebody’s private life"), N_("An address, a telephone number or a picture of somebody who did not agree.")),
    (N_("Advertising"), N_("Messages that sell something else, repeated messages, links to frauds.")),
    (N_("What the law forbids"), N_("Calls to violence, denial of crimes, what the law asks to be removed.")),
)


def hideable(kind: str) -> bool:
    """Whether a message of this kind may be hidden at all: complaints, questions and thanks are answered."""
    return kind in HIDEABLE


def digest(evidence: Mapping[str, object]) -> str:
    """The fingerprint of a copy: whoever holds it can show that nothing in it was changed."""
    plain = json.dumps(evidence, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
