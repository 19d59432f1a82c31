"""Who may do what: one table, whole and in words."""

from itertools import pairwise

import pytest

from pupitre.core.rules.roles import PERMISSIONS, RIGHTS, ROLE_NAMES, Role, may

LADDER = [Role.READER, Role.RESPONDER, Role.EDITOR, Role.CONDUCTOR, Role.OWNER]


def test_each_role_can_all_that_the_one_below_can() -> None:
    assert all(PERMISSIONS[low] < PERMISSIONS[high] for low, high in pairwise(LADDER))
    assert set(ROLE_NAMES) == set(Role) == set(LADDER)


def test_every_right_is_said_in_words_and_no_word_is_idle() -> None:
    assert set(RIGHTS) == PERMISSIONS[Role.OWNER]
    assert len(set(RIGHTS.values())) == len(RIGHTS)


@pytest.mark.parametrize(("role", "verb", "allowed"), [
    (Role.READER, "read", True), (Role.READER, "note", False), (Role.RESPONDER, "answer", True),
    (Role.RESPONDER, "write", False), (Role.EDITOR, "schedule", True), (Role.EDITOR, "approve", False),
    (Role.CONDUCTOR, "approve", True), (Role.CONDUCTOR, "override", False), (Role.OWNER, "override", True),
    (Role.OWNER, "dance", False),
])  # fmt: skip
def test_who_may(role: Role, verb: str, allowed: bool) -> None:
    assert may(role, verb) is allowed


def test_a_role_that_is_none_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="guest"):
        may("guest", "read")
