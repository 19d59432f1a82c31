"""Named writes of the archive."""

from pupitre.archive.actions.farewell import begin_farewell, end_farewell, place_elsewhere
from pupitre.archive.actions.imports import take_back_in
from pupitre.archive.actions.notice import draft_notice

__all__ = ["begin_farewell", "draft_notice", "end_farewell", "place_elsewhere", "take_back_in"]
