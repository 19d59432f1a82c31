"""Named writes of the strategy."""

from pupitre.strategy.actions.exchange import import_strategy
from pupitre.strategy.actions.floors import give_floor, take_back_floor
from pupitre.strategy.actions.invitations import answer, invite, revoke_invitation
from pupitre.strategy.actions.objectives import close_objective, save_objective
from pupitre.strategy.actions.operations import (
    close_operation,
    finish_step,
    plan_operation,
    remove_step,
    save_step,
)
from pupitre.strategy.actions.peers import add_peer, remove_peer
from pupitre.strategy.actions.plan import (
    deduce_channels,
    hear,
    override,
    remove_hearing,
    remove_public,
    save_finding,
    save_plan,
    save_public,
    sign_plan,
)
from pupitre.strategy.actions.problems import remove_problem, save_problem
from pupitre.strategy.actions.publics import count_public
from pupitre.strategy.actions.reasons import ask_to_sign_again, save_reasons
from pupitre.strategy.actions.site import check_site, keep_visit
from pupitre.strategy.actions.templates import repair_image
from pupitre.strategy.actions.voices import retire_voice, save_voice

__all__ = [
    "add_peer",
    "answer",
    "ask_to_sign_again",
    "check_site",
    "close_objective",
    "close_operation",
    "count_public",
    "deduce_channels",
    "finish_step",
    "give_floor",
    "hear",
    "import_strategy",
    "invite",
    "keep_visit",
    "override",
    "plan_operation",
    "remove_hearing",
    "remove_peer",
    "remove_problem",
    "remove_public",
    "remove_step",
    "repair_image",
    "retire_voice",
    "revoke_invitation",
    "save_finding",
    "save_objective",
    "save_plan",
    "save_problem",
    "save_public",
    "save_reasons",
    "save_step",
    "save_voice",
    "sign_plan",
    "take_back_floor",
]
