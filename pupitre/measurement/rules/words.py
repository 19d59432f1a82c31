"""What networks count, in people's words. Keys are the connectors' own metric names."""

N_ = str

METRIC_NAMES: dict[str, str] = {
    "bookmarks": N_("kept for later"), "boosts": N_("passed on"), "clicks": N_("clicks"), "comments": N_("comments"),
    "favourites": N_("favourites"), "likes": N_("likes"), "quotes": N_("quoted"), "reactions": N_("reactions"),
    "replies": N_("answers"), "reposts": N_("passed on"), "shares": N_("passed on"), "saves": N_("kept for later"),
    "views": N_("views"), "reach": N_("people reached"), "impressions": N_("times shown"),
}  # fmt: skip
