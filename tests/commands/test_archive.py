"""Back up, restore elsewhere, and find the same house; what may have left meanwhile is looked for."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pupitre.channels.models import Channel
from pupitre.core.models import Member
from pupitre.publishing.actions import promise
from pupitre.publishing.actions.restored import look_before_sending
from pupitre.publishing.models import Delivery
from pupitre.publishing.rules import states

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def pupitre(folder: Path, *words: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """The real command, in an installation of its own."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PUPITRE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pupitre.config.cli", *words], capture_output=True, text=True,
        env={**env, "PUPITRE_DATA_DIR": str(folder), "PUPITRE_DATABASE_URL": database}, check=False, timeout=240,
    )  # fmt: skip


FOUND = """
import django; django.setup()
from pupitre.core.models import Organisation, Member
from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
from pupitre.library.models import Media
from pupitre.library.storage import place
import json
print(json.dumps([list(Organisation.objects.values_list("name", flat=True)), Member.objects.count(),
  [place(m.path).read_bytes().hex()[:16] for m in Media.objects.all()],
  [ChannelVault(c).get("token") for c in Channel.objects.all()]]))
"""
ONE_MORE = """
import django; django.setup()
from pupitre.core.actions import add_task
from pupitre.core.models import Member, Organisation
by = Member.objects.get()
Organisation.objects.create(slug="autre", name="Autre")
print(add_task("Tester le four", by=by).text)
"""
BUILT = """
import django; django.setup()
import io
from PIL import Image
from pupitre.core.actions import set_up
from pupitre.library.actions import add_media
from pupitre.channels.models import Channel
from pupitre.channels.vault import ChannelVault
claire = set_up(name="Levain", email="claire@levain.example", password="quatre mots pour ouvrir", person="Claire")
kept = io.BytesIO(); Image.new("RGB", (4, 4), (200, 120, 60)).save(kept, "PNG"); kept.seek(0)
add_media(kept, by=claire, name="miche.png", alt="Une miche")
c = Channel.objects.create(organisation=claire.organisation, network="fake", remote_id="l", handle="l", name="L")
ChannelVault(c).put(token="levain-secret")
"""


