"""The guards bite: each law is broken once in a copy of the house, and the guard must say where."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from django.test.utils import isolate_apps

from tests.house import laws
from tests.house.laws import ROOT, Size

LINTER = Path(sys.executable).with_name("lint-imports")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the house, without tests, pages or data; each test mends what it broke."""
    folder = tmp_path_factory.mktemp("house")
    left = shutil.ignore_patterns("tests", "static", "templates", "locale", "data", "contract", "__pycache__", "*.npz")
    shutil.copytree(ROOT / "pupitre", folder / "pupitre", ignore=left)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ("core", "connectors"):  # what the contracts leave aside must exist
        (folder / "pupitre" / room / "tests").mkdir()
        (folder / "pupitre" / room / "tests" / "__init__.py").write_text("")
        (folder / "pupitre" / room / "tests" / "test_one.py").write_text(f"import django\nimport pupitre.{room}\n")
    return folder


def imports_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the import linter says of this tree."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {RUN}", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


RUN = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_the_copy_stands_before_anything_is_broken(copy: Path) -> None:
    said = imports_of(copy)

    assert (said.returncode, broken(said.stdout)) == (0, []), said.stdout + said.stderr


PLANTED = {
    "a room imports one further up": (
        "channels/queries.py", "from pupitre.conversations.models import Thread", "The corridor",
    ),
    "the bottom imports a room": ("judge/tone.py", "from pupitre.core.models import Member", "The corridor"),
    "a folder without a rank": ("gossip/__init__.py", "", "The corridor"),
    "a query calls an action": ("core/queries.py", "from pupitre.core.actions import add_task", "The floors"),
    "an action calls a page": ("library/actions.py", "from pupitre.library.web import views", "The floors"),
    "a rule knows the framework": ("core/rules/hours.py", "from django.utils import timezone", "Rules, judge"),
    "a network knows another": (
        "connectors/networks/bluesky/send.py", "from pupitre.connectors.networks.mastodon import client", "Networks",
    ),
    "a room knows a network by name": (
        "channels/connections.py", "from pupitre.connectors.networks.bluesky import client", "Rooms see",
    ),
    "a room speaks to the background library": ("listening/jobs.py", "import dbos", "Nobody but the engine"),
}  # fmt: skip


@pytest.mark.parametrize("what", PLANTED)
def test_a_wrong_import_is_caught(copy: Path, what: str) -> None:
    name, line, contract = PLANTED[what]
    file = copy / "pupitre" / name
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{line}\n{before or ''}".replace("from __future__ import annotations\n", ""), encoding="utf-8")
    try:
        said = imports_of(copy)
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before, encoding="utf-8")

    assert said.returncode == 1, said.stdout
    assert [name for name in broken(said.stdout) if name.startswith(contract)], said.stdout


def broken(said: str) -> list[str]:
    """Names of the contracts that do not hold."""
    part = said.split("-----\n\n", 2)[-1].split("Contracts: ")[0]
    lines = re.findall(r"((?:^.+\n)*?^.*(?:KEPT|BROKEN).*$)", part, re.M)
    return [line.replace("\n", " ") for line in lines if "BROKEN" in line]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import os", "F401"),
        ("print('bonjour')", "T201"),
        ("eval(input())", "S307"),
        ("x = 1" + " " * 130 + "# long", "E501"),
    ],
)
def test_a_careless_line_is_caught(tmp_path: Path, line: str, rule: str) -> None:
    (tmp_path / "careless.py").write_text(f"{line}\n")
    ruff = Path(sys.executable).with_name("ruff")

    said = subprocess.run(
        [ruff, "check", "--no-cache", "--config", ROOT / "pyproject.toml", tmp_path / "careless.py"],
        capture_output=True, text=True,
    )  # fmt: skip

    assert (said.returncode, rule in said.stdout) == (1, True), said.stdout


def test_untyped_and_wrong_code_is_caught(tmp_path: Path) -> None:
    settings = (ROOT / "pyproject.toml").read_text().replace('plugins = ["mypy_django_plugin.main"]\n', "")
    (tmp_path / "pyproject.toml").write_text(settings)
    (tmp_path / "untyped.py").write_text("def f(x):\n    return x\n\n\ndef g() -> int:\n    return 'un'\n")

    said = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--cache-dir", "cache", "untyped.py"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip

    assert re.findall(r"\[([\w-]+)\]$", said.stdout, re.M) == ["no-untyped-def", "return-value"], said.stdout


