"""The house keeps its own laws (the import linter keeps the others): see ARCHITECTURE.md."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from pupitre.config.environment import SETTINGS
from pupitre.connectors.registry import networks
from tests.house import laws
from tests.house.laws import FILE_LINES, FUNCTION_LINES, ROOT

OURS = [model for model in apps.get_models() if model.__module__.startswith("pupitre.")]
DOCS = ROOT / "docs"


def guide(name: str, language: str) -> str:
    """One guide's text, wherever docs/ keeps that language."""
    found = [
        file
        for file in DOCS.rglob("*.md")
        if file.name in {f"{name}.{language}.md", f"{name}-{language}.md"}
        or (file.name == f"{name}.md" and (file.parent.name == language or (language == "en" and file.parent == DOCS)))
    ]
    assert found, f"docs/ has no {name} in {language!r}"
    return found[0].read_text(encoding="utf-8")


def test_the_corridor_of_the_settings_is_the_one_of_the_linter() -> None:
    contract = (ROOT / "pyproject.toml").read_text().split('name = "The corridor')[1]
    layers = re.findall(r'"([\w |]+)"', contract.split("layers = [")[1].split("]")[0])

    assert layers[:-1] == ["config", *settings.ROOMS]
    assert layers[-1] == "judge | connectors | engine"
    assert ("config", *settings.ROOMS, "engine") == laws.ROOMS


def test_every_folder_of_the_package_is_a_room_of_the_architecture() -> None:
    folders = {folder.parent.name for folder in (ROOT / "pupitre").glob("*/__init__.py")}
    told = set(re.findall(r"^\| `(\w+)/` \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.M))

    assert told == folders


def test_keys_look_down_the_corridor() -> None:
    assert laws.keys_that_look_up(OURS) == []


def test_doors_parse_call_and_show_and_never_write() -> None:
    assert len(laws.doors(ROOT)) > 20
    assert laws.doors_that_write(ROOT) == []


def test_no_model_lists_the_networks() -> None:
    assert laws.networks_in_choices(OURS, networks()) == []


@pytest.mark.parametrize("tests", [False, True], ids=["code", "tests"])
def test_files_and_functions_stay_short(tests: bool) -> None:
    files, functions = laws.file_sizes(ROOT, tests=tests), laws.function_sizes(ROOT, tests=tests)

    assert laws.over(files, FILE_LINES) == []
    assert laws.over(functions, FUNCTION_LINES) == []


def test_most_files_and_functions_are_much_shorter() -> None:
    files, functions = laws.file_sizes(ROOT, tests=False), laws.function_sizes(ROOT, tests=False)

    assert laws.at_percent(files, 50) <= 100
    assert laws.at_percent(files, 90) <= 200
    assert laws.at_percent(functions, 50) <= 8
    assert laws.at_percent(functions, 90) <= 32


def test_pages_carry_no_script_no_style_and_nobody_s_address() -> None:
    assert len(laws.templates(ROOT)) > 50
    assert laws.inline_in_templates(ROOT) == []


def test_every_file_has_a_name_that_says_something() -> None:
    assert laws.names_that_say_nothing(ROOT) == []


def test_rooms_send_each_other_no_signals() -> None:
    assert laws.signals_between_rooms(ROOT) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_setting_is_in_the_administrator_s_guide(language: str) -> None:
    text = guide("administration", language)

    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in text] == []
    assert sorted(set(re.findall(r"PUPITRE_[A-Z0-9_]+", text)) - {s.name for s in SETTINGS} - FILES - OTHERS) == []


FILES = {f"{setting.name}_FILE" for setting in SETTINGS}
# Read by a command or by the tests, not by the settings.
OTHERS = {"PUPITRE_REROUTE", "PUPITRE_CHROMIUM", "PUPITRE_CACHE", "PUPITRE_TESTS_REQUIRE_ALL"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_model_has_its_line_in_the_glossary(language: str) -> None:
    text = guide("glossary", language)

    assert sorted(model.__name__ for model in OURS if f"`{model.__name__}`" not in text) == []


def test_every_network_has_its_guide_in_both_languages_and_its_line_in_the_table() -> None:
    table = (DOCS / "networks.md").read_text(encoding="utf-8")
    folders = [file.parent for file in sorted((ROOT / "pupitre/connectors/networks").glob("*/manifest.py"))]

    assert sorted(set(networks()) - set(re.findall(r"^\| (\w+) \|", table, re.M))) == ["fake"]
    assert [folder.name for folder in folders if not told(folder / "README.md")] == []
    assert [folder.name for folder in folders if not (folder / "logo.svg").exists()] == []


def told(guide: Path) -> bool:
    """Both languages, each with something said."""
    parts = re.split(
        r"^## (?:Français|English)$", guide.read_text(encoding="utf-8") if guide.exists() else "", flags=re.M
    )
    return len(parts) == 3 and all(len(part.strip()) > 80 for part in parts[1:])
