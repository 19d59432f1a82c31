"""Whether an image may be shown on a day. Pure."""

from datetime import date


def allowed(*, people: bool, consented: bool, until: date | None, on: date) -> bool:
    """An image where nobody can be recognised is free; the others wait for everybody's yes, until its end."""
    return not people or (consented and (until is None or on <= until))
