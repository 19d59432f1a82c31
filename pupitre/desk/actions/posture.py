"""Changing posture from any page: the crisis room does it."""

from pupitre.crisis.actions import take_posture

__all__ = ["take_posture"]
