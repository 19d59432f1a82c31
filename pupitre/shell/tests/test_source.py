"""What the licence promises to whoever uses this Pupitre."""

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pupitre.shell.web import source


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_anybody_takes_the_source_that_is_running(data: Path) -> None:
    answer = Client().get("/source/")
    with tarfile.open(fileobj=io.BytesIO(answer.content), mode="r:gz") as tar:
        kept = tar.extractfile("pupitre/shell/web/source.py")
        assert kept is not None
        packed, names = kept.read(), tar.getnames()

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/gzip")
    assert packed == Path(source.__file__).read_bytes()
    assert [name for name in names if "__pycache__" in name] == []


def test_it_is_packed_once_for_each_state_of_the_files(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = data / "pupitre"
    house.mkdir()
    (house / "one.py").write_text("one")
    monkeypatch.setattr(source, "PACKAGE", house)

    first, again = source.packed(), source.packed()
    (house / "two.py").write_text("two")
    changed = source.packed()

    assert first == again != changed
    assert [file.name for file in data.glob("source-*")] == [changed.name]


@pytest.mark.django_db
def test_the_door_says_where_it_is(client: Client) -> None:
    assert 'href="/source/"' in client.get("/accounts/login/").content.decode()
