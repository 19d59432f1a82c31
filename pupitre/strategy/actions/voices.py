"""Who speaks: each voice serves an objective, and a persona says what it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Fault, Refusal
from pupitre.strategy.models import Objective, Voice

N_ = str
KINDS = ("organisation", "brand", "executive", "expert", "persona")
PRONOUNS = ("we", "i")


@transaction.atomic
def save_voice(
    voice: Voice | None = None, *, by: Member, name: str, kind: str, objectives: Iterable[Objective],
    owner: Member | None = None, mandate: str = "", tone: str = "", pronoun: str = "", disclosure: str = "",
    topics: Sequence[str] = (),
) -> Voice:  # fmt: skip
    """Create or change a voice. Raises Refusal: unnamed, of no kind, serving nothing, or a persona in disguise."""
    require(by, "set_voice", voice)
    served = list(objectives)
    for subject in (*served, *([owner] if owner else [])):
        require(by, "set_voice", subject)
    faults = _faults(name, kind, served, disclosure)
    if faults:
        raise Refusal(N_("This voice cannot speak yet."), faults)
    fields: dict[str, Any] = {
        "name": name.strip()[:120], "kind": kind, "owner": owner, "mandate": mandate.strip(),
        "tone": tone.strip()[:200],
        "pronoun": pronoun if pronoun in PRONOUNS else ("we" if kind in {"organisation", "brand"} else "i"),
        "disclosure": disclosure.strip()[:300], "topics": [topic.strip() for topic in topics if topic.strip()],
    }  # fmt: skip
    if voice is None:
        voice = Voice.objects.create(organisation=by.organisation, **fields)
    else:
        for key, value in fields.items():
            setattr(voice, key, value)
        voice.save()
    voice.objectives.set(served)
    record(by, "voice_saved", voice)
    return voice


@transaction.atomic
def retire_voice(voice: Voice, *, by: Member) -> Voice:
    """It speaks no more; what it said keeps its name."""
    require(by, "set_voice", voice)
    voice.retired_at = timezone.now()
    voice.save(update_fields=["retired_at"])
    record(by, "voice_retired", voice)
    return voice


def _faults(name: str, kind: str, objectives: Sequence[Objective], disclosure: str) -> list[Fault]:
    faults = []
    if not name.strip():
        faults.append(Fault("name", N_("Give this voice a name.")))
    if kind not in KINDS:
        faults.append(Fault("kind", N_("Choose who speaks.")))
    if not objectives:
        faults.append(Fault("objectives", N_("Say which objective this voice serves: without one it has no reason.")))
    if kind == "persona" and not disclosure.strip():
        faults.append(
            Fault("disclosure", N_("A persona says what it is: write the sentence that its profile will show."))
        )
    return faults
