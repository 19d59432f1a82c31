from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.publishing.rules.turns import AHEAD, room, turns


@pytest.mark.parametrize(
    ("threads", "in_hand", "last", "expected"),
    [
        (8, 0, None, 2),  # unknown: a quarter of the worker
        (8, 1, None, 1),
        (8, 2, None, 0),
        (1, 0, None, 1),
        (8, 0, 0.05, 8 * AHEAD),  # answers well: the whole worker
        (8, 30, 0.05, 2),
        (8, 0, 12.0, 1),  # slow: one at a time
        (8, 1, 12.0, 0),
        (8, 5, 12.0, 0),  # became slow with five in hand: none more, and never less than none
    ],
)
def test_room_of_an_account(threads: int, in_hand: int, last: float | None, expected: int) -> None:
    assert room(threads, in_hand=in_hand, last=last) == expected


def test_turns_keep_the_order_and_skip_whoever_has_no_room() -> None:
    drawn = [("a1", 1), ("a2", 1), ("b1", 2), ("a3", 1), ("c1", 3), ("b2", 2)]
    assert turns(drawn, rooms={1: 2, 2: 1, 3: 0}, most=10) == ["a1", "a2", "b1"]
    assert turns(drawn, rooms={1: 9, 2: 9, 3: 9}, most=2) == ["a1", "a2"]


@given(
    st.lists(st.integers(0, 4), max_size=40), st.dictionaries(st.integers(0, 4), st.integers(0, 6)), st.integers(0, 30)
)
def test_nobody_gets_more_than_their_room_and_no_turn_is_wasted(
    accounts: list[int], rooms: dict[int, int], most: int
) -> None:
    drawn = list(enumerate(accounts))
    chosen = turns((((number, account), account) for number, account in drawn), rooms=rooms, most=most)
    counts = Counter(account for _, account in chosen)
    asked = Counter(accounts)
    assert all(counts[account] <= rooms.get(account, 0) for account in counts)
    assert len(chosen) == min(most, sum(min(asked[account], rooms.get(account, 0)) for account in asked))
    assert chosen == sorted(chosen)
