"""What cannot be read of a strategy file names its line and its field, and nothing else ever happens."""

from __future__ import annotations

import pytest

from pupitre.strategy.casefile.nodes import CaseError, decoded
from pupitre.strategy.casefile.vocabulary import MEANS, OBJECTIVE, PUBLIC, TOP, VOICE
from pupitre.strategy.tests.deducing import read


def fault(text: str) -> CaseError:
    with pytest.raises(CaseError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "field", "says"),
    [
        ("", 1, "", "empty"),
        ("- a\n- b\n", 1, "", "name: value"),
        ("name: x\n  y: z\n", 2, "", "between quotes"),
        ("means:\n   hours: 3\n  repliers: 2\n", 3, "", "same number of spaces"),
        ("publics: [residents, {name: families}\nhours: 3\n", 2, "", "bracket"),
        ("objectives:\n  - {change: bread, always, public: all}\n", 2, "objectives[1].always", "between quotes"),
        ("name: x\nsecteurr: y\n", 2, "secteurr", "did you mean “sector”"),
        ("name: x\nzzzz: y\n", 2, "zzzz", "known fields"),
        ("nom: x\nname: y\n", 2, "name", "twice"),
        ("means:\n  hourz: 4\n", 2, "means.hourz", "did you mean “hours”"),
        ("means:\n  hours: beaucoup\n", 2, "means.hours", "not a number"),
        ("means:\n  can make:\n    photos: peut-être bien\n", 3, "means.can make.photos", "not a level"),
        ("objectives:\n  - {type: gloire, change: x}\n", 2, "objectives[1].type", "not a type of objective"),
        ("objectives:\n  - {type: local sales, date: bientôt}\n", 2, "objectives[1].date", "not a date"),
        ("objectives:\n  - {type: care}\n  - {type: care, date: 2027-02-31}\n", 3, "objectives[2].date", "not a date"),
        ("publics:\n  - {name: x, audience: {Facebok: 20 %}}\n", 2, "publics[1].audience", "did you mean “facebook”"),
        ("publics:\n  - {name: x, audience: {Facebook: 220 %}}\n", 2, "publics[1].audience.Facebook", "between"),
        ("publics:\n  - {name: x, audience: {Facebook: lots}}\n", 2, "publics[1].audience.Facebook", "not a share"),
        ("publics:\n  - {name: x, ages: vieux}\n", 2, "publics[1].ages", "not an age"),
        ("publics:\n  - {name: x, track: b2z}\n", 2, "publics[1].track", "not a track"),
        ("voices:\n  - {name: x, kind: zorro}\n", 2, "voices[1].kind", "not a kind of voice"),
        ("existing: [Friendster]\n", 1, "existing[1]", "not a platform"),
        ("base: {site: bizarre}\n", 1, "base.site", "not a state of the site"),
        ("objectives: {type: care, name: [a: b]}\n", 1, "objectives.name[1]", "text is expected"),
        ("name: x\nwhy: &a [*a]\n", 2, "", "between quotes"),
        ("name: x\n? [a, b]\n: c\n", 2, "", "plain word"),
        ("name: x\n---\nname: y\n", 2, "", "one file holds one strategy"),
        ("name: x\nsector: \x07\n", 2, "", "not text"),
        ("[" * 1500 + "]" * 1500, 1, "", "without end"),
        ("name: x\ncountry: Zorglub\n", 2, "country", "two letters"),
        ("publics: [{name: x, countries: [FR, Atlantis]}]\n", 1, "publics[1].countries[2]", "two letters"),
        ("language: klingon\n", 1, "language", "known: fr, en"),
        ("situation: panique\n", 1, "situation", "known: normal, crisis"),
        ("wished:\n  - {why: fashion}\n", 2, "wished[1]", "which channel"),
        ("objectives:\n  - {type: care, public: {ages: 16-20}}\n", 2, "objectives[1].public", "a name"),
        ("objectives:\n  - {type: care, weight: 0}\n", 2, "objectives[1].weight", "weighs nothing"),
        (
            "objectives:\n  - {type: care, target value: 9999999999999999}\n",
            2,
            "objectives[1].target value",
            "too large",
        ),
        ("objectives:\n  - {type: care, date: 99999999 years}\n", 2, "objectives[1].date", "too far away"),
        ("means: {hours: -4}\n", 1, "means.hours", "from 0 to 999"),
        ("means: {hours: 4000}\n", 1, "means.hours", "from 0 to 999"),
        ("means: {people who reply: -2}\n", 1, "means.people who reply", "from 0 to"),
        ("brand: {selectivity: 3}\n", 1, "brand.selectivity", "from 0 to 1"),
    ],
)
def test_a_fault_names_its_line_its_field_and_the_way_out(text: str, line: int, field: str, says: str) -> None:
    found = fault(text)
    assert (found.line, found.field) == (line, field)
    assert says in found.message
    assert str(found).startswith(f"line {line}")


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "[]",
        "{}",
        "~",
        "[{}]",
        "[[a]]",
        "{a: {b: c}}",
        "-7",
        "1e999",
        "2027-99-99",
        "!!python/name:os.x y",
        "oui",
        "x",
    ],
)
@pytest.mark.parametrize(
    "within", ["{}", "objectives: [{{{}}}]", "publics: [{{{}}}]", "means: {{{}}}", "voices: [{{{}}}]"]
)
def test_whatever_stands_in_a_field_is_read_or_refused_with_its_line(within: str, odd: str) -> None:
    names = {name for fields in (TOP, OBJECTIVE, PUBLIC, MEANS, VOICE) for name in fields}
    assert {_line_refused("name: x\n" + within.format(f"{name}: {odd}") + "\n") for name in names} <= {None, 1, 2}


def _line_refused(text: str) -> int | None:
    try:
        read(text)
    except CaseError as refused:
        return refused.line
    return None


def test_a_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(CaseError, match="line 2: this line is not in UTF-8"):
        decoded("name: x\nsecteur: café\n".encode("latin-1"))
    assert decoded(b"\xef\xbb\xbfname: x\n") == "name: x\n"
