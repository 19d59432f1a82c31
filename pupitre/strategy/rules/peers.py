"""Those one compares oneself with: people of the same size, never the giants. Pure."""

N_ = str
TIMES = 100  # an audience this many times one's own says nothing of what one may reach
GIANT = N_(
    "Its audience is %(times)s times yours: nothing of what it does can be reached from here. There is no rule to copy,"
    " and the giants’ plans are no reference. Compare yourself with somebody of your size and your trade."
)
COPY = N_("What others do is no reason. Write what you learned from them that your own public asks for.")


def times(theirs: int, ours: int) -> int:
    """How many times larger their audience is, rounded down; an audience of nobody counts as one."""
    return theirs // max(ours, 1)


def is_giant(theirs: int, ours: int) -> bool:
    return theirs > TIMES * max(ours, 1)
