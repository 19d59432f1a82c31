"""How an image is cut for a network that does not show every shape. Pure; lengths in pixels."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shapes:
    """Width divided by height, from the narrowest to the widest that is shown whole."""

    narrowest: float
    widest: float


def cut(width: int, height: int, shapes: Shapes, *, focus: tuple[float, float]) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of the largest part that fits, around `focus` (0 to 1); None when nothing is cut."""
    if not width or not height:
        return None
    ratio = width / height
    if shapes.narrowest <= ratio <= shapes.widest:
        return None
    if ratio > shapes.widest:
        kept = max(1, int(height * shapes.widest))
        left = _placed(width, kept, focus[0])
        return left, 0, left + kept, height
    kept = max(1, int(width / shapes.narrowest))
    top = _placed(height, kept, focus[1])
    return 0, top, width, top + kept


def _placed(whole: int, kept: int, focus: float) -> int:
    return min(max(round(whole * focus - kept / 2), 0), whole - kept)
