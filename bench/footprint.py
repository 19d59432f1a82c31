"""What Pupitre weighs: web and worker idle, and what a set-up leaves on disk.

Measures a fresh SQLite installation started by `pupitre serve`; `Pss` shares common pages out.
`python bench/footprint.py`
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
IDLE = 20  # seconds before weighing


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if not key.startswith("PUPITRE_")}
        env |= {"PUPITRE_DATA_DIR": folder, "PUPITRE_BASE_URL": f"http://127.0.0.1:{port}"}
        began = time.monotonic()
        serve = [sys.executable, "-m", "pupitre.config.cli", "serve", "--port", str(port)]
        running = subprocess.Popen(serve, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wait(f"http://127.0.0.1:{port}/", running)
            ready = time.monotonic() - began
            time.sleep(IDLE)
            processes = [running.pid, *children(running.pid)]
            together = round(sum(map(weight, processes)), 1)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)
    disk = size(ROOT / ".venv") / 1e6
    figures = {
        "web_and_worker_mb": together, "goal_mb": 200, "processes": len(processes),
        "first_page_seconds": round(ready, 1),
        "environment_mb": round(disk, 1), "package_mb": round(size(ROOT / "pupitre") / 1e6, 1),
    }  # fmt: skip
    for key, value in figures.items():
        print(f"{key:22}{value}")
    print(json.dumps(figures))


def wait(url: str, running: subprocess.Popen[bytes]) -> None:
    """Until the first page answers. Raises SystemExit when it never does."""
    for _ in range(600):
        if running.poll() is not None:
            raise SystemExit("serve ended by itself")
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("no answer")


def children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:  # ended meanwhile
            continue
        if f"PPid:\t{pid}" in lines:
            found.append(int(status.parent.name))
    return found


def weight(pid: int) -> float:
    """Megabytes of one process, shared pages counted in proportion."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return round(int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024, 1)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
