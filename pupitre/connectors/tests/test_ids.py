"""Ids of any length are kept in 300 characters, told apart, and given back whole."""

from hypothesis import given
from hypothesis import strategies as st

from pupitre.connectors.contract import Ref
from pupitre.connectors.ids import MOST, kept, ref_of, stored, writable

ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=700)


@given(ANY, st.dictionaries(st.sampled_from(["cid", "root", "acct"]), ANY))
def test_a_reference_comes_back_whole(id: str, extra: dict[str, str]) -> None:
    short, beside = stored(Ref(id, extra))

    assert len(short) <= MOST
    assert ref_of(short, beside) == Ref(id, extra)


def test_an_id_that_fits_is_kept_as_it_is() -> None:
    assert kept("1" * 300) == "1" * 300
    assert stored(Ref("urn:li:share:7", {"cid": "b"})) == ("urn:li:share:7", {"cid": "b"})


def test_two_long_ids_that_begin_alike_stay_apart() -> None:
    one, other = kept("a" * 400 + "1"), kept("a" * 400 + "2")

    assert (len(one), len(other), one == other) == (300, 300, False)
    assert kept("a" * 400 + "1") == one


def test_what_no_database_takes_is_left_out() -> None:
    assert writable("a\0b\ud800c") == "ab?c"
