"""Who may do what. One table, read by every action and shown in the settings."""

from enum import StrEnum

N_ = str


class Role(StrEnum):
    OWNER = "owner"
    CONDUCTOR = "conductor"
    EDITOR = "editor"
    RESPONDER = "responder"
    READER = "reader"


ROLE_NAMES = {
    Role.OWNER: N_("Owner"),
    Role.CONDUCTOR: N_("Conductor"),
    Role.EDITOR: N_("Editor"),
    Role.RESPONDER: N_("Responder"),
    Role.READER: N_("Reader"),
}

_READ = frozenset({"read"})
_RESPOND = _READ | {"train", "answer", "close", "assign", "note", "log_hours", "listen", "declare_figure", "know"}
_EDIT = _RESPOND | {"write", "schedule", "upload", "handle_crisis"}
_CONDUCT = _EDIT | {
    "approve", "decide_strategy", "set_voice", "connect_channel", "set_charter", "hold", "settle_delivery",
    "set_posture", "manage_sources", "manage_tasks", "manage_members", "set_organisation", "exchange",
}  # fmt: skip
_OWN = _CONDUCT | {"override", "erase", "set_owner", "close_platform"}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.READER: _READ,
    Role.RESPONDER: _RESPOND,
    Role.EDITOR: _EDIT,
    Role.CONDUCTOR: _CONDUCT,
    Role.OWNER: _OWN,
}

RIGHTS = {
    "read": N_("Read everything"), "train": N_("Take lessons and run exercises"),
    "answer": N_("Answer people"), "close": N_("Close conversations"),
    "assign": N_("Give conversations to colleagues"), "note": N_("Write notes"), "log_hours": N_("Log hours"),
    "listen": N_("Sort mentions"), "declare_figure": N_("Declare figures"), "write": N_("Write posts"),
    "know": N_("Write down facts"), "handle_crisis": N_("Work in the crisis room"),
    "schedule": N_("Schedule and move posts"), "upload": N_("Add images"), "approve": N_("Approve posts"),
    "decide_strategy": N_("Write the strategy"), "set_voice": N_("Name voices"),
    "connect_channel": N_("Connect channels"), "set_charter": N_("Write charters"),
    "hold": N_("Hold and release posts"), "settle_delivery": N_("Settle doubtful sendings"),
    "set_posture": N_("Change the posture"), "manage_sources": N_("Choose sources and queries"),
    "manage_tasks": N_("Manage tasks"), "manage_members": N_("Manage members"),
    "set_organisation": N_("Change the organisation’s settings"), "override": N_("Override a rule, with a reason"),
    "exchange": N_("Exchange people with another tool"), "erase": N_("Erase people and data"),
    "set_owner": N_("Name the owner"),
    "close_platform": N_("Say goodbye to a platform that closes"),
}  # fmt: skip


def may(role: str, verb: str) -> bool:
    """Whether a member of this role may do this. An unknown verb is refused to everyone but readers of it."""
    return verb in PERMISSIONS[Role(role)]


# What reaches out of an exercise's walls: nobody may, whatever the role.
REACHING_OUT = frozenset({"connect_channel", "manage_sources"})
# Rights for which an organisation may ask a certificate first.
LOCKABLE = ("answer", "close", "schedule", "approve", "handle_crisis", "set_posture")
