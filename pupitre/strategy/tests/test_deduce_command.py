"""The command prints the whole answer, in the language asked, and says in one line what it cannot read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pupitre.strategy.cli import main
from pupitre.strategy.tests.deducing import CASES

KEYS = ["mode", "base", "open", "experiment", "listen", "reserve", "refused", "voices", "content", "kpis", "hours",
        "warnings", "stability", "question"]  # fmt: skip


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda p: p.stem)
def test_json_has_exactly_those_keys_and_shapes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, str(path))

    assert list(found) == KEYS
    for name in ("base", "open", "experiment", "listen", "reserve"):
        assert all(set(p) == {"platform", "reason"} for p in found[name])  # type: ignore[attr-defined]
    assert all(set(p) == {"platform", "reason", "gate"} and p["gate"] for p in found["refused"])  # type: ignore[attr-defined]
    assert all(set(w) == {"id", "sentence"} for w in found["warnings"])  # type: ignore[attr-defined]
    assert 0.0 <= found["stability"] <= 1.0  # type: ignore[operator]


def test_french_and_english_differ_by_their_sentences_only(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(CASES / "bakery.yaml")
    french, english = answer(capsys, path, "--lang", "fr"), answer(capsys, path, "--lang", "en")

    def shape(found: dict[str, object]) -> object:
        return [[(p["platform"], p.get("gate")) for p in found[k]] for k in KEYS[1:7]]  # type: ignore[attr-defined]

    assert shape(french) == shape(english)
    assert french["refused"] != english["refused"]


def test_text_shows_the_question_the_bars_and_the_shadow_price(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CASES / "bakery.yaml")]) == 0
    printed = capsys.readouterr().out
    assert "Quel âge a le public visé ?" in printed
    assert "Il manque 4 h 27 par semaine pour Facebook." in printed
    assert "█" in printed


def test_closing_a_platform_gives_its_heir(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, str(CASES / "bakery.yaml"), "--without", "instagram")
    assert [p["platform"] for p in found["open"]] == ["facebook"]  # type: ignore[attr-defined]


def test_halving_the_hours_closes_channels(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, str(CASES / "town_hall.yaml"), "--hours", "9")
    assert len(found["open"]) < 3  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "says"), [("nom: x\nheures: 3\nsectr: y\n", "line 3, sectr"), ("[", "line 1"), ("", "empty")]
)
def test_a_file_that_cannot_be_read_is_one_line_and_exit_2(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.strip().splitlines()), says in printed.err) == ("", 1, True)


def test_a_file_from_an_old_editor_is_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes("nom: x\nsecteur: café\n".encode("latin-1"))
    assert main([str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: line 2: ")


def test_a_missing_file_is_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


def test_the_command_never_loads_the_web_framework() -> None:
    code = "import sys; import pupitre.strategy.cli; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
