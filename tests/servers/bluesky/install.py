"""Install the Bluesky network's packages once into the cache folder: `python -m tests.servers.bluesky.install`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers.node import Node, node
from tests.servers.parts import PartMissing, cache_folder, fingerprint

HERE = Path(__file__).parent
NODE_MAJOR = 22
# The only package of the tree that must be compiled; install scripts of the others are left alone.
COMPILED = "better-sqlite3"
BUILD = "2"  # grows when what is compiled changes


def folder() -> Path:
    """Where these exact packages are, or will be, installed."""
    return cache_folder() / f"bluesky-{fingerprint(HERE / 'package-lock.json')}"


def installed() -> Path:
    """The folder of the installed packages. Raises PartMissing before `install` was run."""
    if not _ready(folder()):
        raise PartMissing("the Bluesky network is not installed (python -m tests.servers.bluesky.install)")
    return folder()


def install() -> Path:
    """Install what the lock file says, compile one add-on, and return the folder; instant the second time."""
    target = folder()
    if _ready(target):
        return target
    runtime = node(at_least=NODE_MAJOR)
    building = Path(tempfile.mkdtemp(prefix="bluesky-building-", dir=target.parent))
    try:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, building / name)
        _npm(runtime, "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=building)
        _npm(runtime, "rebuild", COMPILED, cwd=building)
        _check(runtime, building)
        (building / "ready").write_text(BUILD)
        shutil.rmtree(target, ignore_errors=True)
        building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _ready(target: Path) -> bool:
    stamp = target / "ready"
    return stamp.exists() and stamp.read_text() == BUILD


def _without_hooks(runtime: Node, cwd: Path) -> Path:
    """Node's header for wrapped objects as it was before 24: no hook on the environment's end.

    An object that is collected while nothing runs has no environment to take its hook back from, and Node 24 aborts
    ("RemoveEnvironmentCleanupHook: (env) != nullptr"): the network would end by itself, seconds into a quiet test.
    """
    header = (runtime.headers / "include" / "node" / "node_object_wrap.h").read_text()
    calm = cwd / "node_object_wrap.h"
    calm.write_text(re.sub(r"\b(?:Add|Remove)EnvironmentCleanupHook\([^;]*;", "", header))
    return calm


def _npm(runtime: Node, *words: str, cwd: Path) -> None:
    environment = {**os.environ, **runtime.environment(), "npm_config_jobs": str(os.cpu_count() or 1)}
    if shutil.which("g++"):
        # With a compiler at hand nothing prebuilt is looked for outside the package registry.
        environment["npm_config_build_from_source"] = "true"
        environment["CXXFLAGS"] = f"-include {_without_hooks(runtime, cwd)}"
    subprocess.run([runtime.program, runtime.npm, *words], cwd=cwd, env=environment, check=True)


def _check(runtime: Node, building: Path) -> None:
    """The compiled add-on opens a database, or the installation is refused."""
    script = f"new (require('{COMPILED}'))(':memory:').prepare('select 1').get()"
    subprocess.run([runtime.program, "-e", script], cwd=building, check=True)


if __name__ == "__main__":
    try:
        print(f"The Bluesky network is installed in {install()}")
    except PartMissing as missing:
        sys.exit(f"The Bluesky network cannot be installed: {missing}")
