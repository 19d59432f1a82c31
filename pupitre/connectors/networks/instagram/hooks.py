"""Knocks as all of Meta's networks do."""

from pupitre.connectors.families.meta_hooks import challenge, rung

__all__ = ["challenge", "rung"]
