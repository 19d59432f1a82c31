import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.shell import wording

N, H, MINUS = "\u202f", "\u00a0", "\u2212"
NOW = dt.datetime(2026, 11, 24, 9, 12)


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        ((8, 5), f"8{N}h{N}05", f"8.05{H}am"),
        ((16, 0), f"16{N}h", f"4{H}pm"),
        ((0, 0), f"0{N}h", f"12{H}am"),
        ((12, 30), f"12{N}h{N}30", f"12.30{H}pm"),
    ],
)
def test_hours_in_words(at: tuple[int, int], french: str, english: str) -> None:
    moment = dt.datetime(2026, 11, 24, *at)
    assert (wording.hour(moment, language="fr"), wording.hour(moment, language="en")) == (french, english)


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        (NOW.replace(hour=16, minute=0), f"aujourd’hui, 16{N}h", f"today, 4{H}pm"),
        (NOW - dt.timedelta(days=1), f"hier, 9{N}h{N}12", f"yesterday, 9.12{H}am"),
        (NOW + dt.timedelta(days=1), f"demain, 9{N}h{N}12", f"tomorrow, 9.12{H}am"),
        (NOW + dt.timedelta(days=2), f"jeudi, 9{N}h{N}12", f"Thursday, 9.12{H}am"),
        (NOW + dt.timedelta(days=7), f"1er{H}décembre, 9{N}h{N}12", f"1{H}December, 9.12{H}am"),
        (NOW - dt.timedelta(days=3), f"21{H}novembre, 9{N}h{N}12", f"21{H}November, 9.12{H}am"),
        (dt.datetime(2027, 10, 3, 8), f"3{H}octobre{H}2027", f"3{H}October{H}2027"),
        (dt.datetime(2025, 3, 3, 8), f"3{H}mars{H}2025", f"3{H}March{H}2025"),
    ],
)
def test_moments_as_people_say_them(moment: dt.datetime, french: str, english: str) -> None:
    said = [wording.when(moment, now=NOW, language=language) for language in ("fr", "en")]
    assert said == [french, english]


def test_a_date_in_full() -> None:
    assert wording.moment_words(NOW, language="fr") == f"mardi 24{H}novembre{H}2026, 9{N}h{N}12"
    assert wording.moment_words(NOW, language="en") == f"Tuesday 24{H}November{H}2026, 9.12{H}am"


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (63206, None, f"63{N}206", "63,206"),
        (0.83, None, "0,83", "0.83"),
        (0.83, 1, "0,8", "0.8"),
        (134.0, None, "134", "134"),
        (Decimal("1933.50"), None, f"1{N}933,50", "1,933.50"),
        (-70, None, f"{MINUS}70", f"{MINUS}70"),
        (0, None, "0", "0"),
    ],
)
def test_numbers(value: float, decimals: int | None, french: str, english: str) -> None:
    said = [wording.number(value, language=language, decimals=decimals) for language in ("fr", "en")]
    assert said == [french, english]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, f"0{H}min"), (45, f"45{H}min"), (60, f"1{N}h"), (65, f"1{N}h{N}05"), (420, f"7{N}h"),
        (288.4, f"4{N}h{N}48"), (-65, f"{MINUS}1{N}h{N}05"), (59.6, f"1{N}h"),
    ],
)  # fmt: skip
def test_durations(minutes: float, text: str) -> None:
    assert wording.duration(minutes, language="fr") == text


@given(st.integers(min_value=0, max_value=100_000))
def test_a_duration_loses_no_minute(minutes: int) -> None:
    words = wording.duration(minutes, language="fr").replace(N, " ").replace(H, " ").split()
    hours = int(words[0]) if "h" in words else 0
    rest = int(words[-1]) if words[-1].isdigit() else int(words[0]) if "min" in words else 0
    assert hours * 60 + rest == minutes


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Claire Aubry", "CA"),
        ("Jean-Zay", "JZ"),
        ("Levain", "L"),
        ("", "?"),
        ("@promo", "P"),
        ("é. à", "ÉÀ"),
        ("...", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert wording.initials(name) == letters


@pytest.mark.parametrize(
    ("count", "french", "english"), [(2, "deux", "two"), (4, "quatre", "four"), (10, "dix", "ten"), (11, "11", "11")]
)
def test_counts_are_spelled_up_to_ten(count: int, french: str, english: str) -> None:
    assert [wording.spelled(count, language=language) for language in ("fr", "en")] == [french, english]


@pytest.mark.parametrize(("minutes", "french"), [(0, "à l’instant"), (4, "il y a 4 min"), (60, "aujourd’hui, 11 h")])
def test_what_is_fresh_says_how_long_ago(minutes: int, french: str) -> None:
    now = dt.datetime(2026, 11, 24, 12, 0)
    said = wording.ago(now - dt.timedelta(minutes=minutes), now=now, language="fr")
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == french
