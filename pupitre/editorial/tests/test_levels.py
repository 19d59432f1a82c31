"""Who must agree: a table of rules, and the same content has the same mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.editorial.rules.content import mark, passage
from pupitre.editorial.rules.levels import LEVELS, Needed, Rule, Said, missing, needed


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ([], Needed(1, False)),
        ([Rule("none")], Needed(0, False)),
        ([Rule("two")], Needed(2, False)),
        ([Rule("guest")], Needed(1, True)),
        ([Rule("two"), Rule("none", channel_id=7)], Needed(0, False)),
        ([Rule("two"), Rule("none", channel_id=8)], Needed(2, False)),
        ([Rule("none", channel_id=7), Rule("two", voice_id=3)], Needed(2, False)),
        ([Rule("two", channel_id=7), Rule("guest", voice_id=3)], Needed(2, True)),
    ],
)
def test_the_rule_of_the_place_replaces_the_general_one_and_the_stricter_holds(
    rules: list[Rule], wanted: Needed
) -> None:
    assert needed(rules, channel_id=7, voice_id=3) == wanted


@pytest.mark.parametrize("level", LEVELS)
def test_what_a_machine_wrote_is_always_read_by_somebody(level: str) -> None:
    assert needed([Rule(level)], channel_id=1, voice_id=None, generated=True).house >= 1


def test_the_same_person_twice_is_one_person() -> None:
    twice = [Said("agreed", member_id=1), Said("agreed", member_id=1)]
    assert missing(Needed(2, True), twice) == Needed(1, True)
    assert missing(Needed(2, True), [*twice, Said("agreed", member_id=2), Said("change", guest_id=5)]) == Needed(
        0, True
    )
    assert missing(Needed(1, True), [Said("agreed", member_id=1), Said("agreed", guest_id=5)]) == Needed(0, False)


@given(st.text(), st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=3), st.booleans())
def test_two_contents_share_a_mark_only_when_they_are_the_same(
    one: str, other: str, media: list[tuple[str, str]], generated: bool
) -> None:
    assert (mark(one, media, generated=generated) == mark(other, media, generated=generated)) == (one == other)
    assert mark(one, [*media, ("d", "")], generated=generated) != mark(one, media, generated=generated)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("à midi", "à  midi"), ("ferme\nà midi", "ferme à  midi"), ("la", "la"), ("à minuit", None), ("   ", None),
        ("La boutique", None),
    ],
)  # fmt: skip
def test_a_passage_is_found_whatever_its_spaces(words: str, found: str | None) -> None:
    text = "la boutique ferme à  midi."
    span = passage(text, words)
    assert (text[span[0] : span[1]] if span else None) == found
