"""Named writes of the crisis room."""

from pupitre.crisis.actions.closing import close, debrief, set_debrief, set_quiet
from pupitre.crisis.actions.keeping import add_criticism, keep_evidence, meet_clock, settle_criticism, start_clock
from pupitre.crisis.actions.opening import decide, open_crisis, release, take_posture, thaw_all
from pupitre.crisis.actions.saying import publish, read_over, set_next, write_statement
from pupitre.crisis.actions.telling import add_audience, add_fact, settle_fact, tell, write_variant

__all__ = [
    "add_audience", "add_criticism", "add_fact", "close", "debrief", "decide", "keep_evidence", "meet_clock",
    "open_crisis", "publish", "read_over", "release", "set_debrief", "set_next", "set_quiet", "settle_criticism",
    "settle_fact", "start_clock", "take_posture", "tell", "thaw_all", "write_statement", "write_variant",
]  # fmt: skip
