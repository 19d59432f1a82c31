"""The ways a network does not do what it was asked. Read them from contract.py, which offers them all."""

from datetime import datetime


class Failed(Exception):
    """The network did not do it. `words` are the network's own; `hint` is a gettext message id: the next step."""

    def __init__(self, words: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(words)
        self.words = words[:500]
        self.hint = hint
        self.code = code


class Refused(Failed):
    """For ever: the same message would be refused again."""


class AccessLost(Failed):
    """The token is dead, the right was withdrawn or the account suspended: a person must reconnect."""


class RetryLater(Failed):
    """Nothing was published; try again, not before `after` when the network says so."""

    def __init__(self, words: str, *, after: datetime | None = None, hint: str = "", code: str = "") -> None:
        super().__init__(words, hint=hint, code=code)
        self.after = after


class OutcomeUnknown(Failed):
    """The message may be out. Look before any retry."""


class Unreadable(Failed):
    """The account's own recent messages cannot be read: only a person can tell."""
