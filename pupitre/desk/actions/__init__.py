"""Writes that concern several rooms at once."""

from pupitre.desk.actions.comfort import set_comfort
from pupitre.desk.actions.posture import take_posture
from pupitre.desk.actions.tokens import make_token, revoke_token

__all__ = ["make_token", "revoke_token", "set_comfort", "take_posture"]
