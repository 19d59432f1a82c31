"""Named writes of relations: meeting, agreements, one's own book, introductions, rights."""

from pupitre.relations.actions.meeting import KEPT, meet, meet_all, meet_by_name

__all__ = ["KEPT", "meet", "meet_all", "meet_by_name"]
