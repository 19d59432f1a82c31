"""Named writes of listening."""

from pupitre.listening.actions.alerts import label_alert, set_sensitivity
from pupitre.listening.actions.mentions import drop_mention, make_task, open_conversation, write_about
from pupitre.listening.actions.queries import pause_query, save_query, try_query
from pupitre.listening.actions.sources import add_source, pause_source, remove_source, take_items

__all__ = [
    "add_source",
    "drop_mention",
    "label_alert",
    "make_task",
    "open_conversation",
    "pause_query",
    "pause_source",
    "remove_source",
    "save_query",
    "set_sensitivity",
    "take_items",
    "try_query",
    "write_about",
]
