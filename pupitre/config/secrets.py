"""Keys a small installation need not invent: made once, kept in the data folder, readable by its owner only."""

import os
from pathlib import Path

from cryptography.fernet import Fernet


def kept(path: Path, given: str) -> str:
    """The given secret, else the one kept at `path`, else a new one written there."""
    if given:
        return given
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = Fernet.generate_key().decode("ascii")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
