"""A message leaves as an activity and comes back the same; what is not one of ours is refused."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.archive.rules.dates import faults, next_one
from pupitre.archive.rules.heirs import heirs, likeness, platform_of
from pupitre.archive.rules.items import KINDS, Count, File, Item, Unreadable, harmless, read, row, uid, written
from pupitre.strategy.catalogue import load

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC))
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
files = st.builds(File, digests, st.sampled_from(["image/jpeg", "video/mp4", "application/pdf"]), words, words)
counts = st.builds(Count, words, st.decimals(-1000, 10**9, places=4).map(str), moments, words)
items = st.builds(
    Item, uid=words.filter(bool), network=words, place=words, kind=st.sampled_from(KINDS), ours=st.booleans(),
    text=words, at=moments, author=words, handle=words, language=st.sampled_from(["", "fr", "en", "de"]),
    permalink=words, remote_id=words, thread=words, parent=words, public=st.booleans(),
    rating=st.none() | st.integers(0, 5), files=st.lists(files, max_size=2).map(tuple),
    counts=st.lists(counts, max_size=2).map(tuple),
)  # fmt: skip


@given(items)
def test_nothing_is_lost_between_two_houses(item: Item) -> None:
    assert read(written(item)) == item
    assert len(row(item)) == 17


@pytest.mark.parametrize(
    "told",
    [
        None, [], {}, {"object": "une adresse"}, {"object": {"type": "Note", "content": "Bonjour"}},
        {"object": {**written(Item("u", "x", "", "post", True, "", datetime(2026, 1, 1, tzinfo=UTC)))["object"],
                    "published": "hier"}},
        {"object": {**written(Item("u", "x", "", "post", True, "", datetime(2026, 1, 1, tzinfo=UTC)))["object"],
                    "attachment": [{"url": "media/../../etc/passwd"}]}},
    ],
)  # fmt: skip
def test_what_is_not_ours_is_refused(told: object) -> None:
    with pytest.raises(Unreadable):
        read(told)


def test_a_message_has_one_name_wherever_it_is_exported() -> None:
    assert uid("x", "12") == "urn:uuid:c3d02c88-48e8-5803-9e15-1f06c6d744f7"
    assert len({uid("x", "12"), uid("x", "13"), uid("threads", "12")}) == 3


def test_a_spreadsheet_reads_words_and_no_formula() -> None:
    assert [harmless(cell) for cell in ("=1+1", "@nous", "-5", "Bonjour", "")] == [
        "'=1+1",
        "'@nous",
        "'-5",
        "Bonjour",
        "",
    ]


def test_the_use_of_a_place_lives_on_in_its_likes() -> None:
    platforms = load().platforms
    assert [platform_of(key, platforms).id for key in ("x", "linkedin_page", "facebook")] == [  # type: ignore[union-attr]
        "x", "linkedin", "facebook",
    ]  # fmt: skip
    assert platform_of("nowhere", platforms) is None
    instagram = platforms["instagram"]
    assert instagram.usage is not None
    assert likeness(instagram.usage, instagram.usage) == pytest.approx(1)
    found = heirs(instagram, [one for one in platforms.values() if one.is_ranked])
    owners = [one.owner_group == instagram.owner_group for one, _ in found]
    assert owners == sorted(owners)  # what falls with it comes last
    apart = [alike for one, alike in found if one.owner_group != instagram.owner_group]
    assert apart == sorted(apart, reverse=True)
    assert not {one.id for one, _ in found} & {"instagram", "googleplus", "vine"}


def test_the_dates_of_an_end_come_in_an_order() -> None:
    dates = {"announced": date(2026, 10, 1), "api_end": date(2027, 3, 7), "export_end": date(2027, 4, 9),
             "closes": date(2027, 4, 2)}  # fmt: skip
    assert faults(dates) == {}
    assert set(faults({**dates, "api_end": date(2026, 9, 1)})) == {"api_end"}
    assert set(faults({**dates, "no_new_accounts": date(2027, 5, 1)})) == {"no_new_accounts"}
    assert next_one(dates, today=date(2027, 3, 8)) == ("closes", date(2027, 4, 2))
    assert next_one(dates, today=date(2028, 1, 1)) is None
