"""Named writes of the training room."""

from pupitre.training.actions.clock import catch_up, let_pass, set_speed, tick
from pupitre.training.actions.drills import end_drill, start_drill
from pupitre.training.actions.lessons import lock, pass_quiz
from pupitre.training.actions.skills import decide_gap, set_skill

__all__ = [
    "catch_up", "decide_gap", "end_drill", "let_pass", "lock", "pass_quiz", "set_skill", "set_speed", "start_drill",
    "tick",
]  # fmt: skip