@isolate_apps("pupitre.core", "pupitre.publishing")
def test_a_key_that_looks_up_is_caught() -> None:
    class Up(models.Model):
        delivery = models.ForeignKey("publishing.Delivery", on_delete=models.CASCADE)
        __module__ = "pupitre.core.models"

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "up"

    class Delivery(models.Model):
        __module__ = "pupitre.publishing.models"

        class Meta:
            app_label = "publishing"

        def __str__(self) -> str:
            return "delivery"

    assert laws.keys_that_look_up([Up, Delivery]) == ["core.Up.delivery -> publishing.Delivery"]


@isolate_apps("pupitre.core")
def test_a_list_of_networks_is_caught() -> None:
    class Account(models.Model):
        network = models.CharField(max_length=20, choices=[("bluesky", "Bluesky"), ("x", "X")])

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "account"

    assert laws.networks_in_choices([Account], ["bluesky"]) == ["Account.network"]


DOOR = """
def page(request):
    Post.objects.create(text="x")
    post.save()
    Post.objects.filter(pk=1).update(text="y")
    values.update(request.POST)
    post.delete()


@router.delete("/posts/1")
def drop(request): ...
"""


@pytest.mark.parametrize("door", ["web/views.py", "web/deep/views.py", "api.py", "cli.py"])
def test_a_door_that_writes_is_caught(tmp_path: Path, door: str) -> None:
    file = tmp_path / "pupitre" / "desk" / door
    file.parent.mkdir(parents=True)
    file.write_text(DOOR)

    assert [line.split()[-1].rpartition(".")[2] for line in laws.doors_that_write(tmp_path)] == [
        "create", "save", "update", "delete"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<style>p { color: red }</style>", "a style"),
        ('<p style="color: red">', "a style attribute"),
        ("<script>alert(1)</script>", "a script"),
        ('<button\n onclick="go()">', "a script attribute"),
        ('<a href="javascript:go()">', "a script address"),
        ('<img src="https://elsewhere.example/pixel.gif">', "a stranger's address"),
        ('<link href="//fonts.example/a.css">', "a stranger's address"),
        ('<form hx-post="https://elsewhere.example/">', "a stranger's address"),
    ],
)
def test_a_page_that_breaks_the_content_policy_is_caught(tmp_path: Path, html: str, what: str) -> None:
    folder = tmp_path / "pupitre" / "desk" / "templates" / "desk"
    folder.mkdir(parents=True)
    (folder / "bad.html").write_text(html)
    (folder / "good.html").write_text(
        '<script src="/static/a.js"></script><a href="/o/">{% if on == "x" %}Style = on{% endif %}</a>'
    )

    assert laws.inline_in_templates(tmp_path) == [f"pupitre/desk/templates/desk/bad.html: {what}"]


def test_what_is_too_long_is_caught(tmp_path: Path) -> None:
    file = tmp_path / "pupitre" / "desk" / "long.py"
    file.parent.mkdir(parents=True)
    file.write_text("def f():\n" + "    x = 1\n" * 300)

    assert laws.over(laws.file_sizes(tmp_path, tests=False), 300) == ["pupitre/desk/long.py: 301 lines"]
    assert laws.over(laws.function_sizes(tmp_path, tests=False), 50) == ["pupitre/desk/long.py:1 f: 301 lines"]
    assert laws.at_percent([Size(n, "") for n in range(1, 11)], 90) == 10


def test_empty_names_and_signals_are_caught(tmp_path: Path) -> None:
    folder = tmp_path / "pupitre" / "desk"
    folder.mkdir(parents=True)
    (folder / "utils.py").write_text("x = 1\n")
    (folder / "ears.py").write_text("from django.db.models.signals import post_save\n")

    assert laws.names_that_say_nothing(tmp_path) == ["pupitre/desk/utils.py"]
    assert laws.signals_between_rooms(tmp_path) == ["pupitre/desk/ears.py"]
