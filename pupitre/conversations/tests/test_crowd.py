"""Several workers, fifty colleagues: said once, kept once; one conversation, one owner. On both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pupitre.conversations.tests.crowd import ITEMS, PEOPLE, SAID

pytestmark = pytest.mark.slow


def crowd(folder: Path, url: str, colleagues: int) -> dict[str, Any]:
    env = {
        **os.environ, "PUPITRE_DATA_DIR": str(folder), "PUPITRE_DATABASE_URL": url,
        "PUPITRE_ALLOW_PRIVATE_ADDRESSES": "yes",
    }  # fmt: skip
    command = [sys.executable, "-m", "pupitre.conversations.tests.crowd", str(colleagues)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


def expected(colleagues: int) -> dict[str, Any]:
    return {
        "collectors": {
            "errors": [], "messages": SAID, "twice": [], "contacts": PEOPLE, "threads": PEOPLE, "claims": 1,
            "inbox_error": "",
        },
        "claimers": {
            "errors": [], "won": ITEMS, "refused": ITEMS * (colleagues - 1), "same": True, "journal": ITEMS,
        },
    }  # fmt: skip


def test_nobody_is_kept_twice_nor_answered_by_two_on_sqlite(tmp_path: Path) -> None:
    assert crowd(tmp_path, "", 10) == expected(10)


def test_nobody_is_kept_twice_nor_answered_by_two_on_postgresql(tmp_path: Path, own_database: str) -> None:
    assert crowd(tmp_path, own_database, 50) == expected(50)
