"""What a person reads before she connects an account."""

from pathlib import Path

import pytest

from pupitre.connectors import guides, registry
from pupitre.connectors.guides import guide
from pupitre.connectors.registry import UnknownNetwork, networks


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", [key for key, one in networks().items() if not one.hidden])
def test_every_network_tells_how_to_begin(key: str, language: str) -> None:
    said = guide(key, language)

    assert "<p>" in said
    assert (said.count("<script"), said.count("## ")) == (0, 0)


def test_each_language_reads_its_own_part() -> None:
    assert "Mots de passe d'application" in guide("bluesky", "fr")
    assert "App passwords" in guide("bluesky", "en")
    assert "App passwords" not in guide("bluesky", "fr")


def test_a_stranger_s_guide_is_text_and_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, told in {"told": "# N\n\n## English\n\nHi <script>x</script>\n", "silent": None}.items():
        folder = tmp_path / f"stranger_{name}"
        folder.mkdir()
        (folder / "__init__.py").touch()
        if told:
            (folder / "README.md").write_text(told)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(guides, "places", lambda: {"told": "stranger_told", "silent": "stranger_silent"})

    assert guide("told", "en") == "<p>Hi &lt;script&gt;x&lt;/script&gt;</p>\n"
    assert (guide("told", "fr"), guide("silent", "fr")) == ("", "")
    with pytest.raises(UnknownNetwork):
        guide("nowhere", "fr")
    assert "nowhere" not in registry.places()
