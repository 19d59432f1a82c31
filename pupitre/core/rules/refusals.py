"""How the product says no: why, and what would open it.

Rules and actions raise a `Refusal`; each door says it in its own way (a page beside the field, an API as
problem+json, the command line as a sentence). Texts are gettext message ids: the door translates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default

N_ = str  # marks a message id for the catalogues


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `field` names the field it belongs to, empty for the whole."""

    field: str
    text: str
    params: Mapping[str, object] = default(default_factory=dict)
    examples: tuple[str, ...] = ()


class Refusal(Exception):
    """A refusal with its faults. `status` is the HTTP status a door answers with."""

    status = 422

    def __init__(self, text: str, faults: Sequence[Fault] = (), *, params: Mapping[str, object] | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.faults = tuple(faults)
        self.params = dict(params or {})


class NotAllowed(Refusal):
    """This member may not do this."""

    status = 403


class NotYet(Refusal):
    """Something must come first; the faults list what is missing."""

    status = 409


class Conflict(Refusal):
    """The thing changed meanwhile."""

    status = 409


class NotFound(Refusal):
    """It does not exist for this member."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("This does not exist, or not for you."))
