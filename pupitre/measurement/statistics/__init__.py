"""Numbers that say what they do not know: intervals, medians with open cases, shrunk rankings, verdicts. Pure."""
