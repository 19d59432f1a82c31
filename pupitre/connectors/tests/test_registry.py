"""A folder is a network; a package elsewhere may be one too; every network is whole."""

import re
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from pupitre.connectors import networks as home
from pupitre.connectors import registry
from pupitre.connectors.contract import Capability
from pupitre.connectors.contract import Path as Way
from pupitre.connectors.fakes.stage import Safe
from pupitre.connectors.http import Http

HOME = Path(home.__path__[0])
FOLDERS = sorted(folder.name for folder in HOME.iterdir() if (folder / "__init__.py").exists())
MINIMAL = """
from pupitre.connectors.contract import Limits, Manifest, TextRule
manifest = Manifest("{key}", "Stranger", Limits(TextRule(42)), {{}})
def connect(vault, http):
    return ("connected", vault.get("token"))
"""


def test_every_folder_is_a_network_under_its_own_key() -> None:
    assert list(registry.networks()) == FOLDERS
    assert {key: manifest.key for key, manifest in registry.networks().items()} == {key: key for key in FOLDERS}


def test_a_network_nobody_has_is_named_in_the_error() -> None:
    with pytest.raises(registry.UnknownNetwork, match="viadeo"):
        registry.manifest("viadeo")


def test_a_package_elsewhere_offers_a_network_by_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "stranger_network"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "manifest.py").write_text(MINIMAL.format(key="stranger"))
    (folder / "connector.py").write_text(MINIMAL.format(key="stranger"))
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint("stranger", "stranger_network", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == registry.GROUP else [])
    registry.forget()
    try:
        assert "stranger_network.connector" not in sys.modules
        assert registry.manifest("stranger").limits.text.limit == 42
        assert registry.connect("stranger", Safe({"token": "t"}), Http()) == ("connected", "t")
        assert list(registry.networks()) == sorted([*FOLDERS, "stranger"])
    finally:
        monkeypatch.undo()
        registry.forget()


def test_a_copied_folder_is_a_network_with_no_other_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "template"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "manifest.py").write_text(MINIMAL.format(key="template"))
    monkeypatch.setattr(home, "__path__", [*home.__path__, str(tmp_path)])
    registry.forget()
    try:
        assert registry.manifest("template").name == "Stranger"
    finally:
        monkeypatch.undo()
        registry.forget()


@pytest.mark.parametrize(
    ("key", "link", "expected"),
    [
        ("x", "https://x.com/levain/status/1990000000000000001?s=20", "1990000000000000001"),
        ("x", "https://x.com/levain", ""),
        ("youtube", "https://www.youtube.com/watch?v=abc_DEF-123&t=4", "abc_DEF-123"),
        ("youtube", "https://youtu.be/abc_DEF-123", "abc_DEF-123"),
        ("youtube", "https://www.youtube.com/shorts/abc_DEF-123", "abc_DEF-123"),
        ("manual", "https://levain.example/status/12", ""),
        ("viadeo", "https://viadeo.example/12", ""),
    ],
)
def test_an_address_that_a_person_pastes_is_recognised(key: str, link: str, expected: str) -> None:
    assert registry.id_in(key, link) == expected


@pytest.mark.parametrize("key", FOLDERS)
def test_every_network_has_all_its_pages(key: str) -> None:
    folder = HOME / key
    manifest = registry.manifest(key)
    pages = {"manifest.py", "connector.py", "logo.svg", "README.md", "tests"}
    if set(manifest.paths.values()) - {Way.BY_HAND, Way.NONE}:
        pages |= {"client.py", "fake.py", "contract"}
    if manifest.oauth:
        pages |= {"oauth.py"}
    assert bool(manifest.hooks) is (folder / "hooks.py").exists()
    assert pages - {page.name for page in folder.iterdir()} == set()


@pytest.mark.parametrize("key", FOLDERS)
def test_every_manifest_tells_the_truth_about_itself(key: str) -> None:
    manifest = registry.manifest(key)
    by_machine = set(manifest.paths.values()) - {Way.BY_HAND, Way.NONE}
    assert manifest.limits.text.limit > 0
    assert (Capability.IMAGE in manifest.paths) is bool(manifest.limits.media.images)
    assert (Capability.VIDEO in manifest.paths) is bool(manifest.limits.media.videos)
    assert (Capability.POLL in manifest.paths) is bool(manifest.limits.poll_options) or not by_machine
    assert len({field.key for field in manifest.fields}) == len(manifest.fields)
    assert manifest.hidden or not by_machine or manifest.site.startswith("https://") or not manifest.oauth
    assert not manifest.site or manifest.site.startswith("https://")


@pytest.mark.parametrize("key", FOLDERS)
def test_every_logo_is_small_and_takes_the_colour_of_the_text(key: str) -> None:
    logo = (HOME / key / "logo.svg").read_text("utf-8")
    assert "currentColor" in logo
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', logo)) <= {"currentColor", "none"}
    assert len(logo) < 1500
    assert "script" not in logo


@pytest.mark.parametrize("key", FOLDERS)
def test_every_guide_speaks_french_and_english(key: str) -> None:
    guide = (HOME / key / "README.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", guide, re.M)[:2] == ["Français", "English"]
    french, english = guide.split("## English")
    assert min(len(french), len(english)) > 400
    assert "!" not in re.sub(r"`[^`]*`|!\[", "", french)


@pytest.mark.parametrize("key", FOLDERS)
def test_every_network_stays_small(key: str) -> None:
    sizes = [
        len(page.read_text("utf-8").splitlines())
        for page in (HOME / key).glob("*.py")
        if not page.name.startswith("fake")
    ]
    assert sum(sizes) <= 700
    assert sorted(sizes)[len(sizes) // 2] <= 150


@pytest.mark.parametrize("key", FOLDERS)
def test_no_network_knows_another(key: str) -> None:
    written = "\n".join(page.read_text("utf-8") for page in (HOME / key).rglob("*.py"))
    assert set(re.findall(r"pupitre\.connectors\.networks\.(\w+)", written)) <= {key}


def test_nothing_below_the_registry_names_a_network() -> None:
    pages = [
        page
        for page in HOME.parent.rglob("*.py")
        if not {"networks", "tests"} & set(page.parts[len(HOME.parent.parts) :])
    ]
    assert [page.name for page in pages if re.search(r"connectors\.networks\.\w", page.read_text("utf-8"))] == []
