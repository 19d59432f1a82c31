"""How a variant is drawn: its state on the score comes from its approval and its delivery."""

from datetime import datetime

_OF_DELIVERY = {
    "scheduled": "approved", "held": "approved", "attempting": "unknown", "unknown": "unknown",
    "processing": "approved", "asked": "unknown", "sent": "sent", "refused": "failed", "expired": "failed",
}  # fmt: skip


def state_of(delivery_state: str, asked_at: datetime | None) -> str:
    """draft, waiting, approved, sent, failed or unknown. A cancelled promise leaves the text as it was."""
    if delivery_state in _OF_DELIVERY:
        return _OF_DELIVERY[delivery_state]
    return "waiting" if asked_at else "draft"


def begun(delivery_state: str) -> bool:
    """Whether it has left or may have: its text, its hour and its images do not change any more."""
    return delivery_state in {"attempting", "unknown", "processing", "asked", "sent"}
