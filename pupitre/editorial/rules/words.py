"""The vocabularies of a post, as message ids. Keys are what is kept."""

N_ = str

RELATIONS = {"visibility": N_("Visibility"), "expertise": N_("Expertise"), "proximity": N_("Proximity")}
EXPRESSIONS = {"text": N_("Text"), "image": N_("Image"), "video": N_("Video"), "live": N_("Live")}
REACTIONS = {
    "question": N_("Ask a question"), "vote": N_("Vote"), "visit": N_("Visit the site"), "share": N_("Share"),
    "keep": N_("Keep it"), "come": N_("Come"), "none": N_("None"),
}  # fmt: skip
MODES = {
    "conversation": N_("Conversation"), "participation": N_("Participation"), "contribution": N_("Contribution"),
}  # fmt: skip
APPROACHES = {"attract": N_("Attract"), "push": N_("Push")}
SPRINGS = {
    "reward": N_("Reward"), "experience": N_("Unique experience"), "fun": N_("Entertainment"),
    "recognition": N_("Recognition"), "service": N_("Service rendered"),
}  # fmt: skip
BRIEF = {
    "where": N_("Where?"), "when": N_("When?"), "how": N_("How?"), "to_whom": N_("To whom?"),
    "with_whom": N_("Together with whom?"), "thanks_to": N_("Thanks to whom?"),
}  # fmt: skip
CLOSED_LISTS = {
    "relation": RELATIONS, "expression": EXPRESSIONS, "reaction": REACTIONS, "mode": MODES, "approach": APPROACHES,
}  # fmt: skip