def said(folder: Path, script: str, database: str = "") -> str:
    env = {key: value for key, value in os.environ.items() if not key.startswith("PUPITRE_")}
    env |= {"PUPITRE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "pupitre.config.settings"}
    env |= {"PUPITRE_DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, env=env, check=True, timeout=240
    )
    return done.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation on disk, with an image and a sealed token."""
    folder = tmp_path_factory.mktemp("house")
    assert pupitre(folder, "migrate", "--quiet").returncode == 0
    said(folder, BUILT)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("extra", [(), ("--portable",)], ids=["copy", "rows"])
def test_what_was_kept_comes_back(house: Path, tmp_path: Path, extra: tuple[str, ...]) -> None:
    archive, elsewhere = tmp_path / "kept.tar.gz", tmp_path / "elsewhere"
    made = pupitre(house, "backup", str(archive), "--with-keys", *extra)
    assert (made.returncode, archive.stat().st_mode & 0o077) == (0, 0)
    done = pupitre(elsewhere, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert json.loads(said(elsewhere, FOUND)) == json.loads(said(house, FOUND))
    assert json.loads(said(elsewhere, FOUND))[3] == ["levain-secret"]
    again = pupitre(elsewhere, "restore", str(archive))
    assert again.returncode == 1
    assert "already here" in again.stderr


@pytest.mark.slow
@pytest.mark.real
def test_a_house_that_grows_moves_to_postgresql(house: Path, tmp_path: Path, own_database: str) -> None:
    """By rows from a file to a server; what is written there afterwards finds its number."""
    archive, elsewhere = tmp_path / "kept.tar.gz", tmp_path / "elsewhere"
    assert pupitre(house, "backup", str(archive), "--with-keys", "--portable").returncode == 0
    done = pupitre(elsewhere, "restore", str(archive), database=own_database)

    assert done.returncode == 0, done.stderr
    assert json.loads(said(elsewhere, FOUND, own_database)) == json.loads(said(house, FOUND))
    assert said(elsewhere, ONE_MORE, own_database).strip() == "Tester le four"


@pytest.mark.slow
def test_without_the_keys_the_tokens_stay_closed(house: Path, tmp_path: Path) -> None:
    archive, elsewhere = tmp_path / "kept.tar.gz", tmp_path / "elsewhere"
    pupitre(house, "backup", str(archive))
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert [name for name in names if "key" in name] == []
    assert (house / "credentials.key").read_bytes() not in archive.read_bytes()
    done = pupitre(elsewhere, "restore", str(archive))
    assert "credentials.key" in done.stdout
    assert json.loads(said(elsewhere, FOUND))[3] == [None]


def trapped(path: Path, *, name: str = "pupitre.json", content: bytes = b"{}", kind: bytes = tarfile.REGTYPE) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size, entry.type, entry.linkname = len(content), kind, "/etc/passwd"
        archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"name": "../../outside"}, "no backup of Pupitre holds"),
        ({"name": "/etc/cron.d/outside"}, "no backup of Pupitre holds"),
        ({"name": "media/link", "kind": tarfile.SYMTYPE, "content": b""}, "no backup of Pupitre holds"),
        ({"name": "other.json"}, "not a backup"),
        ({"content": b"not json"}, "not a backup"),
        ({"content": json.dumps({"format": 99}).encode()}, "newer Pupitre"),
        ({"content": json.dumps({"format": 1, "migrations": ["core.9999_future"], "database": "sqlite"}).encode()},
         "newer Pupitre"),
    ],
)  # fmt: skip
def test_an_archive_that_is_not_ours_changes_nothing(
    db: None, tmp_path: Path, made: dict[str, object], reason: str, settings: object
) -> None:
    from pupitre.config.archive.reading import Unfit, read

    with pytest.raises(Unfit, match=reason):
        read(trapped(tmp_path / "trap.tar.gz", **made))  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["trap.tar.gz"]


def test_a_house_is_never_written_over(claire: Member, tmp_path: Path) -> None:
    from pupitre.config.archive.reading import Unfit, read

    with pytest.raises(Unfit, match="already here"):
        read(trapped(tmp_path / "any.tar.gz"))


def test_what_should_have_left_is_looked_for_and_nothing_else(claire: Member, channel: Channel) -> None:
    def row(hours: int, state: str) -> Delivery:
        due = NOW + timedelta(hours=hours)
        made = promise(channel, by=claire, text=f"{hours} {state}", due_at=due)
        Delivery.objects.filter(pk=made.pk).update(state=state, next_at=due)
        return made

    late, begun = row(-3, states.SCHEDULED), row(-2, states.ATTEMPTING)
    ahead, out, held = row(5, states.SCHEDULED), row(-5, states.SENT), row(-7, states.HELD)
    assert look_before_sending(now=NOW) == 2
    found = dict(Delivery.objects.values_list("pk", "state"))
    assert found == {
        late.pk: states.UNKNOWN, begun.pk: states.UNKNOWN, ahead.pk: states.SCHEDULED, out.pk: states.SENT,
        held.pk: states.HELD,
    }  # fmt: skip
    assert Delivery.objects.get(pk=late.pk).next_at == NOW


def test_a_backup_never_writes_over_a_file(db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from pupitre.config.cli import main

    taken = tmp_path / "taken.tar.gz"
    taken.write_bytes(b"precious")
    assert main(["backup", str(taken)]) == 1
    assert (taken.read_bytes(), "exists already" in capsys.readouterr().err) == (b"precious", True)


def test_the_copy_is_a_whole_database(house: Path, tmp_path: Path) -> None:
    archive = tmp_path / "kept.tar.gz"
    pupitre(house, "backup", str(archive))
    with tarfile.open(archive) as opened:
        opened.extract("database.sqlite3", tmp_path)
    with sqlite3.connect(tmp_path / "database.sqlite3") as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert kept.execute("SELECT count(*) FROM library_media").fetchone() == (1,)
    kept.close()
